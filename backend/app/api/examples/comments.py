"""Comments as examples."""

from app.api.examples.accounts import MOMENT, PERSON
from app.api.examples.universes import ID

COMMENT = {
    "id": "0192f3aa-3c4d-7e5f-8a6b-7c8d9e0f1a2b",
    "universe_id": ID,
    "parent_id": None,
    "author": PERSON,
    "target": {"kind": "moment", "id": None, "journal": None, "tick": 2400},
    "text": "Here the two of them meet a second time.",
    "replies": 0,
    "deleted": False,
    "created_at": MOMENT,
    "edited_at": None,
    "resolved_at": None,
}
LIST = {
    "query": {"limit": 20, "kind": "moment"},
    "reply": {"items": [COMMENT], "next_cursor": None},
}
WRITE = {
    "body": {"text": COMMENT["text"], "target": {"kind": "moment", "tick": 2400}},
    "reply": COMMENT,
}
READ = {"reply": COMMENT}
EDIT = {"body": {"text": "Here they meet again."}, "reply": COMMENT | {"edited_at": MOMENT}}
RESOLVE = {"reply": COMMENT | {"resolved_at": MOMENT}}
