"""Sign-ins: begun, kept up with single-use refresh tokens, listed and ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.crud import sessions
from app.errors import NotFound, Unauthenticated
from app.models import RefreshToken, SignIn, User
from app.services import profiles
from app.services.account_views import SignedInView, SignInView
from app.services.tokens import ACCESS_S, REFRESH_IDLE, SIGN_IN_LONGEST
from app.services.views import SessionsEnded
from app.services.work import Work

GRACE_S = 5.0  # two tabs of one browser may refresh in the same moment


@dataclass(frozen=True, slots=True)
class Device:
    """Where somebody signs in."""

    client: str = "script"  # studio | script
    label: str = ""  # "Firefox on Linux"


def begin(work: Work, user: User, device: Device) -> SignInView:
    """Sign somebody in on a device; beyond the most there may be, the oldest sign-in ends."""
    _make_room(work, user.id)
    sign_in = SignIn(
        user_id=user.id,
        client=device.client,
        label=device.label,
        last_used_at=work.now,
        expires_at=work.now + SIGN_IN_LONGEST,
    )
    sessions.keep(work.session, sign_in)
    token = work.tools.tokens.refresh()
    _keep_token(work, sign_in, token, rotated_from=None)
    return _view(work, user, sign_in, token)


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
        found.used_at = sign_in.last_used_at = work.now
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


def listing(work: Work) -> Sequence[SignedInView]:
    """List where the caller is signed in, the latest used first."""
    caller = work.caller
    open_ones = sessions.list_open(work.session, caller.required_id, work.now)
    return tuple(
        SignedInView(
            id=one.id,
            client=one.client,
            label=one.label,
            created_at=one.created_at,
            last_used_at=one.last_used_at or one.created_at,
            expires_at=one.expires_at,
            current=one.id == caller.session_id,
        )
        for one in open_ones
    )


def end(work: Work, session_id: UUID) -> None:
    """End one of the caller's sign-ins, on the device that was lost or lent."""
    user_id = work.caller.required_id
    sign_in = sessions.find_live(work.session, session_id, work.now)
    if sign_in is None or sign_in.user_id != user_id:
        raise NotFound("there is no such sign-in")
    _end(work, sign_in, "revoked")


def end_others(work: Work, why: str = "revoked") -> None:
    """End every sign-in of the caller but this one."""
    end_all(work, work.caller.required_id, why, but=work.caller.session_id)


def end_all(work: Work, user_id: UUID, why: str, *, but: UUID | None = None) -> None:
    """End every sign-in of somebody, sockets too."""
    ended = sessions.revoke_all(work.session, user_id, why, work.now, but=but)
    work.announce(SessionsEnded(user_id, tuple(ended)))


def _make_room(work: Work, user_id: UUID) -> None:
    most = work.tools.limits.sign_ins_per_user
    for oldest in sessions.list_open(work.session, user_id, work.now)[most - 1 :]:
        _end(work, oldest, "too_many")


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
    return SignInView(profiles.viewed(user), access, ACCESS_S, token, until)
