"""/api/v1/users: what everybody may know of somebody."""

from uuid import UUID

from flask import Response, request

from app.api.door import Room, door
from app.api.examples import accounts as examples
from app.formats.portrait import MEDIA_TYPE
from app.schemas.accounts import PublicOut
from app.services import profiles
from app.services.account_views import PublicView
from app.services.work import Work

room = Room("users", __name__, url_prefix="/api/v1/users", abp_tags=[{"name": "users"}])


@room.get("/<string:handle>")
@door(reply=PublicOut, open=True, example=examples.PERSON_READ)
def read(work: Work, handle: str) -> PublicView:
    """Look somebody up by their handle."""
    return profiles.person(work, handle)


@room.get("/<uuid:user_id>/avatar")
@door(file=MEDIA_TYPE, open=True)
def avatar(work: Work, user_id: UUID) -> Response:
    """Fetch somebody's picture."""
    found = profiles.picture(work, user_id)
    response = Response(found.content, content_type=found.media_type)
    response.set_etag(found.sha256)
    # Its address names the picture, so one that was fetched need not be asked for again.
    named = request.args.get("v", "") == found.sha256[:16]
    response.headers["Cache-Control"] = (
        "public, max-age=31536000, immutable" if named else "public, no-cache"
    )
    response.make_conditional(request)
    return response
