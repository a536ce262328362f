"""How people are found."""

from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.models import User

_BY_EMAIL = select(User).where(User.email_canonical == bindparam("email"))


def find_by_email(session: Session, canonical: str) -> User | None:
    """Find who registered under an address in its canonical form."""
    return session.scalars(_BY_EMAIL, {"email": canonical}).one_or_none()


def find(session: Session, user_id: UUID) -> User | None:
    """Find somebody by identifier."""
    return session.get(User, user_id)


def keep(session: Session, user: User) -> User:
    """Keep a new person; the caller commits."""
    session.add(user)
    session.flush()
    return user
