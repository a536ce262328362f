"""Accounts: registering, confirming it, and signing in."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.crud import users
from app.errors import Conflict, Forbidden, Unauthenticated
from app.models import MailToken, User
from app.services import passwords, post, promises, signins
from app.services.account_views import PendingView, SignInView
from app.services.addresses import canonical_email, folded
from app.services.signins import Device
from app.services.wordings import DEFAULT
from app.services.work import Work

CONFIRM_WITHIN = timedelta(hours=24)


def register(
    work: Work,
    *,
    email: str,
    password: str,
    display_name: str | None,
    device: Device,
    language: str = DEFAULT,
) -> SignInView | PendingView:
    """Make an account and sign in; where there is a mail server, promise one and send a letter.

    What is promised, and how long that takes, does not tell whether the address has an account.
    """
    throttle, confirms = work.tools.throttle, work.tools.post.confirms
    throttle.spend("registrations", work.address)
    canonical = canonical_email(email)
    passwords.judge(password, email=email)
    if confirms:
        post.pay(work, canonical)
    elif users.find_by_email(work.session, canonical):
        raise _taken()
    work.release()  # hashing is slow on purpose; nobody waits for its lock
    name = display_name or canonical.partition("@")[0][:80]
    kept = work.tools.passwords.hash(password)
    if confirms:
        return _promise(work, email, name, kept, language)
    return signins.begin(work, _made(work, email, name, kept), device)


def confirm(work: Work, token: str, *, password: str, device: Device) -> SignInView:
    """Open the account that a letter's link promises, and sign in.

    The password chosen for it is asked: whoever has the mailbox may not be who asked for the
    account, and is not to open one that somebody else can enter. Of several who asked for this
    mailbox, the one whose password it is gets the account, whosever letter the link is from.
    """
    asked = promises.rivals(work, "confirm", token)
    chosen = asked[recognise(work, [(one.email, one.password_hash) for one in asked], password)]
    promised = promises.take(work, "confirm", token, chosen.id)
    if users.find_by_email(work.session, canonical_email(promised.email)):
        raise _taken()
    user = _opened(work, promised)
    return signins.begin(work, user, device)


def prove(work: Work, email: str, kept: str | None, password: str) -> None:
    """Refuse who does not know the password of an account."""
    recognise(work, [(email, kept)], password)


def recognise(work: Work, offered: Sequence[tuple[str, str | None]], password: str) -> int:
    """Tell the first of these (address, what is kept of its password) whose password this is.

    A wrong one is a failure at each of them, and refused with Forbidden.
    """
    throttle = work.tools.throttle
    accounts = sorted({(canonical_email(email), work.address) for email, _ in offered})
    for account in accounts:
        # Counted before it is known to be wrong, as at the door.
        throttle.spend("sign_in_failures", *account)
    work.release()
    matches = work.tools.passwords.matches
    place = next((n for n, (_, kept) in enumerate(offered) if matches(kept, password)), None)
    if place is None:
        raise Forbidden("the password is wrong", code="wrong_password")
    for account in accounts:
        throttle.forgive("sign_in_failures", *account)
    return place


def promised(work: Work, *, email: str, asked_at: datetime) -> PendingView:
    """Say again what was promised; the letter of then opens the account as long as it did."""
    left = asked_at + CONFIRM_WITHIN - work.now
    return PendingView(email, max(0, int(left.total_seconds())))


def login(work: Work, *, email: str, password: str, device: Device) -> SignInView:
    """Sign in. An unknown address and a wrong password are told alike and take as long."""
    canonical = folded(email)
    throttle, account = work.tools.throttle, (canonical, work.address)
    throttle.look("sign_in_failures_address", work.address)
    # Counted before it is known to be wrong: a hundred guesses at once are a hundred.
    throttle.spend("sign_in_failures", *account)
    user = users.find_by_email(work.session, canonical)
    kept = user.password_hash if user and user.disabled_at is None else None
    work.release()
    if not work.tools.passwords.matches(kept, password):
        throttle.spend("sign_in_failures_address", work.address)
        raise Unauthenticated("the address or the password is wrong", code="wrong_credentials")
    assert user is not None, "a password matched, so there is somebody"
    throttle.forgive("sign_in_failures", *account)
    if kept is not None and work.tools.passwords.outdated(kept):
        user.password_hash = work.tools.passwords.hash(password)
    return signins.begin(work, user, device)


def _promise(work: Work, email: str, name: str, kept: str, language: str) -> PendingView:
    token = promises.make(
        work, "confirm", email=email, lasts=CONFIRM_WITHIN, display_name=name, password_hash=kept
    )
    # Whether there is an account is not looked up: the letter tells who has one, and nobody else.
    post.put(work, "confirm", email, token, language=language)
    return PendingView(email, int(CONFIRM_WITHIN.total_seconds()))


def _opened(work: Work, promised: MailToken) -> User:
    assert promised.password_hash is not None, "an account is promised with its password"
    name = promised.display_name or ""
    user = _made(work, promised.email, name, promised.password_hash)
    user.email_confirmed_at = work.now
    return user


def _made(work: Work, email: str, name: str, kept: str) -> User:
    user = User(email=email, email_canonical=canonical_email(email), display_name=name)
    user.password_hash, user.token_version = kept, 0
    return users.keep(work.session, user)


def _taken() -> Conflict:
    return Conflict("this address has an account; sign in", code="email_taken")
