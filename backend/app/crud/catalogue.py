"""How universes are listed and searched: each list in each order by an index, never by offset."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Uuid,
    and_,
    bindparam,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import Session, defer, joinedload

from app.crud import searches
from app.models import Member, Star, Universe, User

# By which columns; whether the last come first.
SORTS: dict[str, tuple[tuple[Any, ...], bool]] = {
    "new": ((Universe.id,), True),
    "recent": ((Universe.updated_at, Universe.id), True),
    "title": ((Universe.title_key, Universe.id), False),
    "stars": ((Universe.stars, Universe.id), True),
}
_LITERAL_PUBLIC: ColumnElement[bool] = Universe.visibility == bindparam(
    "public",
    "public",
    literal_execute=True,  # an index of the public ones wants to read the word
)
_CALLER = bindparam("caller", type_=Uuid())
Line = Select[Universe, str | None, UUID]  # the last is null without a star
_MEMBER = and_(Member.universe_id == Universe.id, Member.user_id == _CALLER)
_STAR = and_(Star.universe_id == Universe.id, Star.user_id == _CALLER)
_THEIRS: dict[str, Any] = {"shared": Member, "starred": Star}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which universes: of whom, in which order, with which words and tags."""

    scope: str  # own shared starred public templates
    sort: str = "new"
    words: tuple[str, ...] = ()  # each begins some word of the universe
    tags: tuple[str, ...] = ()


class Holder(NamedTuple):
    """What may be seen of whoever owns a universe."""

    id: UUID
    display_name: str
    handle: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """A universe with what the caller is to it, as the same statement read it."""

    universe: Any  # a `Universe`, or a row with its columns
    owner: Holder | User | None
    member: str | None
    starred: bool


# Tables, not classes, which would take three times as long: it is the most frequent of all reads.
_UNIVERSES, _USERS, _MEMBERS, _STARS = (one.__table__ for one in (Universe, User, Member, Star))
_ONE = (
    select(
        *_UNIVERSES.c,
        _USERS.c.display_name.label("owner_display_name"),
        _USERS.c.handle.label("owner_handle"),
        _MEMBERS.c.role.label("member_role"),
        _STARS.c.user_id.label("star_user_id"),
    )
    .outerjoin_from(_UNIVERSES, _USERS, _USERS.c.id == _UNIVERSES.c.owner_id)
    .outerjoin(
        _MEMBERS, and_(_MEMBERS.c.universe_id == _UNIVERSES.c.id, _MEMBERS.c.user_id == _CALLER)
    )
    .outerjoin(_STARS, and_(_STARS.c.universe_id == _UNIVERSES.c.id, _STARS.c.user_id == _CALLER))
    .where(_UNIVERSES.c.id == bindparam("id"))
)


def find(session: Session, universe_id: UUID, caller: UUID | None) -> Found | None:
    """Find a universe whole, with its owner and what the caller is to it, to be read only."""
    values = {"id": universe_id, "caller": caller}
    session.flush()  # the connection knows nothing of what this very work has changed
    row = session.connection().execute(_ONE, values).one_or_none()
    if row is None:
        return None
    owner = row.owner_id and Holder(row.owner_id, row.owner_display_name, row.owner_handle)
    return Found(row, owner, row.member_role, row.star_user_id is not None)


def page(
    session: Session,
    wanted: Wanted,
    *,
    caller: UUID | None,
    after: Sequence[Any] | None,
    limit: int,
) -> list[Found]:
    """List universes from a place on, without their documents."""
    terms = searches.Terms(len(wanted.words), len(wanted.tags))
    values: dict[str, Any] = searches.values_of(wanted.words, wanted.tags)
    rarest = searches.rarest(session, terms, values)
    if rarest is searches.NOWHERE:
        return []
    statement = _statement(wanted.scope, wanted.sort, terms, rarest, after is not None)
    values |= {"caller": caller, "limit": limit}
    values |= {f"after{place}": value for place, value in enumerate(after or ())}
    rows = session.execute(statement, values)
    return [
        Found(universe, universe.owner, member, starred is not None)
        for universe, member, starred in rows
    ]


def mark(universe: Universe, sort: str) -> list[Any]:
    """Return where a universe stands in an order: what `page` goes on after."""
    return [getattr(universe, column.key) for column in SORTS[sort][0]]


@lru_cache(maxsize=256)
def _statement(
    scope: str, sort: str, terms: searches.Terms, rarest: int | None, after: bool
) -> Line:
    columns, backwards = SORTS[sort]
    if sort == "new" and scope in _THEIRS:
        # Read from their index on: however much is theirs, a page is as long as a page.
        columns = (_THEIRS[scope].universe_id,)
    elif rarest is not None:
        columns = _sorted_at_last(columns)
    statement = (
        select(Universe, Member.role, Star.user_id)
        .join(Member, _MEMBER, isouter=scope != "shared")
        .join(Star, _STAR, isouter=scope != "starred")
        .options(defer(Universe.document, raiseload=True), joinedload(Universe.owner))
        .where(_scope(scope), *searches.found(terms, rarest, beyond=after and sort == "new"))
        .order_by(*(column.desc() if backwards else column for column in columns))
        .limit(bindparam("limit", type_=Integer))
    )
    if not after:
        return statement
    here = tuple_(*columns)
    there = tuple_(*(bindparam(f"after{n}", type_=one.type) for n, one in enumerate(columns)))
    return statement.where(here < there if backwards else here > there)


def _sorted_at_last(columns: tuple[Any, ...]) -> tuple[Any, ...]:
    """Hide what is sorted by from its index: a few are sorted sooner than that is walked."""
    first, *more = columns
    return (func.coalesce(first, first), *more) if more else columns


def _scope(scope: str) -> ColumnElement[bool]:
    if scope == "own":
        return Universe.owner_id == _CALLER
    if scope == "shared":
        return Member.role.is_not(None)
    if scope == "starred":
        return or_(
            Universe.visibility != "private",
            Universe.owner_id == _CALLER,
            Member.role.is_not(None),
        )
    if scope == "templates":
        return and_(_LITERAL_PUBLIC, Universe.template.is_(True))
    return _LITERAL_PUBLIC
