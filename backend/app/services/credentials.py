"""Passwords and addresses: changed by those who know the password, or hold the mailbox."""

from datetime import timedelta

from app.crud import mails, users
from app.errors import Conflict, InputError
from app.models import User
from app.services import keys, passwords, post, profiles, signins
from app.services.account_views import PendingView, ProfileView
from app.services.accounts import canonical_email, prove
from app.services.wordings import DEFAULT
from app.services.work import Work

RESET_WITHIN = timedelta(minutes=10)
MOVE_WITHIN = timedelta(hours=1)


def require_password(work: Work, password: str) -> User:
    """Return the caller's row, once they have said their password again."""
    user = profiles.own(work)
    prove(work, user.email, user.password_hash, password)
    return user


def change_password(work: Work, *, current: str, new: str) -> None:
    """Give the caller another password; every other device is signed out."""
    user = require_password(work, current)
    passwords.judge(new, email=user.email)
    _set_password(work, user, work.tools.passwords.hash(new))
    signins.end_others(work, "password")


def forgotten(work: Work, email: str) -> PendingView:
    """Send a letter to whoever has this address; nobody is told whether somebody does."""
    canonical = canonical_email(email)
    answer = PendingView(email, int(RESET_WITHIN.total_seconds()))
    work.tools.throttle.spend("letters_address", work.address)
    if not post.may(work, canonical, "reset"):
        return answer  # others asked before: the letter they caused opens the account, too
    user = users.find_by_email(work.session, canonical)
    known = user if user is not None and user.disabled_at is None else None
    token = post.promise(
        work,
        "reset",
        email=known.email if known else email,
        lasts=RESET_WITHIN,
        user_id=known.id if known else None,
    )
    language = known.language if known else DEFAULT
    post.put(work, "reset" if known else post.NOBODY, token.email, token, language=language)
    return answer


def reset_password(work: Work, *, token: str, password: str) -> None:
    """Choose a new password by a letter's link; everybody is signed out of the account."""
    user = _whose(work, "reset", token)
    passwords.judge(password, email=user.email)
    work.release()
    kept = work.tools.passwords.hash(password)
    post.take(work, "reset", token)  # somebody may have followed it while we were hashing
    _set_password(work, user, kept)
    if user.email_confirmed_at is None:
        # Whoever follows the link holds the mailbox; who made the account may not have held it.
        user.email_confirmed_at = work.now
        keys.revoke_all(work, user.id)
    signins.end_all(work, user.id, "password")


def change_email(work: Work, *, password: str, email: str) -> ProfileView | PendingView:
    """Move the account to another address, once that one has confirmed it.

    Without a mail server it moves at once. A taken address is answered like a free one.
    """
    user = require_password(work, password)
    canonical = canonical_email(email)
    known = users.find_by_email(work.session, canonical)
    taken = known is not None and known.id != user.id
    if not work.tools.post.confirms:
        if taken:
            raise _taken()
        return profiles.viewed(_told(work, user, email, confirmed=False))
    post.pay(work, canonical, "email")
    token = post.promise(work, "email", email=email, lasts=MOVE_WITHIN, user_id=user.id)
    kind, given = ("known", None) if taken else ("email", token)
    post.put(work, kind, email, given, language=known.language if known else user.language)
    return PendingView(email, int(MOVE_WITHIN.total_seconds()))


def confirm_email(work: Work, token: str, *, password: str) -> None:
    """Move an account to the address whose letter's link was followed; the old one is told.

    The account's password is asked: else who has the mailbox would take in somebody else's account.
    """
    user = _whose(work, "email", token)
    prove(work, user.email, user.password_hash, password)
    email = post.take(work, "email", token).email
    known = users.find_by_email(work.session, canonical_email(email))
    if known is not None and known.id != user.id:
        raise _taken()
    _told(work, user, email, confirmed=True)


def _whose(work: Work, purpose: str, token: str) -> User:
    found = post.look(work, purpose, token)
    user = users.find(work.session, found.user_id) if found.user_id else None
    if user is None or user.disabled_at is not None:
        raise InputError("this link is unknown; ask for another", code="invalid_link")
    return user


def _set_password(work: Work, user: User, kept: str) -> None:
    user.password_hash = kept
    # A link that somebody else asked for must not undo this.
    _void_links(work, user)
    post.put(work, "password", user.email, language=user.language)
    work.session.flush()


def _void_links(work: Work, user: User) -> None:
    mails.drop_tokens(work.session, user.id, "reset", "email")
    post.forgive(work, user.email_canonical, "reset")


def _told(work: Work, user: User, email: str, *, confirmed: bool) -> User:
    """Move an account, and tell the address it had."""
    former = user.email
    _moved(work, user, email, confirmed=confirmed)
    if canonical_email(former) != user.email_canonical:
        post.put(work, "moved", former, language=user.language)
    return user


def _moved(work: Work, user: User, email: str, *, confirmed: bool) -> User:
    _void_links(work, user)
    user.email, user.email_canonical = email, canonical_email(email)
    user.email_confirmed_at = work.now if confirmed else None
    work.session.flush()
    return user


def _taken() -> Conflict:
    return Conflict("this address has an account of its own", code="email_taken")
