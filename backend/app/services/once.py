"""Doing a thing once, however often it is asked for under one idempotency key.

The first answer is kept in the transaction of the act, so either both are there or neither: after
a crash, in another process, and for two that come at the same moment, of whom the database lets
one be first. It is kept locked, since some answers tell a secret that nothing else keeps.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.crud import jobs
from app.errors import Conflict, InputError
from app.models import IdempotencyKey, VisitorKey
from app.services.work import Work

Kept = IdempotencyKey | VisitorKey
LONGEST = 255
_VISIBLE = re.compile(rf"[!-~]{{1,{LONGEST}}}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a door answers, and whether it did so before."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    replayed: bool = False
    given_at: datetime | None = field(default=None, compare=False)  # where it was kept


def once(
    work: Work,
    operation: str,
    key: str,
    request: bytes,
    make: Callable[[], Answer],
    *,
    visitor: bool = False,
) -> Answer:
    """Return what `make` answers, or what it answered when the same request came with this key.

    The key belongs to its user and operation, or to a visitor's address. Raises InputError when it
    came with another request.
    """
    _require_plain(key)
    kept, known = (_visitors if visitor else _users)(work, operation, key, request)
    if known is not None:
        return _recalled(work, known, kept.fingerprint)
    answer = make()
    kept.answer = work.tools.vault.lock(_purpose(kept), _written(answer))
    kept.created_at = work.now
    jobs.keep_key(work.session, kept)
    return answer


def _users(
    work: Work, operation: str, key: str, request: bytes
) -> tuple[IdempotencyKey, IdempotencyKey | None]:
    user_id = work.caller.required_id
    fingerprint = hashlib.sha256(request).hexdigest()
    kept = IdempotencyKey(user_id=user_id, route=operation, key=key, fingerprint=fingerprint)
    return kept, jobs.find_key(work.session, user_id, operation, key)


def _visitors(
    work: Work, operation: str, key: str, request: bytes
) -> tuple[VisitorKey, VisitorKey | None]:
    # Under the server's secret: a hash alone would let who has a copy guess what was sent.
    mark = work.tools.seal.mark
    holder = mark("visitor", work.address)
    fingerprint = mark("request", hashlib.sha256(request).hexdigest())
    kept = VisitorKey(holder=holder, route=operation, key=key, fingerprint=fingerprint)
    return kept, jobs.find_visitors_key(work.session, holder, operation, key)


def _recalled(work: Work, known: Kept, fingerprint: str) -> Answer:
    if known.answer and known.fingerprint != fingerprint:
        raise InputError(
            "this idempotency key came with another request before; take a fresh one",
            code="idempotency_key_reused",
        )
    try:
        head, _, body = work.tools.vault.open(_purpose(known), known.answer).partition(b"\n")
    except ValueError:
        raise Conflict(
            "this was done before, and how it was answered is not known any more; see what there is",
            code="idempotency_answer_lost",
        ) from None
    return Answer(**json.loads(head), body=body, replayed=True, given_at=known.created_at)


def _written(answer: Answer) -> bytes:
    head = json.dumps({"status": answer.status, "headers": dict(answer.headers)})
    return head.encode() + b"\n" + answer.body


def _purpose(kept: Kept) -> str:
    whose = f"visitor {kept.holder}" if isinstance(kept, VisitorKey) else kept.user_id
    return f"once {whose} {kept.route} {kept.key}"


def _require_plain(key: str) -> None:
    if not _VISIBLE.fullmatch(key):
        raise InputError(f"the idempotency key needs 1 to {LONGEST} visible ASCII characters")
