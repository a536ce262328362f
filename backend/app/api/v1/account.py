"""/api/v1/auth/me: one's own profile and picture, all that is kept of one, and leaving."""

from flask import Response, send_file

from app.api import cookies
from app.api.door import Room, door
from app.api.examples import accounts as examples
from app.formats.portrait import TYPES
from app.schemas.accounts import LeaveIn, ProfileOut, ProfilePatch
from app.services import belongings, farewell, profiles
from app.services.account_views import ProfileView
from app.services.work import Work

room = Room("account", __name__, url_prefix=f"{cookies.PATH}/me", abp_tags=[{"name": "auth"}])


@room.get("")
@door(reply=ProfileOut, example=examples.ME)
def me(work: Work) -> ProfileView:
    """Read one's own profile."""
    return profiles.me(work)


@room.patch("")
@door(body=ProfilePatch, reply=ProfileOut, example=examples.CHANGE_ME)
def change_me(work: Work, body: ProfilePatch) -> ProfileView:
    """Change one's own profile by merge patch."""
    return profiles.change(work, body.changes())


@room.put("/avatar")
@door(upload=TYPES, reply=ProfileOut, example=examples.ME)
def show(work: Work, upload: bytes) -> ProfileView:
    """Show a picture of oneself; it is drawn anew, 256 x 256, with nothing hidden in it."""
    return profiles.show(work, upload)


@room.delete("/avatar")
@door()
def hide(work: Work) -> None:
    """Take one's picture away."""
    profiles.hide(work)


@room.get("/export")
@door(file="application/zip")
def export(work: Work) -> Response:
    """Fetch all that is kept of one: profile, devices, universes, comments, events, exports."""
    archive = belongings.archive(work)
    response = send_file(
        archive.stream,
        mimetype="application/zip",
        as_attachment=True,
        download_name="mundi-account.zip",
        max_age=0,
    )
    response.content_length = archive.size
    return response


@room.post("/deletion")
@door(body=LeaveIn, finish=cookies.drop, example=examples.LEAVE)
def leave(work: Work, body: LeaveIn) -> None:
    """Delete one's account; what one wrote elsewhere stays, without a name."""
    farewell.leave(
        work, password=body.password, heir=body.heir, delete_universes=body.delete_universes
    )
