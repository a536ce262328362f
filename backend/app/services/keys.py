"""API keys: ways in for scripts, each made for few things, shown once, revoked at any time."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

import structlog

from app.crud import keys, users
from app.errors import InputError, MundiError, NotFound, QuotaReached
from app.models import APIKey
from app.services.account_views import FreshKeyView, KeyView
from app.services.views import KeyRevoked, KeyUsed
from app.services.work import SYSTEM, Work, Works

log = structlog.get_logger("keys")
READ, WRITE = "universes:read", "universes:write"
SCOPES = (READ, WRITE, "exports")


def make(
    work: Work, *, name: str, scopes: Sequence[str], expires_at: datetime | None
) -> FreshKeyView:
    """Make a key of the caller's and return it; it is never shown again."""
    user_id = work.caller.required_id
    if expires_at is not None and expires_at <= work.now:
        raise InputError("the key would have expired already; name a moment to come")
    most = work.tools.limits.keys_per_user
    users.hold(work.session, user_id)
    if keys.count_own(work.session, user_id) >= most:
        raise QuotaReached(f"you have {most} keys, the most there may be; revoke one first")
    whole, shown, mark = work.tools.tokens.key()
    wanted = [scope for scope in SCOPES if scope in scopes]
    key = APIKey(user_id=user_id, name=name, prefix=shown, hash=mark, expires_at=expires_at)
    key.scopes = " ".join(wanted)
    return FreshKeyView(viewed(keys.keep(work.session, key)), whole)


def listing(work: Work) -> Sequence[KeyView]:
    """List the caller's keys, the newest first."""
    return tuple(map(viewed, keys.list_own(work.session, work.caller.required_id)))


def revoke(work: Work, key_id: UUID) -> None:
    """End one of the caller's keys."""
    key = keys.find_own(work.session, key_id, work.caller.required_id)
    if key is None:
        raise NotFound("there is no such key")
    keys.drop(work.session, key)
    work.announce(KeyRevoked(key.hash))


def revoke_all(work: Work, user_id: UUID) -> None:
    """End every key of somebody."""
    for key in keys.list_own(work.session, user_id):
        keys.drop(work.session, key)
        work.announce(KeyRevoked(key.hash))


def viewed(key: APIKey) -> KeyView:
    """Return a key as a frozen value."""
    return KeyView(
        id=key.id,
        name=key.name,
        prefix=key.prefix,
        scopes=tuple(key.scopes.split()),
        created_at=key.created_at,
        expires_at=key.expires_at,
        last_used_at=key.last_used_at,
    )


def noting(works: Works) -> Callable[[object], None]:
    """Return a listener that writes down when keys were used, apart from what they were used for."""

    def note(news: object) -> None:
        if not isinstance(news, KeyUsed):
            return
        try:
            works.run(lambda work: keys.note_use(work.session, news.key_id, news.at), SYSTEM)
        except MundiError as fault:
            # What the key was used for is committed: this alone is no reason to fail.
            log.warning("use of a key not noted", key=str(news.key_id), why=str(fault))

    return note
