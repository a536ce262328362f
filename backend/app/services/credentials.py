"""Passwords and addresses: changed by those who know the password, or hold the mailbox."""

from datetime import timedelta

from app.crud import mails, users
from app.errors import Conflict
from app.models import MailToken, User
from app.services import keys, passwords, post, profiles, promises, signins
from app.services.account_views import PendingView, ProfileView
from app.services.accounts import prove, recognise
from app.services.addresses import canonical_email
from app.services.work import Work

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
    """Send a letter to whoever has this address; nobody is told whether somebody does.

    Nor can anybody find out by the clock: whose it is, is looked up when the letter leaves.
    """
    canonical = canonical_email(email)
    work.tools.throttle.spend("letters_address", work.address)
    post.pay(work, canonical)
    post.put(work, "reset", canonical)
    return PendingView(email, int(post.RESET_WITHIN.total_seconds()))


def reset_password(work: Work, *, token: str, password: str) -> None:
    """Choose a new password by a letter's link; everybody is signed out of the account."""
    user = _whose(work, token)
    passwords.judge(password, email=user.email)
    work.release()
    kept = work.tools.passwords.hash(password)
    promises.take(work, "reset", token)  # somebody may have followed it while we were hashing
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
    if not work.tools.post.confirms:
        known = users.find_by_email(work.session, canonical)
        if known is not None and known.id != user.id:
            raise _taken()
        return profiles.viewed(_told(work, user, email, confirmed=False))
    post.pay(work, canonical)
    token = promises.make(work, "email", email=email, lasts=MOVE_WITHIN, user_id=user.id)
    post.put(work, "email", email, token, language=user.language)
    return PendingView(email, int(MOVE_WITHIN.total_seconds()))


def confirm_email(work: Work, token: str, *, password: str) -> None:
    """Move an account to the address whose letter's link was followed; the old one is told.

    The account's password is asked: else who has the mailbox would take in somebody else's account.
    Of several that are to move there it is the one whose password this is.
    """
    movable = _movable(work, token)
    if not movable:
        raise promises.void()
    place = recognise(work, [(user.email, user.password_hash) for _, user in movable], password)
    promised, user = movable[place]
    email = promises.take(work, "email", token, promised.id).email
    known = users.find_by_email(work.session, canonical_email(email))
    if known is not None and known.id != user.id:
        raise _taken()
    _told(work, user, email, confirmed=True)


def _movable(work: Work, token: str) -> list[tuple[MailToken, User]]:
    asked = promises.rivals(work, "email", token)
    holders = [users.find(work.session, one.user_id) if one.user_id else None for one in asked]
    return [
        (one, user)
        for one, user in zip(asked, holders, strict=True)
        if user is not None and user.disabled_at is None
    ]


def _whose(work: Work, token: str) -> User:
    found = promises.look(work, "reset", token)
    user = users.find(work.session, found.user_id) if found.user_id else None
    if user is None or user.disabled_at is not None:
        raise promises.void()
    return user


def _set_password(work: Work, user: User, kept: str) -> None:
    user.password_hash = kept
    # A link that somebody else asked for must not undo this.
    _void_links(work, user)
    post.put(work, "password", user.email, language=user.language)
    work.session.flush()


def _void_links(work: Work, user: User) -> None:
    promises.withdraw(work, user.id, "reset", "email")
    mails.drop_waiting(work.session, user.email_canonical, "reset")
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
