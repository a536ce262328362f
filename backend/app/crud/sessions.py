"""How sign-ins and their refresh tokens are found and ended."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, delete, func, or_, select, update
from sqlalchemy.orm import Session, contains_eager

from app.models import RefreshToken, SignIn, User
from app.models.line import Line, Prepared

_LIVE = (
    select(SignIn)
    .join(SignIn.user)
    .options(contains_eager(SignIn.user))
    .where(
        SignIn.id == bindparam("session_id"),
        SignIn.revoked_at.is_(None),
        SignIn.expires_at > bindparam("now"),
        User.disabled_at.is_(None),
    )
)
# Tables, not classes: every request of somebody signed in asks this.
_SIGN_INS, _USERS = SignIn.__table__, User.__table__
_HOLDER = Prepared(
    select(_SIGN_INS.c.user_id, _USERS.c.token_version, _USERS.c.display_name)
    .join_from(_SIGN_INS, _USERS, _USERS.c.id == _SIGN_INS.c.user_id)
    .where(
        _SIGN_INS.c.id == bindparam("session_id"),
        _SIGN_INS.c.revoked_at.is_(None),
        _SIGN_INS.c.expires_at > bindparam("now"),
        _USERS.c.disabled_at.is_(None),
    )
)
_OPEN = (
    select(SignIn)
    .where(
        SignIn.user_id == bindparam("user_id"),
        SignIn.revoked_at.is_(None),
        SignIn.expires_at > bindparam("now"),
    )
    .order_by(func.coalesce(SignIn.last_used_at, SignIn.created_at).desc(), SignIn.id.desc())
)
_TOKEN = (
    select(RefreshToken)
    .join(RefreshToken.session)
    .join(SignIn.user)
    .options(contains_eager(RefreshToken.session).contains_eager(SignIn.user))
    .where(RefreshToken.hash == bindparam("hash"))
    .with_for_update(of=RefreshToken)
)


def find_live(session: Session, session_id: UUID, now: datetime) -> SignIn | None:
    """Find a sign-in that has neither ended nor been ended, with its user."""
    return session.scalars(_LIVE, {"session_id": session_id, "now": now}).one_or_none()


class Holder(NamedTuple):
    """Whose a sign-in is."""

    user_id: UUID
    token_version: int
    display_name: str


def find_holder(line: Line, session_id: UUID, now: datetime) -> Holder | None:
    """Find whose a sign-in is that has neither ended nor been ended."""
    found = line.one(_HOLDER, {"session_id": session_id, "now": now})
    return None if found is None else Holder(*found)


def find_token(session: Session, token_hash: str) -> RefreshToken | None:
    """Find a refresh token with its sign-in and user, and lock it until the commit."""
    return session.scalars(_TOKEN, {"hash": token_hash}).one_or_none()


def keep(session: Session, sign_in: SignIn) -> SignIn:
    """Keep a new sign-in; the caller commits."""
    session.add(sign_in)
    session.flush()
    return sign_in


def keep_token(session: Session, token: RefreshToken) -> None:
    """Keep a new refresh token; the caller commits."""
    session.add(token)
    session.flush()


def list_open(session: Session, user_id: UUID, now: datetime) -> list[SignIn]:
    """List somebody's sign-ins that have not ended, the latest used first; they are few."""
    return list(session.scalars(_OPEN, {"user_id": user_id, "now": now}))


def revoke_all(
    session: Session, user_id: UUID, why: str, now: datetime, *, but: UUID | None = None
) -> list[UUID]:
    """End every open sign-in of somebody, but perhaps one, and return which."""
    theirs = [SignIn.user_id == user_id, SignIn.revoked_at.is_(None)]
    if but is not None:
        theirs.append(SignIn.id != but)
    ended = session.scalars(
        update(SignIn).where(*theirs).values(revoked_at=now, revoked_why=why).returning(SignIn.id)
    )
    return list(ended)


def drop_ended(session: Session, before: datetime) -> None:
    """Delete sign-ins that ended before a moment, and refresh tokens too old by then."""
    ended = or_(SignIn.expires_at < before, SignIn.revoked_at < before)
    session.execute(delete(SignIn).where(ended))
    session.execute(delete(RefreshToken).where(RefreshToken.expires_at < before))
