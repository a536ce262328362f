"""How the members of a universe, and those asked to be, are found and kept."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.orm import Session, joinedload, object_session

from app.models import Member, Universe

_ROLE = select(Member.role).where(
    Member.universe_id == bindparam("universe_id"), Member.user_id == bindparam("user_id")
)
_WITH_USER = select(Member).options(joinedload(Member.user))
_ONE = _WITH_USER.where(
    Member.universe_id == bindparam("universe_id"), Member.user_id == bindparam("user_id")
).execution_options(populate_existing=True)
_OF = (
    _WITH_USER.where(Member.universe_id == bindparam("universe_id"))
    .order_by(Member.user_id)
    .limit(bindparam("limit", type_=Integer))
)
_OF_AFTER = _OF.where(Member.user_id > bindparam("after"))
_COUNT = (
    select(func.count()).select_from(Member).where(Member.universe_id == bindparam("universe_id"))
)
_HEIRS = select(Member).where(
    Member.universe_id == bindparam("universe_id"), Member.offered == "owner"
)
_OFFERS = (
    select(Member)
    .options(joinedload(Member.universe).joinedload(Universe.owner))
    .where(Member.user_id == bindparam("user_id"), Member.offered.is_not(None))
    .order_by(Member.universe_id.desc())
    .limit(bindparam("limit", type_=Integer))
)
_OFFERS_BEFORE = _OFFERS.where(Member.universe_id < bindparam("before"))


def role_of(universe: Universe, user_id: UUID) -> str | None:
    """Return what a member may do now, None for who is none or has not accepted yet."""
    session = object_session(universe)
    if session is None:
        return None
    return session.scalar(_ROLE, {"universe_id": universe.id, "user_id": user_id})


def find(session: Session, universe_id: UUID, user_id: UUID) -> Member | None:
    """Find a member, or somebody asked to be one, as they are now."""
    values = {"universe_id": universe_id, "user_id": user_id}
    return session.scalars(_ONE, values).one_or_none()


def list_of(
    session: Session, universe_id: UUID, *, after: UUID | None, limit: int
) -> Sequence[Member]:
    """List who is a member or was asked to be, with their names."""
    statement = _OF if after is None else _OF_AFTER
    values = {"universe_id": universe_id, "after": after, "limit": limit}
    return session.scalars(statement, values).all()


def list_heirs(session: Session, universe_id: UUID) -> Sequence[Member]:
    """List to whom a universe is offered; one, if any."""
    return session.scalars(_HEIRS, {"universe_id": universe_id}).all()


def list_offers(
    session: Session, user_id: UUID, *, before: UUID | None, limit: int
) -> Sequence[Member]:
    """List what somebody was asked and has not answered, with the universes and their owners."""
    statement = _OFFERS if before is None else _OFFERS_BEFORE
    values = {"user_id": user_id, "before": before, "limit": limit}
    return session.scalars(statement, values).all()


def count_of(session: Session, universe_id: UUID) -> int:
    """Count the members of a universe, and those asked to be."""
    return session.scalar(_COUNT, {"universe_id": universe_id}) or 0


def keep(session: Session, member: Member) -> None:
    """Keep a new member; the caller commits."""
    session.add(member)
    session.flush()


def drop(session: Session, member: Member) -> None:
    """Forget a member."""
    session.delete(member)
    session.flush()
