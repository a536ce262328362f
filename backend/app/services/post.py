"""The post: letters are put in with the change they tell of, and leave after its commit.

A letter is a row until a carrier has taken it; who fails tries again later. Its text, with the
token in it, is written only when it leaves.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import structlog

from app.crud import mails
from app.errors import InputError, Unauthenticated
from app.models import Mail, MailToken
from app.services import letters
from app.services.views import MailWaits
from app.services.wordings import DEFAULT
from app.services.work import SYSTEM, Work, Works
from app.utils.ids import new_id

log = structlog.get_logger("post")
ATTEMPTS_MAX = 8  # the last after eighteen hours
FIRST_WAIT = timedelta(minutes=1)  # trebled at each attempt
NOBODY = "nobody"  # a letter that goes nowhere: asking takes the same work whoever is known


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter taken in hand."""

    id: UUID
    kind: str
    recipient: str
    token: str | None
    language: str
    attempts: int


def put(
    work: Work,
    kind: str,
    recipient: str,
    token: MailToken | None = None,
    *,
    language: str = DEFAULT,
) -> None:
    """Put a letter in, to be written in a language (BCP 47); it leaves after the commit."""
    token_id = token.id if token else None
    mail = Mail(kind=kind, recipient=recipient, token_id=token_id, attempts=0, due_at=work.now)
    mail.language = language
    mails.keep(work.session, mail)
    work.announce(MailWaits())


def pay(work: Work, mailbox: str, kind: str) -> None:
    """Count a letter that somebody asks for, and refuse one too many: of theirs, or of everybody's."""
    work.tools.throttle.spend("letters", mailbox, work.address)
    work.tools.throttle.spend("letters_mailbox", mailbox, kind)


def may(work: Work, mailbox: str, kind: str) -> bool:
    """Count a letter as `pay` does, but tell whether everybody's count has one left.

    That is counted by mailbox, whoever has it or nobody. Where there is none left, the letter sent
    last is no older than the count's window: where links hold as long, its link still does.
    """
    work.tools.throttle.spend("letters", mailbox, work.address)
    return work.tools.throttle.take("letters_mailbox", mailbox, kind)


def forgive(work: Work, mailbox: str, kind: str) -> None:
    """Forget the letters counted: their links hold no more."""
    work.tools.throttle.forgive("letters_mailbox", mailbox, kind)


def promise(
    work: Work,
    purpose: str,
    *,
    email: str,
    lasts: timedelta,
    user_id: UUID | None = None,
    display_name: str | None = None,
    password_hash: str | None = None,
) -> MailToken:
    """Make what a link in a letter may do once; an earlier link for the same is void."""
    # For nobody the same statement runs and finds nothing.
    mails.drop_tokens(work.session, user_id or new_id(), purpose)
    token_id = new_id()
    tokens = work.tools.tokens
    token = MailToken(
        id=token_id,
        hash=tokens.fingerprint(tokens.mailed(token_id)),
        purpose=purpose,
        user_id=user_id,
        email=email,
        display_name=display_name,
        password_hash=password_hash,
        expires_at=work.now + lasts,
    )
    return mails.keep_token(work.session, token)


def look(work: Work, purpose: str, token: str) -> MailToken:
    """Return what a link may do; InputError for one unknown, used or too old."""
    try:
        mark = work.tools.tokens.fingerprint(token)
    except Unauthenticated:
        raise _void() from None
    found = mails.find_token(work.session, mark, purpose, work.now)
    if found is None:
        raise _void()
    return found


def take(work: Work, purpose: str, token: str) -> MailToken:
    """Return what a link may do, and void it."""
    found = look(work, purpose, token)
    mails.drop_token(work.session, found)
    return found


def deliver(works: Works, *, most: int = 100) -> int:
    """Send the letters that are due, and return how many left."""
    left = 0
    for _ in range(most):
        waiting = works.run(_claim, SYSTEM)
        if waiting is None:
            break
        left += _carry(works, waiting)
    return left


def _carry(works: Works, waiting: Waiting) -> bool:
    post = works.tools.post
    if waiting.kind != NOBODY:
        try:
            letter = letters.write(
                post, waiting.kind, waiting.recipient, waiting.token, waiting.language
            )
            post.carrier.carry(letter)
        except (OSError, ValueError) as fault:
            # What a server answers may quote the address, so only its kind is logged.
            told = {"mail": str(waiting.id), "kind": waiting.kind, "attempt": waiting.attempts}
            log.warning("letter not sent", **told, why=type(fault).__name__)
            return False
    works.run(lambda work: _drop(work, waiting.id), SYSTEM)
    return waiting.kind != NOBODY


def _claim(work: Work) -> Waiting | None:
    while (mail := mails.find_due(work.session, work.now)) is not None:
        expired = mail.token is not None and mail.token.expires_at <= work.now
        if mail.attempts < ATTEMPTS_MAX and not expired:
            return _taken(work, mail)
        log.warning("letter given up", mail=str(mail.id), kind=mail.kind, attempts=mail.attempts)
        mails.drop(work.session, mail)
    return None


def _taken(work: Work, mail: Mail) -> Waiting:
    # If this process dies now, another sends the letter when its wait is over.
    mail.due_at = work.now + FIRST_WAIT * 3**mail.attempts
    mail.attempts += 1
    work.session.flush()
    token = work.tools.tokens.mailed(mail.token_id) if mail.token_id else None
    return Waiting(mail.id, mail.kind, mail.recipient, token, mail.language, mail.attempts)


def _drop(work: Work, mail_id: UUID) -> None:
    mail = mails.find(work.session, mail_id)
    if mail is not None:
        mails.drop(work.session, mail)


def _void() -> InputError:
    return InputError(
        "this link is unknown, was used or is too old; ask for another", code="invalid_link"
    )
