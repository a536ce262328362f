"""The history of a universe as examples."""

from app.api.examples.universes import DOCUMENT, EVENT, UNIVERSE

CHANGE = {
    "rev": 2,
    "act": "edit",
    "actor": EVENT["actor"],
    "created_at": EVENT["created_at"],
    "name": None,
    "gesture": None,
    "summary": "tempo default → 90",
    "patch": {"music": {"tempo": 90}},
    "inverse": {"music": None},
    "data": None,
}
INDEX = {"query": {"limit": 20, "act": "edit"}, "reply": {"items": [CHANGE], "next_cursor": None}}
COMPARE = {
    "query": {"from": 1, "to": 2},
    "reply": {
        "from_rev": 1,
        "to_rev": 2,
        "patch": {"music": {"tempo": 90}},
        "changes": [{"path": "$.music", "before": None, "after": {"tempo": 90}}],
    },
}
READ = {"reply": {"change": CHANGE, "sha256": "9f" * 32, "problems": [], "document": DOCUMENT}}
NAME = {"body": {"name": "First sketch"}, "reply": CHANGE | {"name": "First sketch"}}
RESTORE = {"reply": UNIVERSE}
UNDO = {
    "reply": {"rev": 3, "act": "undo", "revs": [2], "patch": {"music": None}, "left": []},
}
REDO = {
    "reply": {
        "rev": 4,
        "act": "redo",
        "revs": [3],
        "patch": {"music": {"tempo": 90}},
        "left": [],
    },
}
