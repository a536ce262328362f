"""How jobs are asked for, claimed, and finished by whoever still holds them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, bindparam, delete, func, or_, select, update
from sqlalchemy.orm import Session, aliased, defer

from app.models import IdempotencyKey, Job, VisitorKey
from app.utils import clock

ACTIVE = ("queued", "running")
_BRIEF = select(Job).options(defer(Job.snapshot, raiseload=True))
_BY_ID = _BRIEF.where(Job.id == bindparam("id"), Job.owner_id == bindparam("owner_id"))
_OWN = (
    _BRIEF.where(Job.owner_id == bindparam("owner_id"), Job.kind == bindparam("kind"))
    .order_by(Job.id.desc())
    .limit(bindparam("limit", type_=Integer))
)
_OWN_BEFORE = _OWN.where(Job.id < bindparam("before"))
_ACTIVE = (
    select(func.count())
    .select_from(Job)
    .where(Job.owner_id == bindparam("owner_id"), Job.state.in_(ACTIVE))
)
_other = aliased(Job)
_running = (
    select(func.count())
    .select_from(_other)
    .where(_other.owner_id == Job.owner_id, _other.state == "running")
    .correlate(Job)
    .scalar_subquery()
)
_NEXT = (
    select(Job)
    .where(
        Job.attempts < bindparam("attempts_max"),
        Job.cancel_requested.is_(False),
        or_(
            (Job.state == "queued") & (_running < bindparam("running_max")),
            (Job.state == "running") & (Job.lease_until < bindparam("now")),
        ),
    )
    .order_by(Job.priority, Job.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_LOST = _BRIEF.where(
    Job.state == "running",
    Job.lease_until < bindparam("now"),
    or_(Job.attempts >= bindparam("attempts_max"), Job.cancel_requested.is_(True)),
).with_for_update(skip_locked=True)
_VISITORS_KEY = select(VisitorKey).where(
    VisitorKey.holder == bindparam("holder"),
    VisitorKey.route == bindparam("route"),
    VisitorKey.key == bindparam("key"),
)
_KEY = select(IdempotencyKey).where(
    IdempotencyKey.user_id == bindparam("user_id"),
    IdempotencyKey.route == bindparam("route"),
    IdempotencyKey.key == bindparam("key"),
)


def now(session: Session) -> datetime:
    """Return the time leases are measured by: the database's, where machines share one."""
    if session.get_bind().dialect.name == "postgresql":
        return session.scalar(select(func.clock_timestamp())) or clock.now()
    return clock.now()


def keep(session: Session, job: Job) -> Job:
    """Keep a new job; the caller commits."""
    session.add(job)
    session.flush()
    return job


def find_own(
    session: Session, job_id: UUID, owner_id: UUID, *, for_update: bool = False
) -> Job | None:
    """Find a job its owner asked for, without its snapshot."""
    statement = _BY_ID.with_for_update(of=Job) if for_update else _BY_ID
    return session.scalars(statement, {"id": job_id, "owner_id": owner_id}).one_or_none()


def list_own(
    session: Session, owner_id: UUID, kind: str, *, before: UUID | None, limit: int
) -> list[Job]:
    """List somebody's jobs of a kind, the newest first, without their snapshots."""
    values = {"owner_id": owner_id, "kind": kind, "limit": limit, "before": before}
    return list(session.scalars(_OWN if before is None else _OWN_BEFORE, values))


def count_active(session: Session, owner_id: UUID) -> int:
    """Count somebody's jobs that are not finished."""
    return session.scalar(_ACTIVE, {"owner_id": owner_id}) or 0


def claim(
    session: Session, *, holder: str, lease: timedelta, attempts_max: int, running_max: int
) -> Job | None:
    """Take the next job that waits or whose holder is gone, under the next fence."""
    moment = now(session)
    values = {"attempts_max": attempts_max, "running_max": running_max, "now": moment}
    job = session.scalars(_NEXT, values).one_or_none()
    if job is None:
        return None
    job.state, job.holder, job.lease_until = "running", holder, moment + lease
    job.fence, job.attempts = job.fence + 1, job.attempts + 1
    job.progress, job.started_at = 0.0, job.started_at or moment
    session.flush()
    return job


def write(session: Session, job_id: UUID, fence: int, **values: Any) -> Job | None:
    """Write to a job that is still held under this fence; None if it is not."""
    held = (Job.id == job_id, Job.fence == fence, Job.state == "running")
    changed = session.execute(update(Job).where(*held).values(**values).returning(Job.id))
    if changed.one_or_none() is None:
        return None
    return session.scalars(
        _BRIEF.where(Job.id == job_id), execution_options={"populate_existing": True}
    ).one()


def list_lost(session: Session, *, attempts_max: int) -> list[Job]:
    """List running jobs whose holder is gone and that nobody may take up again."""
    values = {"attempts_max": attempts_max, "now": now(session)}
    return list(session.scalars(_LOST, values))


def list_expired(session: Session, moment: datetime) -> list[Job]:
    """List finished jobs whose file has been kept long enough."""
    return list(session.scalars(_BRIEF.where(Job.file.is_not(None), Job.expires_at < moment)))


def list_files(session: Session) -> set[str]:
    """List the names of every file that some job is to have."""
    return {name for name in session.scalars(select(Job.file).where(Job.file.is_not(None))) if name}


def find_key(session: Session, user_id: UUID, route: str, key: str) -> IdempotencyKey | None:
    """Find what an idempotency key was used for before."""
    values = {"user_id": user_id, "route": route, "key": key}
    return session.scalars(_KEY, values).one_or_none()


def find_visitors_key(session: Session, holder: str, route: str, key: str) -> VisitorKey | None:
    """Find what an idempotency key of somebody without an account was used for before."""
    values = {"holder": holder, "route": route, "key": key}
    return session.scalars(_VISITORS_KEY, values).one_or_none()


def drop(session: Session, job: Job) -> None:
    """Delete a job; the caller commits."""
    session.delete(job)


def keep_key(session: Session, key: IdempotencyKey | VisitorKey) -> None:
    """Keep an idempotency key with its result; the caller commits."""
    session.add(key)
    session.flush()


def drop_keys(session: Session, before: datetime) -> None:
    """Forget the idempotency keys used before a moment."""
    for table in (IdempotencyKey, VisitorKey):
        session.execute(delete(table).where(table.created_at < before))
