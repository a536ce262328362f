"""Exports as examples."""

from app.api.examples.accounts import MOMENT
from app.api.examples.universes import ID as UNIVERSE_ID

RENDER = {
    "id": "0192f3a8-9e30-7f5d-9b82-4c6d0e8f2a33",
    "kind": "wav",
    "universe_id": UNIVERSE_ID,
    "state": "queued",
    "progress": 0.0,
    "price": 1200,
    "size": None,
    "sha256": None,
    "error": None,
    "sound": None,
    "file": None,
    "created_at": MOMENT,
    "started_at": None,
    "finished_at": None,
    "expires_at": None,
}
STILL = RENDER | {"kind": "png"}
ASK_RENDER = {
    "body": {"universe_id": UNIVERSE_ID, "seconds": 2.5, "encoding": "pcm16", "loudness": -14},
    "reply": RENDER,
}
ASK_STILL = {
    "body": {"universe_id": UNIVERSE_ID, "tick": 600, "width": 640, "height": 400},
    "reply": STILL,
}
READ_RENDER = {"reply": RENDER}
READ_STILL = {"reply": STILL}
LIST_RENDERS = {"query": {"limit": 20}, "reply": {"items": [RENDER], "next_cursor": None}}
LIST_STILLS = {"query": {"limit": 20}, "reply": {"items": [STILL], "next_cursor": None}}
