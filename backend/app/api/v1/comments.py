"""/api/v1/universes/{id}/comments: remarks and replies."""

from uuid import UUID

from flask import Response

from app.api.door import Room, door
from app.api.examples import comments as examples
from app.api.paging import link_next
from app.schemas.comments import CommentIn, CommentOut, CommentPatch, CommentQuery
from app.schemas.shared import Page
from app.services import comments
from app.services.sharing_views import CommentView, TargetView
from app.services.views import PageView
from app.services.work import Work

room = Room("comments", __name__, url_prefix="/api/v1/universes", abp_tags=[{"name": "comments"}])


def _locate(response: Response, view: CommentView) -> None:
    response.headers["Location"] = f"{room.url_prefix}/{view.universe_id}/comments/{view.id}"


@room.get("/<uuid:universe_id>/comments")
@door(
    query=CommentQuery, reply=Page[CommentOut], open=True, finish=link_next, example=examples.LIST
)
def index(work: Work, universe_id: UUID, query: CommentQuery) -> PageView[CommentView]:
    """List remarks, the newest first; or with `parent` the replies to one, the oldest first."""
    return comments.listing(
        work,
        universe_id,
        parent=query.parent,
        target=query.kind,
        target_id=query.id,
        resolved=query.resolved,
        cursor=query.cursor,
        limit=query.limit,
    )


@room.post("/<uuid:universe_id>/comments")
@door(
    body=CommentIn,
    reply=CommentOut,
    status=201,
    once=True,
    finish=_locate,
    example=examples.WRITE,
)
def write(work: Work, universe_id: UUID, body: CommentIn) -> CommentView:
    """Write a remark about a universe, a body, a moment or a story point; or reply to one."""
    target = TargetView(**body.target.model_dump())
    return comments.write(work, universe_id, text=body.text, target=target, parent_id=body.parent)


@room.get("/<uuid:universe_id>/comments/<uuid:comment_id>")
@door(reply=CommentOut, open=True, example=examples.READ)
def read(work: Work, universe_id: UUID, comment_id: UUID) -> CommentView:
    """Read a comment."""
    return comments.read(work, universe_id, comment_id)


@room.patch("/<uuid:universe_id>/comments/<uuid:comment_id>")
@door(body=CommentPatch, reply=CommentOut, example=examples.EDIT)
def edit(work: Work, universe_id: UUID, comment_id: UUID, body: CommentPatch) -> CommentView:
    """Say something else in one's own comment."""
    return comments.edit(work, universe_id, comment_id, text=body.text)


@room.delete("/<uuid:universe_id>/comments/<uuid:comment_id>")
@door()
def delete(work: Work, universe_id: UUID, comment_id: UUID) -> None:
    """Delete one's own comment, or any in one's own universe; replies to it stay."""
    comments.delete(work, universe_id, comment_id)


@room.post("/<uuid:universe_id>/comments/<uuid:comment_id>/resolve")
@door(reply=CommentOut, example=examples.RESOLVE)
def resolve(work: Work, universe_id: UUID, comment_id: UUID) -> CommentView:
    """Settle a remark with its replies."""
    return comments.settle(work, universe_id, comment_id, resolved=True)


@room.post("/<uuid:universe_id>/comments/<uuid:comment_id>/reopen")
@door(reply=CommentOut, example=examples.READ)
def reopen(work: Work, universe_id: UUID, comment_id: UUID) -> CommentView:
    """Open a settled remark again."""
    return comments.settle(work, universe_id, comment_id, resolved=False)
