"""Members, invitations and share links as examples."""

from app.api.examples.accounts import MOMENT, PERSON
from app.api.examples.universes import ID, UNIVERSE

OTHER = {
    "id": "0192f3a8-7c1e-7d3b-9f60-2a4b8c6d0e12",
    "display_name": "Grace",
    "handle": "grace",
}
LATER = "2026-11-30T12:00:00Z"
SECRET = "Yk3mJ0d8Q2vT7rXw5cN1bH6sLpZ4aGfE9uKiVoRyM_M"  # noqa: S105 -- opens nothing
MEMBER = {"user": OTHER, "role": "editor", "offered": None, "since": MOMENT}
ASKED = MEMBER | {"role": None, "offered": "editor"}
INVITATION = {
    "universe_id": ID,
    "title": "Two moons",
    "owner": PERSON,
    "role": "editor",
    "since": MOMENT,
}
LINK = {
    "id": "0192f3a9-1a2b-7c3d-8e4f-5a6b7c8d9e0f",
    "label": "for the concert",
    "role": "performer",
    "guests": True,
    "token": None,
    "live": True,
    "expires_at": LATER,
    "revoked_at": None,
    "uses": 3,
    "uses_max": 40,
    "created_at": MOMENT,
}
SEEN = {
    "universe_id": ID,
    "title": "Two moons",
    "owner": PERSON,
    "role": "performer",
    "guests": True,
    "expires_at": LATER,
}
GUEST = {
    "id": "0192f3a9-2b3c-7d4e-8f5a-6b7c8d9e0f1a",
    "name": "Kepler",
    "universe_id": ID,
    "role": "performer",
    "token": f"guest_{SECRET}",
    "expires_at": LATER,
}
MEMBERS = {"query": {"limit": 20}, "reply": {"items": [MEMBER], "next_cursor": None}}
INVITE = {"body": {"handle": "grace", "role": "editor"}, "reply": ASKED}
CHANGE_MEMBER = {"body": {"role": "performer"}, "reply": MEMBER | {"role": "performer"}}
TRANSFER = {"body": {"handle": "grace"}, "reply": MEMBER | {"offered": "owner"}}
INVITATIONS = {"query": {"limit": 20}, "reply": {"items": [INVITATION], "next_cursor": None}}
ACCEPT = {"reply": UNIVERSE | {"role": "editor"}}
LINKS = {"query": {"limit": 20}, "reply": {"items": [LINK], "next_cursor": None}}
MAKE_LINK = {
    "body": {
        "role": "performer",
        "label": "for the concert",
        "guests": True,
        "expires_in_s": 604_800,
        "uses_max": 40,
    },
    "reply": LINK | {"token": SECRET, "uses": 0},
}
LOOK = {"body": {"token": SECRET}, "reply": SEEN}
JOIN = {"body": {"token": SECRET}, "reply": UNIVERSE | {"role": "performer"}}
ENTER = {"body": {"token": SECRET, "name": "Kepler"}, "reply": GUEST}
