"""How waiting letters and the tokens of their links are found and kept."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Integer, bindparam, delete, or_, select, update
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


_PROMISED = (
    select(MailToken)
    .where(
        MailToken.mailbox == bindparam("mailbox"),
        MailToken.purpose == bindparam("purpose"),
        MailToken.expires_at > bindparam("now"),
        # What was asked for an account that wants it no more is nobody's.
        or_(MailToken.purpose != "email", MailToken.user_id.is_not(None)),
    )
    .order_by(
        (MailToken.id == bindparam("id")).desc(),
        (MailToken.asked_from == bindparam("asked_from")).desc(),
        MailToken.id.desc(),
    )
    .limit(bindparam("most", type_=Integer))
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


def list_promised(
    session: Session, proof: MailToken, *, asked_from: str, now: datetime, most: int
) -> list[MailToken]:
    """List what was asked for a token's mailbox: its own, what was asked from a place, the newest."""
    values = {"mailbox": proof.mailbox, "purpose": proof.purpose, "id": proof.id}
    values |= {"asked_from": asked_from, "now": now, "most": most}
    return list(session.scalars(_PROMISED, values))


def find_promised(session: Session, token_id: UUID) -> MailToken | None:
    """Find the row of a token as it is now."""
    return session.get(MailToken, token_id, populate_existing=True)


def drop_mailbox(session: Session, proof: MailToken) -> None:
    """Delete all that was asked for a token's mailbox, with the letters that wait to carry it."""
    same = MailToken.mailbox == proof.mailbox, MailToken.purpose == proof.purpose
    session.execute(delete(MailToken).where(*same))


def disown_tokens(session: Session, user_id: UUID, purpose: str) -> None:
    """Let somebody's tokens be nobody's: they go on proving whose mailbox it is."""
    mine = MailToken.user_id == user_id, MailToken.purpose == purpose
    session.execute(update(MailToken).where(*mine).values(user_id=None))


def drop_waiting(session: Session, recipient: str, kind: str) -> None:
    """Delete the letters of a kind that wait for a mailbox."""
    session.execute(delete(Mail).where(Mail.recipient == recipient, Mail.kind == kind))


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
