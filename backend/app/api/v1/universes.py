"""/api/v1/universes: making, reading, listing, changing and deleting them."""

from uuid import UUID

from flask import Response

from app.api.door import Room, door
from app.api.examples import universes as examples
from app.api.paging import link_next
from app.schemas.shared import Page, PageQuery
from app.schemas.universes import (
    BriefOut,
    EventOut,
    PerformanceOut,
    TakeOut,
    TakeQuery,
    UniverseIn,
    UniverseOut,
    UniversePatch,
    UniverseQuery,
)
from app.services import audio, catalogue, history, sources, universes
from app.services.audio import Take
from app.services.conditions import Condition
from app.services.views import BriefView, EventView, PageView, PerformanceView, UniverseView
from app.services.work import Work

room = Room("universes", __name__, url_prefix="/api/v1/universes", abp_tags=[{"name": "universes"}])


def _locate(response: Response, view: UniverseView) -> None:
    response.headers["Location"] = f"{room.url_prefix}/{view.id}"


@room.get("")
@door(query=UniverseQuery, reply=Page[BriefOut], open=True, finish=link_next, example=examples.LIST)
def index(work: Work, query: UniverseQuery) -> PageView[BriefView]:
    """List and search universes: one's own, shared with one, starred, public, or templates."""
    return catalogue.listing(
        work,
        scope=query.scope,
        sort=query.sort,
        text=query.q,
        tags=query.tags,
        cursor=query.cursor,
        limit=query.limit,
    )


@room.post("")
@door(
    body=UniverseIn,
    reply=UniverseOut,
    status=201,
    etag=True,
    once=True,
    finish=_locate,
    example=examples.CREATE,
)
def create(work: Work, body: UniverseIn) -> UniverseView:
    """Make a universe from a document, a take, an example or a template, or an empty one."""
    source = sources.Source(body.document, body.take, body.example, body.template)
    return sources.create(
        work,
        source,
        sources.Wishes(body.title, body.visibility, body.link_role, body.licence, body.tags),
    )


@room.get("/<uuid:universe_id>")
@door(reply=UniverseOut, etag=True, open=True, example=examples.READ)
def read(work: Work, universe_id: UUID) -> UniverseView:
    """Read a universe."""
    return universes.read(work, universe_id)


@room.patch("/<uuid:universe_id>")
@door(body=UniversePatch, reply=UniverseOut, etag=True, if_match=True, example=examples.CHANGE)
def change(
    work: Work, universe_id: UUID, body: UniversePatch, condition: Condition
) -> UniverseView:
    """Change a part of a universe: its document by merge patch, or who may see it."""
    changes = body.model_dump(exclude_unset=True)
    return universes.change(work, universe_id, condition=condition, **changes)


@room.delete("/<uuid:universe_id>")
@door(if_match=True)
def delete(work: Work, universe_id: UUID, condition: Condition) -> None:
    """Delete a universe with its history, journals and exports."""
    universes.delete(work, universe_id, condition=condition)


@room.get("/<uuid:universe_id>/events")
@door(query=PageQuery, reply=Page[EventOut], open=True, finish=link_next, example=examples.EVENTS)
def events(work: Work, universe_id: UUID, query: PageQuery) -> PageView[EventView]:
    """Read what happened to a universe, the newest first."""
    return history.page(work, universe_id, cursor=query.cursor, limit=query.limit)


@room.get("/<uuid:universe_id>/performance")
@door(reply=PerformanceOut, open=True, example=examples.PERFORMANCE)
def performance(work: Work, universe_id: UUID) -> PerformanceView:
    """Read how far a universe was played last, and how well its energy was kept."""
    return audio.performance(work, universe_id)


@room.get("/<uuid:universe_id>/take")
@door(query=TakeQuery, reply=TakeOut, open=True, example=examples.READ_TAKE)
def take(work: Work, universe_id: UUID, query: TakeQuery) -> Take:
    """Read a stretch of a performance as a file that `mundi play` plays."""
    return audio.take(
        work,
        universe_id,
        journal_id=query.journal,
        latest=query.journal is None,
        start=query.start,
        ticks=query.ticks,
    )
