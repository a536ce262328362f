"""How the changes of a document are found again in its log."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, defer

from app.models import Base, UniverseEvent, User
from app.models.line import Line, Prepared

_UNIVERSE = UniverseEvent.universe_id == bindparam("universe_id")
_CHANGED = UniverseEvent.kind == "document"
_LIGHT = defer(UniverseEvent.document, raiseload=True)
_ONE = (
    select(UniverseEvent, User.display_name)
    .outerjoin(User, User.id == UniverseEvent.actor_id)
    .options(_LIGHT)
    .where(_UNIVERSE, _CHANGED, UniverseEvent.rev == bindparam("rev"))
)
_WHOLE = (
    select(UniverseEvent.rev, UniverseEvent.document)
    .where(
        _UNIVERSE,
        _CHANGED,
        UniverseEvent.document.is_not(None),
        UniverseEvent.rev <= bindparam("rev"),
    )
    .order_by(UniverseEvent.rev.desc())
    .limit(1)
)
_PATCHES = (
    select(UniverseEvent.rev, UniverseEvent.patch, UniverseEvent.sha256)
    .where(
        _UNIVERSE,
        _CHANGED,
        UniverseEvent.rev > bindparam("after"),
        UniverseEvent.rev <= bindparam("rev"),
    )
    .order_by(UniverseEvent.rev)
)
_OWN = (
    select(UniverseEvent.rev, UniverseEvent.act, UniverseEvent.gesture)
    .where(_UNIVERSE, UniverseEvent.actor_id == bindparam("actor_id"), _CHANGED)
    .order_by(UniverseEvent.rev.desc())
    .limit(bindparam("limit", type_=Integer))
)
_THESE = (
    select(UniverseEvent.rev, UniverseEvent.patch, UniverseEvent.inverse)
    .where(_UNIVERSE, UniverseEvent.rev.in_(bindparam("revs", expanding=True)))
    .order_by(UniverseEvent.rev)
)
_OTHERS = (
    select(
        UniverseEvent.rev,
        UniverseEvent.patch,
        UniverseEvent.inverse,
        func.coalesce(User.display_name, UniverseEvent.guest_name),
    )
    .outerjoin(User, User.id == UniverseEvent.actor_id)
    .where(
        _UNIVERSE,
        _CHANGED,
        UniverseEvent.rev > bindparam("rev"),
        or_(UniverseEvent.actor_id.is_(None), UniverseEvent.actor_id != bindparam("actor_id")),
    )
    .order_by(UniverseEvent.rev)
)
_LISTED: Any = (
    select(UniverseEvent, User.display_name)
    .outerjoin(User, User.id == UniverseEvent.actor_id)
    .options(_LIGHT)
    .where(_CHANGED)
    .order_by(UniverseEvent.rev.desc())
)
_CONDITIONS: dict[str, Callable[[Any], Any]] = {
    "author": lambda said: UniverseEvent.actor_id == said,
    "act": lambda said: UniverseEvent.act == said,
    "since": lambda said: UniverseEvent.created_at >= said,
    "until": lambda said: UniverseEvent.created_at < said,
    "named": lambda _: UniverseEvent.name.is_not(None),
    "name": lambda said: UniverseEvent.name == said,
}
# Several servers write one log, and a clock may be set back: its times rise, but for so much.
CLOCKS = timedelta(minutes=1)
_log = Base.metadata.tables["universe_events"]
_LAST = Prepared(select(func.max(_log.c.rev)).where(_log.c.universe_id == bindparam("universe_id")))
_FROM = Prepared(
    select(_log.c.rev, _log.c.created_at)
    .where(_log.c.universe_id == bindparam("universe_id"), _log.c.rev >= bindparam("rev"))
    .order_by(_log.c.rev)
    .limit(1)
)
Row = tuple[UniverseEvent, str | None]


@dataclass(frozen=True, slots=True)
class Sought:
    """Which changes are asked for; nothing said is all of them."""

    author: UUID | None = None
    act: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    named: bool = False
    name: str | None = None


def list_changes(
    session: Session, universe_id: UUID, sought: Sought, *, before: int, limit: int
) -> list[Row]:
    """List the changes of a document with their authors' names, the newest first."""
    statement = _LISTED.where(UniverseEvent.universe_id == universe_id, UniverseEvent.rev < before)
    if sought.until is not None:
        end = first_since(session, universe_id, _moved(sought.until, CLOCKS))
        statement = statement.where(UniverseEvent.rev < end)
    if sought.since is not None:
        begin = first_since(session, universe_id, _moved(sought.since, -CLOCKS))
        statement = statement.where(UniverseEvent.rev >= begin)
    rows = session.execute(_narrowed(statement, sought).limit(limit))
    return [(row[0], row[1]) for row in rows]


