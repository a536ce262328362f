"""What is somebody's, all over the house: found to be handed out, handed on or forgotten."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, delete, select, update
from sqlalchemy.orm import Session

from app.models import (
    Comment,
    IdempotencyKey,
    Job,
    Member,
    Star,
    Universe,
    UniverseEvent,
)

_UNOWNED = (
    select(Universe.id)
    .where(Universe.owner_id.is_(None), Universe.example.is_(None))
    .order_by(Universe.id)
)
_HEIRS = and_(Member.universe_id == Universe.id, Member.offered == "owner")


def universe_ids(session: Session, user_id: UUID) -> list[UUID]:
    """List the universes somebody owns, the oldest first, so that all lock them in one order."""
    own = select(Universe.id).where(Universe.owner_id == user_id).order_by(Universe.id)
    return list(session.scalars(own))


def unowned_ids(session: Session, heir_id: UUID) -> list[UUID]:
    """List the universes without an owner that somebody is the heir of, the oldest first."""
    left = _UNOWNED.where(_HEIRS, Member.user_id == heir_id)
    return list(session.scalars(left))


def lapsed_ids(session: Session, before: datetime, *, most: int) -> list[UUID]:
    """List universes without an owner that were left to nobody since a moment."""
    waiting = select(Member.user_id).where(_HEIRS, Member.created_at >= before)
    return list(session.scalars(_UNOWNED.where(~waiting.exists()).limit(most)))


class Did(NamedTuple):
    """One thing somebody did; patch and data are JSON text."""

    universe_id: UUID
    rev: int
    kind: str
    created_at: datetime
    patch: str | None
    data: str | None


def events(session: Session, user_id: UUID, *, most: int) -> Iterator[Did]:
    """Go through what somebody did, the newest first, a few rows in memory at a time."""
    columns = [getattr(UniverseEvent, name) for name in Did._fields]
    theirs = (
        select(*columns)
        .where(UniverseEvent.actor_id == user_id)
        .order_by(UniverseEvent.created_at.desc(), UniverseEvent.rev.desc())
        .limit(most)
        .execution_options(yield_per=500)
    )
    yield from map(Did._make, session.execute(theirs))


def comments(session: Session, user_id: UUID, *, most: int) -> Iterator[Comment]:
    """Go through what somebody wrote, the newest first."""
    theirs = select(Comment).where(Comment.author_id == user_id).order_by(Comment.id.desc())
    yield from session.scalars(theirs.limit(most).execution_options(yield_per=500))


def jobs(session: Session, user_id: UUID, *, most: int) -> Iterator[Job]:
    """Go through the exports somebody asked for, the newest first."""
    theirs = select(Job).where(Job.owner_id == user_id).order_by(Job.id.desc())
    yield from session.scalars(theirs.limit(most).execution_options(yield_per=500))


def memberships(session: Session, user_id: UUID) -> list[Member]:
    """List the universes of others that somebody was let into or asked to."""
    return list(session.scalars(select(Member).where(Member.user_id == user_id)))


def stars(session: Session, user_id: UUID) -> list[Star]:
    """List what somebody likes."""
    return list(session.scalars(select(Star).where(Star.user_id == user_id)))


def files(session: Session, user_id: UUID, universe_ids: list[UUID]) -> list[str]:
    """List the finished exports on disk that go with somebody, or with these universes."""
    theirs = (Job.owner_id == user_id) | Job.universe_id.in_(universe_ids)
    return list(session.scalars(select(Job.file).where(theirs, Job.file.is_not(None))))


def forget(session: Session, user_id: UUID) -> None:
    """Take somebody's name off what stays: events have no author, stars no giver."""
    mine = UniverseEvent.actor_id == user_id
    session.execute(update(UniverseEvent).where(mine).values(actor_id=None))
    liked = select(Star.universe_id).where(Star.user_id == user_id)
    fewer = update(Universe).where(Universe.id.in_(liked)).values(stars=Universe.stars - 1)
    # A universe is no newer for having lost a star.
    session.execute(fewer.values(updated_at=Universe.updated_at))
    session.execute(delete(IdempotencyKey).where(IdempotencyKey.user_id == user_id))
