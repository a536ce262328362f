"""How the keys of scripts are found and kept."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.orm import Session, contains_eager

from app.models import APIKey, User

_LIVE = (
    select(APIKey)
    .join(APIKey.user)
    .options(contains_eager(APIKey.user))
    .where(
        APIKey.hash == bindparam("hash"),
        or_(APIKey.expires_at.is_(None), APIKey.expires_at > bindparam("now")),
        User.disabled_at.is_(None),
    )
)
_OWN = select(APIKey).where(APIKey.user_id == bindparam("user_id")).order_by(APIKey.id.desc())
_COUNT = select(func.count()).select_from(APIKey).where(APIKey.user_id == bindparam("user_id"))


def find_live(session: Session, key_hash: str, now: datetime) -> APIKey | None:
    """Find a key that still counts, with its holder."""
    return session.scalars(_LIVE, {"hash": key_hash, "now": now}).one_or_none()


def list_own(session: Session, user_id: UUID) -> list[APIKey]:
    """List somebody's keys, the newest first; they are few."""
    return list(session.scalars(_OWN, {"user_id": user_id}))


def count_own(session: Session, user_id: UUID) -> int:
    """Count somebody's keys."""
    return session.scalar(_COUNT, {"user_id": user_id}) or 0


def find_own(session: Session, key_id: UUID, user_id: UUID) -> APIKey | None:
    """Find one of somebody's keys."""
    key = session.get(APIKey, key_id)
    return key if key is not None and key.user_id == user_id else None


def keep(session: Session, key: APIKey) -> APIKey:
    """Keep a new key; the caller commits."""
    session.add(key)
    session.flush()
    return key


def drop(session: Session, key: APIKey) -> None:
    """Delete a key: it counts no more."""
    session.delete(key)
    session.flush()


def note_use(session: Session, key_id: UUID, at: datetime) -> None:
    """Write down when a key was last used."""
    session.execute(update(APIKey).where(APIKey.id == key_id).values(last_used_at=at))
