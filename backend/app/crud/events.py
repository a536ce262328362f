"""How the one log of a universe is written and read; its revisions have no gap."""

from typing import Any
from uuid import UUID

from sqlalchemy import Integer, bindparam, insert, select
from sqlalchemy.orm import Session

from app.models import Base, Universe, UniverseEvent, User
from app.models.line import Line, Prepared

_BY_OP = select(UniverseEvent).where(
    UniverseEvent.universe_id == bindparam("universe_id"),
    UniverseEvent.op_id == bindparam("op_id"),
)
_SINCE = (
    select(UniverseEvent)
    .where(
        UniverseEvent.universe_id == bindparam("universe_id"),
        UniverseEvent.rev > bindparam("rev"),
    )
    .order_by(UniverseEvent.rev)
    .limit(bindparam("limit", type_=Integer))
)
_BEFORE = (
    select(UniverseEvent, User.display_name)
    .outerjoin(User, User.id == UniverseEvent.actor_id)
    .where(
        UniverseEvent.universe_id == bindparam("universe_id"),
        UniverseEvent.rev < bindparam("rev"),
    )
    .order_by(UniverseEvent.rev.desc())
    .limit(bindparam("limit", type_=Integer))
)
_LAST_PATCHES = (
    select(UniverseEvent.patch)
    .where(UniverseEvent.universe_id == bindparam("universe_id"), UniverseEvent.kind == "document")
    .order_by(UniverseEvent.rev.desc())
    .limit(bindparam("limit", type_=Integer))
)
_row = Base.metadata.tables["universe_events"]
_APPEND = Prepared(insert(_row).values({one.name: bindparam(one.name) for one in _row.c}))
_NOTHING = dict.fromkeys(_row.c.keys())  # what an event does not say
_KNOWN_OP = select(_row.c.rev).where(
    _row.c.universe_id == bindparam("universe_id"), _row.c.op_id == bindparam("op_id")
)
# What a performance obeys: edits of the document, and pushes.
_PLAYED_SINCE = _SINCE.where(UniverseEvent.kind.in_(("document", "journal")))


def append(line: Line, universe: Universe, **facts: Any) -> int:
    """Give an event the next revision of a universe that was found for editing; return which."""
    universe.rev += 1
    line.do(_APPEND, _NOTHING | facts | {"universe_id": universe.id, "rev": universe.rev})
    return universe.rev


def known_op(session: Session, universe_id: UUID, op_id: UUID) -> bool:
    """Tell whether an operation has become an event before."""
    return (
        session.execute(_KNOWN_OP, {"universe_id": universe_id, "op_id": op_id}).first() is not None
    )


def find_by_op(session: Session, universe_id: UUID, op_id: UUID) -> UniverseEvent | None:
    """Find the event that an operation became when it was first sent."""
    return session.scalars(_BY_OP, {"universe_id": universe_id, "op_id": op_id}).one_or_none()


def list_since(
    session: Session, universe_id: UUID, *, rev: int, limit: int, played: bool = False
) -> list[UniverseEvent]:
    """List the events after a revision in order; only those a performance obeys if asked."""
    statement = _PLAYED_SINCE if played else _SINCE
    values = {"universe_id": universe_id, "rev": rev, "limit": limit}
    return list(session.scalars(statement, values))


def list_before(
    session: Session, universe_id: UUID, *, rev: int, limit: int
) -> list[tuple[UniverseEvent, str | None]]:
    """List the events before a revision, the newest first, with the names of their authors."""
    values = {"universe_id": universe_id, "rev": rev, "limit": limit}
    return [(row[0], row[1]) for row in session.execute(_BEFORE, values)]


def list_last_patches(session: Session, universe_id: UUID, count: int) -> list[str]:
    """List the patches of the last changes of a document, in order."""
    found = session.scalars(_LAST_PATCHES, {"universe_id": universe_id, "limit": count})
    return [patch or "{}" for patch in reversed(found.all())]
