"""Attending one claimed job: a child renders, the worker beats, stops it, or publishes its file."""

import contextlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import structlog

from app.services.queue import BEAT_S, Claim, Queue
from app.utils import clock

log = structlog.get_logger("worker")
WALL_S = 60 * 60
COMMAND = (sys.executable, "-m", "app.worker.child")


def attend(queue: Queue, claim: Claim, stop: threading.Event) -> None:
    """Have a job rendered and write how it ended, unless somebody else holds it by then."""
    part = queue.files / f"{claim.job_id}-{claim.fence}.part"
    child = _Child(claim, part)
    try:
        why = _watch(queue, claim, child, stop)
        child.end()
        _conclude(queue, claim, child, part, why)
    finally:
        child.end()
        part.unlink(missing_ok=True)


def _watch(queue: Queue, claim: Claim, child: "_Child", stop: threading.Event) -> str:
    """Wait for the child and return why the waiting ended."""
    began_s = clock.monotonic_s()
    while not child.finished(BEAT_S):
        if stop.is_set():
            return "stopping"
        if not queue.beat(claim, child.progress):
            return "cancelled"
        if clock.monotonic_s() - began_s > WALL_S:
            return "too_long"
    return "finished"


def _conclude(queue: Queue, claim: Claim, child: "_Child", part: Path, why: str) -> None:
    if why == "stopping":
        queue.give_back(claim)
    elif why == "cancelled":
        queue.cancelled(claim)
    elif why == "too_long":
        queue.fail(claim, "too_long", f"it took more than {WALL_S} s")
    elif "sha256" in child.last and child.code == 0:
        _publish(queue, claim, child.last, part)
    elif "code" in child.last:
        queue.fail(claim, child.last["code"], child.last["message"])
    else:
        log.warning("child died", job=str(claim.job_id), code=child.code, said=child.complaint())
        queue.give_back(claim)


def _publish(queue: Queue, claim: Claim, last: dict[str, Any], part: Path) -> None:
    # The fence is in the name: a worker that lost its claim can never replace a file.
    whole = part.with_suffix(f".{claim.kind}")
    part.rename(whole)
    _fsync_folder(whole.parent)
    facts = {name: last[name] for name in ("size", "sha256", "report")}
    if not queue.finish(claim, file=whole.name, **facts):
        whole.unlink(missing_ok=True)


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class _Child:
    """A rendering process and what it has reported."""

    def __init__(self, claim: Claim, part: Path) -> None:
        self.progress = 0.0
        self.last: dict[str, Any] = {}
        self._process = subprocess.Popen(  # noqa: S603 -- our own module, no shell
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        job = {"kind": claim.kind, "snapshot": claim.snapshot, "part": str(part.resolve())}
        self._said: list[str] = []
        self._readers = [
            threading.Thread(target=self._listen, daemon=True),
            threading.Thread(target=self._overhear, daemon=True),
        ]
        for reader in self._readers:
            reader.start()
        with contextlib.suppress(BrokenPipeError):
            assert self._process.stdin is not None
            self._process.stdin.write(json.dumps(job))
            self._process.stdin.close()

    @property
    def code(self) -> int | None:
        """How the process ended."""
        return self._process.returncode

    def finished(self, within_s: float) -> bool:
        """Wait for the end a while and tell whether it came."""
        try:
            self._process.wait(within_s)
        except subprocess.TimeoutExpired:
            return False
        for reader in self._readers:
            reader.join()
        return True

    def complaint(self) -> str:
        """Return the last line it wrote to stderr."""
        return self._said[-1] if self._said else ""

    def end(self) -> None:
        """Kill the process if it still runs."""
        if self._process.poll() is None:
            self._process.kill()
        self.finished(10)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as stream:
            for line in stream:
                self.last = json.loads(line)
                self.progress = self.last.get("progress", self.progress)

    def _overhear(self) -> None:
        assert self._process.stderr is not None
        with self._process.stderr as stream:
            for line in stream:
                self._said = [line.strip()]
