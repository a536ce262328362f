"""Universes and their log as examples."""

from app.api.examples.accounts import MOMENT, PERSON

ID = "0192f3a8-8d2f-7e4c-8a71-3b5c9d7e1f22"
DOCUMENT = {
    "title": "Two moons",
    "world": "orbits",
    "physics": {"gravitation": 1},
    "bodies": {
        "sun": {"fixed": True, "mass": 1},
        "moon": {"orbit": {"about": "sun", "period": 2}},
    },
}
BRIEF = {
    "id": ID,
    "title": "Two moons",
    "owner": PERSON,
    "visibility": "private",
    "link_role": "viewer",
    "rev": 1,
    "role": "owner",
    "example": None,
    "about": "",
    "tags": ["moons"],
    "licence": "CC-BY-4.0",
    "template": False,
    "stars": 0,
    "starred": False,
    "parent": None,
    "created_at": MOMENT,
    "updated_at": MOMENT,
}
UNIVERSE = BRIEF | {"problems": [], "document": DOCUMENT}
EVENT = {
    "rev": 2,
    "kind": "document",
    "actor": {"kind": "user", "id": PERSON["id"], "display_name": "Ada"},
    "op_id": None,
    "gesture": None,
    "patch": {"music": {"tempo": 90}},
    "inverse": {"music": None},
    "data": None,
    "created_at": MOMENT,
}
TAKE = {
    "take": 1,
    "universe": DOCUMENT,
    "seed": 0,
    "journal": [{"tick": 240, "rev": 2, "patch": {"music": {"tempo": 90}}}],
    "start": 0,
    "ticks": 1200,
}
PERFORMANCE = {
    "reply": {
        "journal": "018f6d1e-7c4a-7b2e-9d3f-0a1b2c3d4e5f",
        "open": True,
        "tick": 7200,
        "energy_error": 2.1e-9,
    }
}
LIST = {
    "query": {"limit": 20, "scope": "own", "sort": "recent", "q": "two moon", "tags": "moons"},
    "reply": {"items": [BRIEF], "next_cursor": None},
}
CREATE = {
    "body": {"document": DOCUMENT, "visibility": "private", "tags": ["moons"]},
    "reply": UNIVERSE,
}
READ = {"reply": UNIVERSE}
CHANGE = {
    "body": {"title": "Two moons", "document": {"music": {"tempo": 90}}},
    "reply": UNIVERSE | {"rev": 2, "document": DOCUMENT | {"music": {"tempo": 90}}},
}
EVENTS = {"query": {"limit": 20}, "reply": {"items": [EVENT], "next_cursor": None}}
READ_TAKE = {"query": {"start": 0, "ticks": 1200}, "reply": TAKE}
