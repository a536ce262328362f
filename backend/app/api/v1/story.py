"""/api/v1/universes/{id}/story: the points of a story, a view of the document."""

from typing import Annotated
from uuid import UUID

from flask import Response, request
from pydantic import Field

from app.api.door import Room, door
from app.api.examples import story as examples
from app.api.paging import link_next
from app.core.document import ID
from app.schemas.parts import Merge, MoveIn, PartOut, PointIn, PointOut, PointsQuery, Whole
from app.schemas.shared import Page
from app.services import parts, story
from app.services.conditions import Condition
from app.services.parts import PartView
from app.services.story import PointView, Wanted
from app.services.views import PageView
from app.services.work import Work

room = Room("story", __name__, url_prefix="/api/v1/universes", abp_tags=[{"name": "story"}])
ALL = "/<uuid:universe_id>/story"
ONE = f"{ALL}/<point_id>"
PointId = Annotated[str, Field(pattern=ID)]


def _locate(response: Response, view: PointView) -> None:
    response.headers["Location"] = f"{request.path}/{view.id}"


@room.get(ALL)
@door(query=PointsQuery, reply=Page[PointOut], open=True, finish=link_next, example=examples.POINTS)
def index(work: Work, universe_id: UUID, query: PointsQuery) -> PageView[PointView]:
    """List the points of a story, by time or title."""
    wanted = Wanted(query.sort, query.harmony_low, query.harmony_high, query.text)
    return story.listing(work, universe_id, wanted, cursor=query.cursor, limit=query.limit)


@room.post(ALL)
@door(
    body=PointIn,
    reply=PointOut,
    status=201,
    etag=True,
    once=True,
    finish=_locate,
    example=examples.CREATE,
)
def create(work: Work, universe_id: UUID, body: PointIn) -> PointView:
    """Add a point to a story."""
    return story.create(work, universe_id, body.said, name=body.id)


@room.patch(ALL)
@door(body=Merge, reply=PartOut, etag=True, if_match=True, example=examples.CHANGE_ALL)
def change_all(work: Work, universe_id: UUID, body: Merge, condition: Condition) -> PartView:
    """Change, add and remove points by merge patch, by id."""
    return parts.change(work, universe_id, "story", body.root, condition=condition)


@room.get(ONE)
@door(reply=PointOut, etag=True, open=True, example=examples.READ)
def read(work: Work, universe_id: UUID, point_id: PointId) -> PointView:
    """Read one point of a story."""
    return story.read(work, universe_id, point_id)


@room.put(ONE)
@door(body=Whole, reply=PointOut, etag=True, if_match=True, example=examples.PUT)
def put(
    work: Work, universe_id: UUID, point_id: PointId, body: Whole, condition: Condition
) -> PointView:
    """Make a point what it is to be, whether it was there or not."""
    return story.put(work, universe_id, point_id, body.root, condition=condition)


@room.patch(ONE)
@door(body=Merge, reply=PointOut, etag=True, if_match=True, example=examples.CHANGE)
def change(
    work: Work, universe_id: UUID, point_id: PointId, body: Merge, condition: Condition
) -> PointView:
    """Change one point by merge patch."""
    return story.change(work, universe_id, point_id, body.root, condition=condition)


@room.post(f"{ONE}/move")
@door(body=MoveIn, reply=PointOut, etag=True, if_match=True, example=examples.MOVE)
def move(
    work: Work, universe_id: UUID, point_id: PointId, body: MoveIn, condition: Condition
) -> PointView:
    """Move a point to another time, or between two others."""
    return story.move(
        work,
        universe_id,
        point_id,
        at=body.at,
        after=body.after,
        before=body.before,
        condition=condition,
    )


@room.delete(ONE)
@door(if_match=True)
def delete(work: Work, universe_id: UUID, point_id: PointId, condition: Condition) -> None:
    """Take a point away."""
    parts.remove_entry(work, universe_id, "story", point_id, condition=condition)
