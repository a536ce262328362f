"""/api/v1/auth/keys: ways in for scripts."""

from uuid import UUID

from app.api import cookies
from app.api.door import Room, door
from app.api.examples import accounts as examples
from app.schemas.keys import FreshKeyOut, KeyIn, KeysOut
from app.services import keys
from app.services.account_views import FreshKeyView
from app.services.work import Work

room = Room("keys", __name__, url_prefix=f"{cookies.PATH}/keys", abp_tags=[{"name": "auth"}])


@room.get("")
@door(reply=KeysOut, example=examples.KEYS)
def index(work: Work) -> dict[str, object]:
    """List one's API keys."""
    return {"items": keys.listing(work)}


@room.post("")
@door(body=KeyIn, reply=FreshKeyOut, status=201, once=True, example=examples.MAKE_KEY)
def make(work: Work, body: KeyIn) -> FreshKeyView:
    """Make an API key; this is the only time it is shown whole."""
    return keys.make(work, name=body.name, scopes=body.scopes, expires_at=body.expires_at)


@room.delete("/<uuid:key_id>")
@door()
def revoke(work: Work, key_id: UUID) -> None:
    """End an API key."""
    keys.revoke(work, key_id)
