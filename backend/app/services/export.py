"""Exports: asked for, priced, watched, cancelled and fetched by those who asked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from app.crud import jobs, universes, users
from app.errors import Conflict, LimitReached, NotFound, ParameterError
from app.models import Job
from app.services import access, history
from app.services.audio import Take, take
from app.services.rooms import ENGINE
from app.services.views import JobQueued, JobView, PageView
from app.services.work import Work

SUFFIXES = {"wav": "wav", "png": "png"}
TYPES = {"wav": "audio/wav", "png": "image/png"}


@dataclass(frozen=True, slots=True)
class FileView:
    """A finished export: where it lies and what to call it."""

    path: Path
    size: int
    sha256: str
    filename: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be rendered of a universe."""

    universe_id: UUID
    kind: str  # wav | png
    start: int = 0  # tick
    ticks: int = 1
    journal_id: UUID | None = None
    seed: int | None = None
    options: Mapping[str, Any] | None = None  # the format's own: encoding, width, height


def ask(work: Work, wanted: Wanted) -> JobView:
    """Queue an export of a universe the caller may see, as it is at this moment."""
    return read(work, _queue(work, wanted), kind=wanted.kind)


def read(work: Work, job_id: UUID, *, kind: str) -> JobView:
    """Say how far an export is, to whoever asked for it."""
    return viewed(_own(work, job_id, kind))


def listing(work: Work, *, kind: str, cursor: str | None, limit: int) -> PageView[JobView]:
    """List the caller's exports of a kind, the newest first."""
    before = history.opened(work, f"jobs {kind}", cursor)
    found = jobs.list_own(
        work.session,
        work.caller.required_id,
        kind,
        before=None if before is None else UUID(before),
        limit=limit + 1,
    )
    items = tuple(viewed(job) for job in found[:limit])
    if len(found) <= limit:
        return PageView(items, None)
    return PageView(items, work.tools.seal.seal(f"jobs {kind}", str(items[-1].id)))


def remove(work: Work, job_id: UUID, *, kind: str) -> JobView:
    """Take an export away: at once if it waits or has ended, within seconds if it runs.

    A file that was made is out of reach at once; the next sweep removes it.
    """
    job = _own(work, job_id, kind, for_update=True)
    if job.state == "running":
        job.cancel_requested = True
    else:
        if job.state == "queued":
            job.state, job.finished_at = "cancelled", work.now
        jobs.drop(work.session, job)
    work.session.flush()
    return viewed(job)


def file(work: Work, job_id: UUID, *, kind: str | None = None) -> FileView:
    """Return where a finished export lies, to whoever asked for it and may still see it.

    Raises NotFound (not theirs, or expired) or Conflict (not finished).
    """
    job = _own(work, job_id, kind)
    universe = access.require_viewer(universes.find(work.session, job.universe_id), work.caller)
    if job.state != "done":
        raise Conflict(f"this export is {job.state}; there is a file when it is done")
    path = work.tools.files / str(job.file)
    if job.file is None or job.size is None or not path.is_file():
        raise NotFound("the file was kept for its time and is gone; ask for it again")
    suffix = SUFFIXES[job.kind]
    return FileView(
        path=path,
        size=job.size,
        sha256=job.sha256 or "",
        filename=f"{plain_name(universe.title)}.{suffix}",
        media_type=TYPES[job.kind],
    )


def plain_name(title: str) -> str:
    """Return a title as a file name that needs no quoting anywhere."""
    kept = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in title.lower())
    return "-".join(part for part in kept.split("-") if part)[:60] or "universe"


def viewed(job: Job) -> JobView:
    """Return a job as a frozen value."""
    return JobView(
        id=job.id,
        kind=job.kind,
        universe_id=job.universe_id,
        state=job.state,
        progress=job.progress,
        price=job.price,
        attempts=job.attempts,
        size=job.size,
        sha256=job.sha256,
        error_code=job.error_code,
        error_message=job.error_message,
        report=json.loads(job.report or "{}"),
        created_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        expires_at=job.expires_at,
    )


def _queue(work: Work, wanted: Wanted) -> UUID:
    owner_id = work.caller.required_id
    gathered = take(
        work,
        wanted.universe_id,
        journal_id=wanted.journal_id,
        seed=wanted.seed,
        start=wanted.start,
        ticks=wanted.ticks,
    )
    _refuse_too_dear(work, gathered)
    most = work.tools.limits.jobs_active_per_user
    users.hold(work.session, owner_id)
    if jobs.count_active(work.session, owner_id) >= most:
        raise LimitReached(f"{most} exports of yours are waiting already", retry_after_s=30)
    job = Job(
        kind=wanted.kind,
        owner_id=owner_id,
        universe_id=wanted.universe_id,
        snapshot=gathered.text(options=dict(wanted.options or {})),
        engine=ENGINE,
        price=gathered.price,
    )
    job_id = jobs.keep(work.session, job).id
    work.announce(JobQueued(job_id))
    return job_id


def _refuse_too_dear(work: Work, gathered: Take) -> None:
    limits = work.tools.limits
    if not 0 < gathered.ticks <= limits.render_ticks_max:
        raise ParameterError(
            f"{gathered.ticks} ticks were asked for; 1 to {limits.render_ticks_max} may be"
        )
    if gathered.price > limits.render_price_max:
        raise ParameterError(
            f"this costs {gathered.price} body-ticks and {limits.render_price_max} are the most: "
            "ask for less time, an earlier start or fewer bodies",
            code="too_expensive",
        )


def _own(work: Work, job_id: UUID, kind: str | None, *, for_update: bool = False) -> Job:
    owner_id = work.caller.required_id
    job = jobs.find_own(work.session, job_id, owner_id, for_update=for_update)
    if job is None or (kind is not None and job.kind != kind):
        raise NotFound("there is no such export")
    return job
