"""/api/v1/universes/{id}/history: what a universe was, undo and redo; a view of its log."""

from uuid import UUID

from app.api.door import Room, door
from app.api.examples import past as examples
from app.api.paging import link_next
from app.schemas.past import (
    ChangeOut,
    CompareQuery,
    ComparisonOut,
    HistoryQuery,
    NameIn,
    UndoOut,
    VersionOut,
)
from app.schemas.shared import Page
from app.schemas.universes import UniverseOut
from app.services import past, undo, universes
from app.services.conditions import Condition
from app.services.past import ChangeView, ComparisonView, Sought, VersionView
from app.services.undo import UndoView
from app.services.views import PageView, UniverseView
from app.services.work import Work

room = Room("history", __name__, url_prefix="/api/v1/universes", abp_tags=[{"name": "history"}])
ALL = "/<uuid:universe_id>/history"
ONE = f"{ALL}/<int:rev>"


@room.get(ALL)
@door(
    query=HistoryQuery, reply=Page[ChangeOut], open=True, finish=link_next, example=examples.INDEX
)
def index(work: Work, universe_id: UUID, query: HistoryQuery) -> PageView[ChangeView]:
    """List the changes of a document, the newest first."""
    sought = Sought(
        author=query.author,
        act=query.act,
        since=query.since,
        until=query.until,
        named=query.named == "true",
        name=query.name,
    )
    return past.listing(work, universe_id, sought, cursor=query.cursor, limit=query.limit)


@room.get(f"{ALL}/compare")
@door(query=CompareQuery, reply=ComparisonOut, open=True, example=examples.COMPARE)
def compare(work: Work, universe_id: UUID, query: CompareQuery) -> ComparisonView:
    """Compare the documents at two revisions."""
    return past.compare(work, universe_id, query.from_rev, query.to_rev)


@room.get(ONE)
@door(reply=VersionOut, open=True, example=examples.READ)
def read(work: Work, universe_id: UUID, rev: int) -> VersionView:
    """Read the document as a change left it."""
    return past.read(work, universe_id, rev)


@room.put(f"{ONE}/name")
@door(body=NameIn, reply=ChangeOut, example=examples.NAME)
def name(work: Work, universe_id: UUID, rev: int, body: NameIn) -> ChangeView:
    """Give the document as a change left it a name, or take it away."""
    return past.name(work, universe_id, rev, body.name)


@room.post(f"{ONE}/restore")
@door(reply=UniverseOut, etag=True, if_match=True, once=True, example=examples.RESTORE)
def restore(work: Work, universe_id: UUID, rev: int, condition: Condition) -> UniverseView:
    """Make the document what it was; that is a change like any other."""
    past.restore(work, universe_id, rev, condition=condition)
    return universes.read(work, universe_id)


@room.post("/<uuid:universe_id>/undo")
@door(reply=UndoOut, etag=True, once=True, example=examples.UNDO)
def undo_own(work: Work, universe_id: UUID) -> UndoView:
    """Take one's own last gesture back; what others have written since stays, and is told."""
    return undo.undo(work, universe_id)


@room.post("/<uuid:universe_id>/redo")
@door(reply=UndoOut, etag=True, once=True, example=examples.REDO)
def redo_own(work: Work, universe_id: UUID) -> UndoView:
    """Do again what one has just undone."""
    return undo.redo(work, universe_id)
