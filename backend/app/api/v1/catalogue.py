"""/api/v1: universes from files, forks and their line, stars, licences."""

from uuid import UUID

from flask import Response

from app.api.door import Room, door
from app.api.examples import catalogue as examples
from app.api.facts import JSON
from app.schemas.sharing import LicencesOut, LineageOut, StarOut
from app.schemas.universes import ForkIn, ImportQuery, UniverseOut
from app.services import forks, sources, stars
from app.services.licences import LICENCES
from app.services.sharing_views import AncestorView, LicenceView, StarView
from app.services.views import UniverseView
from app.services.work import Work

room = Room("catalogue", __name__, url_prefix="/api/v1", abp_tags=[{"name": "catalogue"}])


def _locate(response: Response, view: UniverseView) -> None:
    response.headers["Location"] = f"{room.url_prefix}/universes/{view.id}"


@room.post("/universes/import")
@door(
    upload=(JSON,),
    query=ImportQuery,
    reply=UniverseOut,
    status=201,
    etag=True,
    once=True,
    finish=_locate,
    example=examples.IMPORT,
)
def take_in(work: Work, query: ImportQuery, upload: bytes) -> UniverseView:
    """Make a universe from a file, a document or a take, sent as it is."""
    wishes = sources.Wishes(title=query.title, visibility=query.visibility)
    return sources.read(work, upload, wishes)


@room.post("/universes/<uuid:universe_id>/fork")
@door(
    body=ForkIn,
    optional_body=True,
    reply=UniverseOut,
    status=201,
    etag=True,
    once=True,
    finish=_locate,
    example=examples.FORK,
)
def fork(work: Work, universe_id: UUID, body: ForkIn) -> UniverseView:
    """Make a copy of one's own that remembers where it came from, if the licence lets one."""
    return forks.fork(work, universe_id, forks.Wishes(**body.model_dump()))


@room.get("/universes/<uuid:universe_id>/lineage")
@door(reply=LineageOut, open=True, example=examples.LINEAGE)
def lineage(work: Work, universe_id: UUID) -> dict[str, tuple[AncestorView, ...]]:
    """Read what a universe was forked from, and that from what."""
    return {"items": forks.lineage(work, universe_id)}


@room.put("/universes/<uuid:universe_id>/star")
@door(reply=StarOut, example=examples.STAR)
def star(work: Work, universe_id: UUID) -> StarView:
    """Like a universe."""
    return stars.star(work, universe_id)


@room.delete("/universes/<uuid:universe_id>/star")
@door(reply=StarOut, example=examples.UNSTAR)
def unstar(work: Work, universe_id: UUID) -> StarView:
    """Like a universe no more."""
    return stars.unstar(work, universe_id)


@room.get("/licences")
@door(reply=LicencesOut, open=True, scope="", example=examples.LICENCES)
def licences(work: Work) -> dict[str, tuple[LicenceView, ...]]:
    """Read every licence a universe may have, and what copies may have then."""
    return {"items": tuple(LICENCES.values())}
