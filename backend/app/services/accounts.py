"""Accounts: registering, signing in and out, and one's own profile."""

import unicodedata
from uuid import UUID

from app.crud import sessions, users
from app.errors import Conflict, ParameterError, Unauthenticated
from app.models import RefreshToken, SignIn, User
from app.services import passwords
from app.services.tokens import ACCESS_S, REFRESH_IDLE, SIGN_IN_LONGEST
from app.services.views import ProfileView, SessionsEnded, SignInView
from app.services.work import Work

GRACE_S = 5.0  # two tabs of one browser may refresh in the same moment


def register(
    work: Work, *, email: str, password: str, display_name: str | None, client: str
) -> SignInView:
    """Make an account and sign in. Without a mail server, nothing is confirmed first."""
    work.tools.throttle.spend("registrations", work.address)
    canonical = canonical_email(email)
    passwords.judge(password, email=email)
    if users.find_by_email(work.session, canonical):
        raise Conflict("this address has an account; sign in", code="email_taken")
    work.release()  # hashing is slow on purpose; nobody waits for its lock
    name = display_name or canonical.partition("@")[0][:80]
    kept = work.tools.passwords.hash(password)
    user = User(email=email, email_canonical=canonical, display_name=name, password_hash=kept)
    user.token_version = 0
    return _signed_in(work, users.keep(work.session, user), client)


def login(work: Work, *, email: str, password: str, client: str) -> SignInView:
    """Sign in. An unknown address and a wrong password are told alike and take as long."""
    canonical = email.strip().lower()[:320]
    throttle, account = work.tools.throttle, (canonical, work.address)
    throttle.look("sign_in_failures", *account)
    throttle.look("sign_in_failures_address", work.address)
    user = users.find_by_email(work.session, canonical)
    kept = user.password_hash if user and user.disabled_at is None else None
    work.release()
    if not work.tools.passwords.matches(kept, password):
        throttle.spend("sign_in_failures", *account)
        throttle.spend("sign_in_failures_address", work.address)
        raise Unauthenticated("the address or the password is wrong", code="wrong_credentials")
    assert user is not None, "a password matched, so there is somebody"
    throttle.forgive("sign_in_failures", *account)
    if kept is not None and work.tools.passwords.outdated(kept):
        user.password_hash = work.tools.passwords.hash(password)
    return _signed_in(work, user, client)


def refresh(work: Work, token: str) -> SignInView:
    """Exchange a refresh token for its successor; one used before ends the whole sign-in."""
    found = sessions.find_token(work.session, work.tools.tokens.fingerprint(token))
    if found is None or found.expires_at <= work.now:
        raise Unauthenticated("the refresh token is unknown or too old", code="invalid_token")
    sign_in = found.session
    if sign_in.revoked_at or sign_in.expires_at <= work.now or sign_in.user.disabled_at:
        raise Unauthenticated("this sign-in has ended; sign in again", code="session_ended")
    successor = work.tools.tokens.successor(token)
    if found.used_at is None:
        found.used_at = work.now
        _keep_token(work, sign_in, successor, rotated_from=found.hash)
    elif not _within_grace(work, found, successor):
        _end(work, sign_in, "reuse")
        # What is raised rolls back, and the sign-in must stay ended.
        work.release()
        raise Unauthenticated(
            "the refresh token was used before, so its sign-in has ended", code="token_reused"
        )
    return _view(work, sign_in.user, sign_in, successor)


def logout(work: Work, token: str | None) -> None:
    """Sign out here: by the access token, or by the refresh token if there is only that."""
    session_id = _signed_out_id(work, token)
    sign_in = sessions.find_live(work.session, session_id, work.now) if session_id else None
    if sign_in is not None:
        _end(work, sign_in, "logout")


def me(work: Work) -> ProfileView:
    """Return the caller's own profile."""
    return _profile(_self(work))


def change_me(work: Work, *, display_name: str | None) -> ProfileView:
    """Change the caller's own profile."""
    user = _self(work)
    if display_name is not None:
        user.display_name = display_name
    work.session.flush()
    return _profile(user)


def canonical_email(email: str) -> str:
    """Return the form under which an address is unique; what is no address is refused."""
    canonical = unicodedata.normalize("NFC", email).lower()
    name, _, domain = canonical.rpartition("@")
    plain = canonical.isprintable() and not any(sign.isspace() for sign in canonical)
    if not (plain and 0 < len(name) <= 64 and 0 < len(domain) <= 255 and "@" not in name):
        raise ParameterError("the e-mail address needs the form name@host")
    return canonical


def _self(work: Work) -> User:
    user = users.find(work.session, work.caller.required_id)
    assert user is not None, "the caller was found a moment ago in this transaction"
    return user


def _signed_in(work: Work, user: User, client: str) -> SignInView:
    sign_in = sessions.keep(
        work.session,
        SignIn(user_id=user.id, client=client, expires_at=work.now + SIGN_IN_LONGEST),
    )
    token = work.tools.tokens.refresh()
    _keep_token(work, sign_in, token, rotated_from=None)
    return _view(work, user, sign_in, token)


def _keep_token(work: Work, sign_in: SignIn, token: str, *, rotated_from: str | None) -> None:
    fresh = RefreshToken(
        hash=work.tools.tokens.fingerprint(token),
        session_id=sign_in.id,
        rotated_from=rotated_from,
        created_at=work.now,
        expires_at=min(work.now + REFRESH_IDLE, sign_in.expires_at),
    )
    sessions.keep_token(work.session, fresh)


def _within_grace(work: Work, used: RefreshToken, successor: str) -> bool:
    # Scripts have one hand; only a browser's tabs share a cookie.
    if used.session.client != "studio" or used.used_at is None:
        return False
    following = sessions.find_token(work.session, work.tools.tokens.fingerprint(successor))
    recent = (work.now - used.used_at).total_seconds() <= GRACE_S
    return recent and following is not None and following.used_at is None


def _end(work: Work, sign_in: SignIn, why: str) -> None:
    sign_in.revoked_at, sign_in.revoked_why = work.now, why
    work.session.flush()
    work.announce(SessionsEnded(sign_in.user_id, (sign_in.id,)))


def _signed_out_id(work: Work, token: str | None) -> UUID | None:
    if token:
        found = sessions.find_token(work.session, work.tools.tokens.fingerprint(token))
        return found.session_id if found else None
    return work.caller.session_id


def _view(work: Work, user: User, sign_in: SignIn, token: str) -> SignInView:
    access = work.tools.tokens.access(
        user_id=user.id, session_id=sign_in.id, version=user.token_version, now=work.now
    )
    until = min(work.now + REFRESH_IDLE, sign_in.expires_at)
    return SignInView(_profile(user), access, ACCESS_S, token, until)


def _profile(user: User) -> ProfileView:
    return ProfileView(user.id, user.email, user.display_name, user.created_at)
