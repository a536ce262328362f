"""Doing a thing once, however often it is asked for under one idempotency key."""

import hashlib
import re
from collections.abc import Callable
from uuid import UUID, uuid5

from app.crud import jobs
from app.errors import InputError
from app.models import IdempotencyKey
from app.services.work import Work
from app.utils import strict_json

LONGEST = 255
_VISIBLE = re.compile(rf"[!-~]{{1,{LONGEST}}}")
_OPERATIONS = UUID("6d756e64-6900-5000-8000-6f6e63650000")


def once(
    work: Work, route: str, key: str | None, request: object, make: Callable[[], UUID]
) -> UUID:
    """Return what `make` made, now or when the same key came with the same request before.

    The key belongs to its user and route. Raises InputError when it came with another request.
    """
    if key is None:
        return make()
    _require_plain(key)
    user_id = work.caller.required_id
    text = strict_json.canonical(request)
    fingerprint = hashlib.sha256(text.encode()).hexdigest()
    known = jobs.find_key(work.session, user_id, route, key)
    if known is not None:
        if known.fingerprint != fingerprint:
            raise InputError(
                "this idempotency key came with another request before; take a fresh one",
                code="idempotency_key_reused",
            )
        return known.result_id
    result_id = make()
    fresh = IdempotencyKey(
        user_id=user_id,
        route=route,
        key=key,
        fingerprint=fingerprint,
        result_id=result_id,
        created_at=work.now,
    )
    jobs.keep_key(work.session, fresh)
    return result_id


def operation_of(work: Work, route: str, key: str | None) -> UUID | None:
    """Return the operation a key stands for: the log keeps whose it was and what became of it."""
    if key is None:
        return None
    _require_plain(key)
    return uuid5(_OPERATIONS, f"{work.caller.required_id} {route} {key}")


def _require_plain(key: str) -> None:
    if not _VISIBLE.fullmatch(key):
        raise InputError(f"the idempotency key needs 1 to {LONGEST} visible ASCII characters")
