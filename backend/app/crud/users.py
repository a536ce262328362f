"""How people are found."""

from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.models import Avatar, User

_BY_HANDLE = select(User).where(User.handle == bindparam("handle"))
# Not against those who only point at the row: a star by them need not wait.
_HELD = select(User.id).where(User.id == bindparam("id")).with_for_update(key_share=True)
_BY_EMAIL = select(User).where(User.email_canonical == bindparam("email"))


def find_by_email(session: Session, canonical: str) -> User | None:
    """Find who registered under an address in its canonical form."""
    return session.scalars(_BY_EMAIL, {"email": canonical}).one_or_none()


def find_by_handle(session: Session, handle: str) -> User | None:
    """Find who has a handle."""
    return session.scalars(_BY_HANDLE, {"handle": handle}).one_or_none()


def find(session: Session, user_id: UUID) -> User | None:
    """Find somebody by identifier."""
    return session.get(User, user_id)


def hold(session: Session, user_id: UUID) -> None:
    """Let one act at a time count what somebody has, until the commit."""
    session.execute(_HELD, {"id": user_id})


def keep(session: Session, user: User) -> User:
    """Keep a new person; the caller commits."""
    session.add(user)
    session.flush()
    return user


def drop(session: Session, user: User) -> None:
    """Delete somebody; the database takes all that is theirs alone along."""
    session.delete(user)
    session.flush()


def find_avatar(session: Session, user_id: UUID) -> Avatar | None:
    """Find somebody's picture."""
    return session.get(Avatar, user_id)


def keep_avatar(session: Session, user: User, picture: bytes, sha256: str) -> None:
    """Keep somebody's picture in place of the one before."""
    session.merge(Avatar(user_id=user.id, picture=picture, sha256=sha256))
    user.avatar = sha256
    session.flush()


def drop_avatar(session: Session, user: User) -> None:
    """Delete somebody's picture, if there is one."""
    avatar = find_avatar(session, user.id)
    if avatar is not None:
        session.delete(avatar)
    user.avatar = None
    session.flush()
