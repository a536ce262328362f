"""What the link in a letter may do, once: the token of a letter, and what was asked for its mailbox.

A letter's token proves whose mailbox it is. More may have been asked for that mailbox than letters were
sent to it, so what a link opens is chosen among all of it, by the password of whoever asked.
"""

from datetime import timedelta
from uuid import UUID

from app.crud import mails
from app.errors import InputError, Unauthenticated
from app.models import MailToken
from app.services.addresses import canonical_email
from app.services.work import Work
from app.utils.ids import new_id

# Each is a hash of a password to try: the link's own, those asked for from the same place, the newest.
TRIED_MOST = 5


def make(
    work: Work,
    purpose: str,
    *,
    email: str,
    lasts: timedelta,
    user_id: UUID | None = None,
    display_name: str | None = None,
    password_hash: str | None = None,
) -> MailToken:
    """Make what a link in a letter may do once; what the same person asked before is void."""
    if user_id is not None:
        withdraw(work, user_id, purpose)
    token_id = new_id()
    tokens = work.tools.tokens
    token = MailToken(
        id=token_id,
        hash=tokens.fingerprint(tokens.mailed(token_id)),
        purpose=purpose,
        user_id=user_id,
        email=email,
        mailbox=canonical_email(email),
        asked_from=_place(work),
        display_name=display_name,
        password_hash=password_hash,
        expires_at=work.now + lasts,
    )
    return mails.keep_token(work.session, token)


def withdraw(work: Work, user_id: UUID, *purposes: str) -> None:
    """Void what somebody's account was to be given.

    An address is that of a mailbox others may be moving to: its letters go on proving whose it is,
    and move this account no more.
    """
    for purpose in purposes:
        if purpose == "email":
            mails.disown_tokens(work.session, user_id, purpose)
        else:
            mails.drop_tokens(work.session, user_id, purpose)


def look(work: Work, purpose: str, token: str) -> MailToken:
    """Return the row of a letter's token; InputError for one unknown, used or too old."""
    try:
        mark = work.tools.tokens.fingerprint(token)
    except Unauthenticated:
        raise void() from None
    found = mails.find_token(work.session, mark, purpose, work.now)
    if found is None:
        raise void()
    return found


def rivals(work: Work, purpose: str, token: str) -> list[MailToken]:
    """List what a letter may open: all that was asked for its mailbox, the letter's own first."""
    proof = look(work, purpose, token)
    return mails.list_promised(
        work.session, proof, asked_from=_place(work), now=work.now, most=TRIED_MOST
    )


def take(work: Work, purpose: str, token: str, chosen: UUID | None = None) -> MailToken:
    """Return what a link does, or which of its rivals was chosen; all of them are void then."""
    proof = look(work, purpose, token)
    found = proof if chosen is None else mails.find_promised(work.session, chosen)
    if found is None:
        raise void()
    mails.drop_mailbox(work.session, proof)
    return found


def void() -> InputError:
    """Return the fault of a link that does nothing, or nothing any more."""
    return InputError(
        "this link is unknown, was used or is too old; ask for another", code="invalid_link"
    )


def _place(work: Work) -> str:
    return work.tools.seal.mark("asked from", work.address)
