"""The process that renders one job: `python -m app.worker.child`.

It reads {"kind", "snapshot", "part"} from stdin, writes the file, and reports on stdout one JSON
object a line: {"progress"}, and last {"size", "sha256", "report"} or {"code", "message"}. It holds no
database connection; when its worker is gone, its next report fails and it ends.
"""

import hashlib
import json
import os
import resource
import sys
from pathlib import Path
from typing import Any, BinaryIO

from app.errors import MundiError
from app.utils import clock
from app.worker.render import render

CPU_S = 20 * 60
FILE_BYTES = 4 * 1024**3
REPORT_EVERY_S = 0.25


def main() -> int:
    """Render the job on stdin and return the exit code."""
    _be_modest()
    job = json.load(sys.stdin)
    part = Path(job["part"])
    try:
        with part.open("w+b") as stream:
            found = render(job["kind"], job["snapshot"], stream, _Progress())
            stream.flush()
            os.fsync(stream.fileno())
            report(size=stream.seek(0, os.SEEK_END), sha256=_sha256(stream), report=found)
    except MundiError as fault:
        part.unlink(missing_ok=True)
        report(code=fault.code, message=fault.message)
        return 1
    return 0


def report(**facts: Any) -> None:
    """Tell the worker something."""
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


class _Progress:
    """Reports progress, but not at every slice."""

    def __init__(self) -> None:
        self._told_s = 0.0

    def __call__(self, share: float) -> None:
        now_s = clock.monotonic_s()
        if now_s - self._told_s >= REPORT_EVERY_S:
            self._told_s = now_s
            report(progress=share)


def _be_modest() -> None:
    os.nice(10)  # rooms that play live go first
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S + 10))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))


def _sha256(stream: BinaryIO) -> str:
    stream.seek(0)
    digest = hashlib.sha256()
    while block := stream.read(1 << 20):
        digest.update(block)
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
