"""The worker's side of jobs: claim, beat, finish, and clean up after the dead."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from app.crud import jobs, links, mails, sessions, universes
from app.models import Job
from app.services import farewell, history
from app.services.work import SYSTEM, Work, Works
from app.utils import clock

LEASE = timedelta(seconds=30)
BEAT_S = 1.0  # also how soon a cancelled render ends
ATTEMPTS_MAX = 3
ORPHAN_S = 600.0
KEYS_KEPT = timedelta(hours=48)
SIGN_INS_KEPT = timedelta(days=30)  # after their end: a token reused late is still told as such


@dataclass(frozen=True, slots=True)
class Claim:
    """A job in hand, and the fence that every write about it must name."""

    job_id: UUID
    fence: int
    kind: str
    snapshot: str


class Queue:
    """What a worker may do with jobs. `holder` names it."""

    def __init__(self, works: Works, *, holder: str) -> None:
        self._works = works
        self._holder = holder

    @property
    def files(self) -> Path:
        """Where finished exports lie."""
        return self._works.tools.files

    def claim(self) -> Claim | None:
        """Take the next job, if there is one."""
        return self._works.run(self._claim, SYSTEM)

    def beat(self, claim: Claim, progress: float) -> bool:
        """Keep the claim and tell how far it is; False if the work is to stop."""
        return self._works.run(lambda work: _beat(work, claim, progress), SYSTEM)

    def finish(
        self,
        claim: Claim,
        *,
        file: str,
        size: int,
        sha256: str,
        report: Mapping[str, Any] | None = None,
    ) -> bool:
        """Make a file that is on disk whole visible; False if the claim was lost meanwhile."""
        facts = {
            "file": file,
            "size": size,
            "sha256": sha256,
            "report": json.dumps(report) if report else None,
        }
        return self._works.run(lambda work: _finish(work, claim, facts), SYSTEM)

    def fail(self, claim: Claim, code: str, message: str) -> None:
        """Give a job up: it would fail again."""
        self._works.run(lambda work: _end(work, claim, "failed", code, message), SYSTEM)

    def cancelled(self, claim: Claim) -> None:
        """Note that a job was stopped as its owner asked."""
        self._works.run(lambda work: _end(work, claim, "cancelled", None, None), SYSTEM)

    def give_back(self, claim: Claim) -> None:
        """Let another worker have a job that this one may not go on with."""
        self._works.run(lambda work: _give_back(work, claim), SYSTEM)

    def sweep(self) -> None:
        """End jobs whose workers are gone for good, and remove files nobody has."""
        self._works.run(_sweep_jobs, SYSTEM)
        wanted = self._works.run(lambda work: jobs.list_files(work.session), SYSTEM)
        now_s = clock.now().timestamp()
        for path in self.files.iterdir():
            # A part is being written, and a whole file may wait for its row: both are young.
            if path.name not in wanted and now_s - path.stat().st_mtime > ORPHAN_S:
                path.unlink(missing_ok=True)

    def _claim(self, work: Work) -> Claim | None:
        job = jobs.claim(
            work.session,
            holder=self._holder,
            lease=LEASE,
            attempts_max=ATTEMPTS_MAX,
            running_max=work.tools.limits.jobs_running_per_user,
        )
        return Claim(job.id, job.fence, job.kind, job.snapshot) if job else None


def _beat(work: Work, claim: Claim, progress: float) -> bool:
    until = jobs.now(work.session) + LEASE
    job = jobs.write(work.session, claim.job_id, claim.fence, lease_until=until, progress=progress)
    return job is not None and not job.cancel_requested


def _finish(work: Work, claim: Claim, facts: Mapping[str, Any]) -> bool:
    kept = timedelta(hours=work.tools.limits.files_kept_hours)
    job = jobs.write(
        work.session,
        claim.job_id,
        claim.fence,
        state="done",
        progress=1.0,
        **facts,
        finished_at=work.now,
        expires_at=work.now + kept,
    )
    _tell(work, job)
    return job is not None


def _end(work: Work, claim: Claim, state: str, code: str | None, message: str | None) -> None:
    job = jobs.write(
        work.session,
        claim.job_id,
        claim.fence,
        state=state,
        error_code=code,
        error_message=message and message[:500],
        finished_at=work.now,
    )
    _tell(work, job)


def _give_back(work: Work, claim: Claim) -> None:
    # As if the lease had run out: whoever sweeps counts the attempts.
    jobs.write(work.session, claim.job_id, claim.fence, lease_until=jobs.now(work.session))


def _sweep_jobs(work: Work) -> None:
    for job in jobs.list_lost(work.session, attempts_max=ATTEMPTS_MAX):
        job.state = "cancelled" if job.cancel_requested else "failed"
        job.finished_at = work.now
        if job.state == "failed":
            job.error_code = "worker_lost"
            job.error_message = f"{job.attempts} workers died over this"
        _tell(work, job)
    for job in jobs.list_expired(work.session, work.now):
        (work.tools.files / str(job.file)).unlink(missing_ok=True)
        job.file = None
    jobs.drop_keys(work.session, work.now - KEYS_KEPT)
    sessions.drop_ended(work.session, work.now - SIGN_INS_KEPT)
    links.drop_ended(work.session, work.now - SIGN_INS_KEPT)
    mails.drop_expired(work.session, work.now)
    farewell.lapse(work)
    work.session.flush()


def _tell(work: Work, job: Job | None) -> None:
    if job is None:
        return
    universe = universes.find_for_edit(work.session, job.universe_id)
    if universe is not None:
        data = {"job": str(job.id), "kind": job.kind, "state": job.state}
        history.record(work, universe, "job", data=data)
