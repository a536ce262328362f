"""Files, forks, stars and licences as examples."""

from app.api.examples.accounts import MOMENT, PERSON
from app.api.examples.universes import ID, TAKE, UNIVERSE

FORKED = UNIVERSE | {"id": "0192f3ab-4d5e-7f6a-8b7c-8d9e0f1a2b3c", "parent": ID}
IMPORT = {"query": {"visibility": "private"}, "body": TAKE, "reply": UNIVERSE}
FORK = {
    "body": {"title": "Three moons"},
    "reply": FORKED | {"title": "Three moons"},
}
LINEAGE = {
    "reply": {
        "items": [
            {
                "id": ID,
                "title": "Two moons",
                "owner": PERSON,
                "licence": "CC-BY-4.0",
                "forked_at": MOMENT,
            }
        ]
    }
}
STAR = {"reply": {"stars": 1, "starred": True}}
UNSTAR = {"reply": {"stars": 0, "starred": False}}
LICENCES = {
    "reply": {
        "items": [
            {
                "id": "CC-BY-SA-4.0",
                "name": "Attribution, share alike",
                "url": "https://creativecommons.org/licenses/by-sa/4.0/",
                "forks": True,
                "heirs": ["CC-BY-SA-4.0"],
            }
        ]
    }
}
