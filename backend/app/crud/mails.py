"""How waiting letters and the tokens of their links are found and kept."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session, joinedload

from app.models import Mail, MailToken

_TOKEN = (
    select(MailToken)
    .where(
        MailToken.hash == bindparam("hash"),
        MailToken.purpose == bindparam("purpose"),
        MailToken.expires_at > bindparam("now"),
    )
    .with_for_update()
)
_DUE = (
    select(Mail)
    .options(joinedload(Mail.token))
    .where(Mail.due_at <= bindparam("now"))
    .order_by(Mail.due_at, Mail.id)
    .limit(1)
    .with_for_update(of=Mail, skip_locked=True)
)


def find_token(session: Session, token_hash: str, purpose: str, now: datetime) -> MailToken | None:
    """Find a token that still counts, and lock it until the commit."""
    values = {"hash": token_hash, "purpose": purpose, "now": now}
    return session.scalars(_TOKEN, values).one_or_none()


def keep_token(session: Session, token: MailToken) -> MailToken:
    """Keep a new token; the caller commits."""
    session.add(token)
    session.flush()
    return token


def drop_token(session: Session, token: MailToken) -> None:
    """Delete a token with the letter that may still wait to carry it."""
    session.delete(token)
    session.flush()


def drop_tokens(session: Session, user_id: UUID, *purposes: str) -> None:
    """Delete somebody's earlier tokens for these purposes."""
    mine = MailToken.user_id == user_id, MailToken.purpose.in_(purposes)
    session.execute(delete(MailToken).where(*mine))


def drop_expired(session: Session, now: datetime) -> None:
    """Delete the tokens nobody may use any more."""
    session.execute(delete(MailToken).where(MailToken.expires_at < now))


def keep(session: Session, mail: Mail) -> Mail:
    """Keep a letter to be sent; the caller commits."""
    session.add(mail)
    session.flush()
    return mail


def find_due(session: Session, now: datetime) -> Mail | None:
    """Find the letter that has waited longest, with its token, and lock it until the commit."""
    return session.scalars(_DUE, {"now": now}).one_or_none()


def find(session: Session, mail_id: UUID) -> Mail | None:
    """Find a letter."""
    return session.get(Mail, mail_id)


def drop(session: Session, mail: Mail) -> None:
    """Delete a letter: it was sent, or never can be."""
    session.delete(mail)
    session.flush()
