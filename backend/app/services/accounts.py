"""Accounts: registering, confirming it, and signing in."""

import unicodedata
from datetime import datetime, timedelta

from app.crud import users
from app.errors import Conflict, Forbidden, ParameterError, Unauthenticated
from app.models import MailToken, User
from app.services import passwords, post, signins
from app.services.account_views import PendingView, SignInView
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
        post.pay(work, canonical, "confirm")
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
    account, and is not to open one that somebody else can enter.
    """
    promised = post.look(work, "confirm", token)
    prove(work, promised.email, promised.password_hash, password)
    promised = post.take(work, "confirm", token)
    if users.find_by_email(work.session, canonical_email(promised.email)):
        raise _taken()
    user = _opened(work, promised)
    return signins.begin(work, user, device)


def prove(work: Work, email: str, kept: str | None, password: str) -> None:
    """Refuse who does not know a password of an account, or of one that is promised."""
    throttle, account = work.tools.throttle, (canonical_email(email), work.address)
    # Counted before it is known to be wrong, as at the door.
    throttle.spend("sign_in_failures", *account)
    work.release()
    if not work.tools.passwords.matches(kept, password):
        raise Forbidden("the password is wrong", code="wrong_password")
    throttle.forgive("sign_in_failures", *account)


def promised(work: Work, *, email: str, asked_at: datetime) -> PendingView:
    """Say again what was promised; the letter of then opens the account as long as it did."""
    left = asked_at + CONFIRM_WITHIN - work.now
    return PendingView(email, max(0, int(left.total_seconds())))


def login(work: Work, *, email: str, password: str, device: Device) -> SignInView:
    """Sign in. An unknown address and a wrong password are told alike and take as long."""
    canonical = email.strip().lower()[:320]
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


def canonical_email(email: str) -> str:
    """Return the form under which an address is unique; what is no address is refused."""
    canonical = unicodedata.normalize("NFC", email).lower()
    name, _, domain = canonical.rpartition("@")
    # Quotes, lists and groups are grammar in a letter's head: an address has none.
    plain = canonical.isprintable() and not any(sign in ' ,;:<>()[]"\\' for sign in canonical)
    plain = plain and not any(sign.isspace() for sign in canonical)
    if not (plain and 0 < len(name) <= 64 and 0 < len(domain) <= 255 and "@" not in name):
        raise ParameterError("the e-mail address needs the form name@host")
    return canonical


def _promise(work: Work, email: str, name: str, kept: str, language: str) -> PendingView:
    known = users.find_by_email(work.session, canonical_email(email))
    token = post.promise(
        work, "confirm", email=email, lasts=CONFIRM_WITHIN, display_name=name, password_hash=kept
    )
    # Who has an account is told so in their letter, and nobody else hears of it.
    kind, given = ("known", None) if known else ("confirm", token)
    post.put(work, kind, email, given, language=known.language if known else language)
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
