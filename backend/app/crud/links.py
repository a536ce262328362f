"""How share links and the guests they seat are found and kept."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Integer, bindparam, delete, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from app.models import Guest, ShareLink, Universe

_LIVE = (
    ShareLink.revoked_at.is_(None),
    or_(ShareLink.expires_at.is_(None), ShareLink.expires_at > bindparam("now")),
)
_GUEST = (
    select(Guest)
    .join(Guest.link)
    .options(contains_eager(Guest.link))
    .where(Guest.hash == bindparam("hash"), *_LIVE)
)
_BY_HASH = (
    select(ShareLink)
    .join(ShareLink.universe)
    .options(contains_eager(ShareLink.universe).joinedload(Universe.owner))
    .where(ShareLink.hash == bindparam("hash"), *_LIVE)
)
_OF = (
    select(ShareLink)
    .where(ShareLink.universe_id == bindparam("universe_id"))
    .order_by(ShareLink.id.desc())
    .limit(bindparam("limit", type_=Integer))
)
_OF_BEFORE = _OF.where(ShareLink.id < bindparam("before"))
_COUNT = (
    select(func.count())
    .select_from(ShareLink)
    .where(ShareLink.universe_id == bindparam("universe_id"), *_LIVE)
)


def find_guest(session: Session, hash: str, now: datetime) -> Guest | None:
    """Find a guest with their link, if that still counts."""
    return session.scalars(_GUEST, {"hash": hash, "now": now}).one_or_none()


def find(session: Session, hash: str, now: datetime) -> ShareLink | None:
    """Find a link that still counts by its secret's hash, with its universe and the owner."""
    return session.scalars(_BY_HASH, {"hash": hash, "now": now}).one_or_none()


def find_of(session: Session, universe_id: UUID, link_id: UUID) -> ShareLink | None:
    """Find a link of a universe."""
    link = session.get(ShareLink, link_id)
    return link if link is not None and link.universe_id == universe_id else None


def list_of(
    session: Session, universe_id: UUID, *, before: UUID | None, limit: int
) -> Sequence[ShareLink]:
    """List the links of a universe, the newest first."""
    statement = _OF if before is None else _OF_BEFORE
    values = {"universe_id": universe_id, "before": before, "limit": limit}
    return session.scalars(statement, values).all()


def count_live(session: Session, universe_id: UUID, now: datetime) -> int:
    """Count the links of a universe that still count."""
    return session.scalar(_COUNT, {"universe_id": universe_id, "now": now}) or 0


def keep(session: Session, row: ShareLink | Guest) -> None:
    """Keep a new link or guest; the caller commits."""
    session.add(row)
    session.flush()


def drop_guests(session: Session, link_id: UUID) -> None:
    """Send every guest of a link away."""
    session.execute(delete(Guest).where(Guest.link_id == link_id))


def drop_ended(session: Session, before: datetime) -> None:
    """Forget the guests of links that ended before a moment."""
    over = select(ShareLink.id).where(
        or_(ShareLink.revoked_at < before, ShareLink.expires_at < before)
    )
    session.execute(delete(Guest).where(Guest.link_id.in_(over)))