def _moved(moment: datetime, by: timedelta) -> datetime:
    try:
        return moment + by
    except OverflowError:  # at either end of time: there is nothing beyond
        return moment


def first_since(session: Session, universe_id: UUID, moment: datetime) -> int:
    """Find where in a log a moment is: a revision before which all are earlier, and no other.

    Halved again and again by the key: a long log is not read through, and needs no index for this.
    """
    line, known = Line(session.connection()), {"universe_id": universe_id}
    last = line.one(_LAST, known)
    low, high = 0, ((last[0] or 0) if last else 0) + 1
    while low < high:
        middle = (low + high) // 2
        # Revisions of chats and the like are forgotten in time: the next that is there tells.
        found = line.one(_FROM, known | {"rev": middle})
        if found is None or found[1] >= moment:
            high = middle
        else:
            low = found[0] + 1
    return low


def _narrowed(statement: Select[Any], sought: Sought) -> Select[Any]:
    asked = [
        condition(getattr(sought, word))
        for word, condition in _CONDITIONS.items()
        if getattr(sought, word) not in (None, False)
    ]
    return statement.where(*asked)


def find_change(session: Session, universe_id: UUID, rev: int) -> Row | None:
    """Find one change of a document with its author's name."""
    found = session.execute(_ONE, {"universe_id": universe_id, "rev": rev}).one_or_none()
    return None if found is None else (found[0], found[1])


def find_whole(session: Session, universe_id: UUID, rev: int) -> tuple[int, str] | None:
    """Find the last whole document that was kept at a revision or before it."""
    found = session.execute(_WHOLE, {"universe_id": universe_id, "rev": rev}).one_or_none()
    return None if found is None else (found[0], found[1] or "{}")


def list_patches(
    session: Session, universe_id: UUID, *, after: int, rev: int
) -> list[tuple[int, str, str | None]]:
    """List (rev, patch, hash) of the changes after one revision, up to another."""
    values = {"universe_id": universe_id, "after": after, "rev": rev}
    return [(row[0], row[1] or "{}", row[2]) for row in session.execute(_PATCHES, values)]


def list_own(
    session: Session, universe_id: UUID, actor_id: UUID, *, limit: int
) -> list[tuple[int, str, str | None]]:
    """List (rev, act, gesture) of somebody's last changes of a document, in order."""
    values = {"universe_id": universe_id, "actor_id": actor_id, "limit": limit}
    found = session.execute(_OWN, values).all()
    return [(row[0], row[1] or "edit", row[2]) for row in reversed(found)]


def list_these(
    session: Session, universe_id: UUID, revs: Sequence[int]
) -> list[tuple[int, str, str]]:
    """List (rev, patch, inverse) of changes by their revisions, in order."""
    rows = session.execute(_THESE, {"universe_id": universe_id, "revs": list(revs)})
    return [(row[0], row[1] or "{}", row[2] or "{}") for row in rows]


def list_others(
    session: Session, universe_id: UUID, actor_id: UUID, *, after: int
) -> list[tuple[int, str, str, str | None]]:
    """List (rev, patch, inverse, author's name) of what others changed after a revision."""
    values = {"universe_id": universe_id, "actor_id": actor_id, "rev": after}
    rows = session.execute(_OTHERS, values)
    return [(row[0], row[1] or "{}", row[2] or "{}", row[3]) for row in rows]
