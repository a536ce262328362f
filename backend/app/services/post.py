"""The post: letters are put in with the change they tell of, and leave after its commit.

A letter is a row until a carrier has taken it; who fails tries again later. Its text, with the
token in it, is written only when it leaves. What anybody may ask for somebody else's mailbox is
written alike whoever that is: whether there is an account is looked up when the letter leaves, so
that no clock tells it to whoever asked.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

import structlog

from app.crud import mails, users
from app.models import Mail, MailToken, User
from app.services import letters, promises
from app.services.addresses import canonical_email
from app.services.views import MailWaits
from app.services.wordings import DEFAULT
from app.services.work import SYSTEM, Work, Works

log = structlog.get_logger("post")
ATTEMPTS_MAX = 8  # the last after eighteen hours
FIRST_WAIT = timedelta(minutes=1)  # trebled at each attempt
RESET_WITHIN = timedelta(minutes=10)
# Asked for by anybody. Beyond so many none leaves, and none is needed: what their links do holds at
# least as long as they are counted, and they open what was asked later, too.
OF_STRANGERS = ("confirm", "reset", "email")


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


def pay(work: Work, mailbox: str) -> None:
    """Count a letter that somebody asks for to a mailbox from their place; refuse one too many."""
    work.tools.throttle.spend("letters", mailbox, work.address)


def forgive(work: Work, mailbox: str, kind: str) -> None:
    """Forget the letters counted: their links hold no more."""
    work.tools.throttle.forgive("letters_mailbox", mailbox, kind)


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
    return True


def _claim(work: Work) -> Waiting | None:
    while (mail := mails.find_due(work.session, work.now)) is not None:
        if mail.attempts >= ATTEMPTS_MAX or _late(work, mail):
            log.warning(
                "letter given up", mail=str(mail.id), kind=mail.kind, attempts=mail.attempts
            )
        elif _wanted(work, mail) and (waiting := _addressed(work, mail)) is not None:
            return waiting
        mails.drop(work.session, mail)
    return None


def _late(work: Work, mail: Mail) -> bool:
    if mail.token is None:
        return mail.kind == "reset" and mail.created_at + RESET_WITHIN <= work.now
    withdrawn = mail.kind == "email" and mail.token.user_id is None
    return withdrawn or mail.token.expires_at <= work.now


def _wanted(work: Work, mail: Mail) -> bool:
    """Count a letter that strangers may ask for, once; tell whether its mailbox is to get it."""
    if mail.kind not in OF_STRANGERS or mail.attempts:
        return True
    mailbox = canonical_email(mail.recipient)
    return work.tools.throttle.take("letters_mailbox", mailbox, mail.kind)


def _addressed(work: Work, mail: Mail) -> Waiting | None:
    """Take a letter in hand, and find out whom it is for; None for nobody."""
    known = None
    if mail.kind in OF_STRANGERS:
        known = users.find_by_email(work.session, canonical_email(mail.recipient))
    if mail.kind == "reset":
        if known is None or known.disabled_at is not None:
            return None
        _make_reset(work, mail, known)
    waiting = _taken(work, mail)
    if known is None or mail.kind == "reset" or (mail.token and mail.token.user_id == known.id):
        return waiting
    # Who has an account is told so in their letter, and nobody else hears of it.
    return replace(waiting, kind="known", token=None, language=known.language)


def _make_reset(work: Work, mail: Mail, user: User) -> None:
    mail.recipient, mail.language = user.email, user.language
    if mail.token_id is None:
        lasts = mail.created_at + RESET_WITHIN - work.now
        made = promises.make(work, "reset", email=user.email, lasts=lasts, user_id=user.id)
        mail.token_id = made.id


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
