"""How comments are found and kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, joinedload

from app.models import Comment, Member

_WITH_AUTHOR = select(Comment).options(joinedload(Comment.author))
_ONE = _WITH_AUTHOR.where(
    Comment.universe_id == bindparam("universe_id"), Comment.id == bindparam("id")
).execution_options(populate_existing=True)
_COUNT = (
    select(func.count()).select_from(Comment).where(Comment.universe_id == bindparam("universe_id"))
)
_COUNT_BY = _COUNT.where(Comment.author_id == bindparam("author_id"))
_MEMBERS = select(Member.user_id).where(
    Member.universe_id == bindparam("universe_id"), Member.role.is_not(None)
)
# Of who has no account any more, nobody knows what they were.
_COUNT_OF_STRANGERS = _COUNT.where(
    or_(
        Comment.author_id.is_(None),
        and_(Comment.author_id != bindparam("owner_id"), Comment.author_id.not_in(_MEMBERS)),
    )
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which comments of a universe: the replies to one, or the remarks about something."""

    parent: UUID | None = None
    target: str | None = None
    target_id: str | None = None
    resolved: bool | None = None


def find(session: Session, universe_id: UUID, comment_id: UUID) -> Comment | None:
    """Find a comment of a universe with its author, as it is now."""
    values = {"universe_id": universe_id, "id": comment_id}
    return session.scalars(_ONE, values).one_or_none()


def page(
    session: Session, universe_id: UUID, wanted: Wanted, *, after: UUID | None, limit: int
) -> Sequence[Comment]:
    """List remarks, the newest first, or the replies to one, the oldest first."""
    statement = _statement(
        wanted.parent is not None,
        wanted.target is not None,
        wanted.target_id is not None,
        wanted.resolved,
        after is not None,
    )
    values: dict[str, Any] = {
        "universe_id": universe_id,
        "parent": wanted.parent,
        "target": wanted.target,
        "target_id": wanted.target_id,
        "after": after,
        "limit": limit,
    }
    return session.scalars(statement, values).all()


def count_of(session: Session, universe_id: UUID) -> int:
    """Count the comments of a universe, replies and tombstones too."""
    return session.scalar(_COUNT, {"universe_id": universe_id}) or 0


def count_by(session: Session, universe_id: UUID, author_id: UUID) -> int:
    """Count the comments of a universe that somebody wrote."""
    return session.scalar(_COUNT_BY, {"universe_id": universe_id, "author_id": author_id}) or 0


def count_of_strangers(session: Session, universe_id: UUID, owner_id: UUID | None) -> int:
    """Count the comments of a universe by those who are neither its owner nor members."""
    values = {"universe_id": universe_id, "owner_id": owner_id or universe_id}
    return session.scalar(_COUNT_OF_STRANGERS, values) or 0


def keep(session: Session, comment: Comment) -> None:
    """Keep a new comment; the caller commits."""
    session.add(comment)
    session.flush()


def drop(session: Session, comment: Comment) -> None:
    """Delete a comment for good."""
    session.delete(comment)
    session.flush()


@lru_cache
def _statement(
    replies: bool, target: bool, target_id: bool, resolved: bool | None, after: bool
) -> Select[Comment]:
    statement = _WITH_AUTHOR.where(Comment.universe_id == bindparam("universe_id"))
    if replies:
        statement = statement.where(Comment.parent_id == bindparam("parent"))
    else:
        statement = statement.where(Comment.parent_id.is_(None))
    if target:
        statement = statement.where(Comment.target == bindparam("target"))
    if target_id:
        statement = statement.where(Comment.target_id == bindparam("target_id"))
    if resolved is not None:
        gone = Comment.resolved_at.is_not(None) if resolved else Comment.resolved_at.is_(None)
        statement = statement.where(gone)
    if after:
        last = bindparam("after", type_=Comment.id.type)
        statement = statement.where(Comment.id > last if replies else Comment.id < last)
    order = Comment.id if replies else Comment.id.desc()
    return statement.order_by(order).limit(bindparam("limit", type_=Integer))
