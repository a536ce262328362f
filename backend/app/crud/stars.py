"""How stars are found and kept."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.models import Star


def find(session: Session, user_id: UUID, universe_id: UUID) -> Star | None:
    """Find whether somebody likes a universe."""
    return session.get(Star, (user_id, universe_id))


def keep(session: Session, star: Star) -> None:
    """Keep a new star; the caller commits."""
    session.add(star)
    session.flush()


def drop(session: Session, star: Star) -> None:
    """Take a star back."""
    session.delete(star)
    session.flush()
