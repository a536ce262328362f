"""The worker: takes jobs one after another, in threads that only wait for child processes."""

import signal
import threading

import structlog

from app.errors import MundiError
from app.services.queue import Queue
from app.services.views import JobQueued
from app.services.work import Works
from app.utils import clock
from app.worker.job import attend
from app.worker.postman import Postman

log = structlog.get_logger("worker")
POLL_S = 1.0  # another process may have queued something; our own wakes us at once
SWEEP_EVERY_S = 60.0


class Worker:
    """Renders queued jobs until stopped; `serve` runs one beside the API."""

    def __init__(self, works: Works, *, holder: str, at_once: int = 1) -> None:
        self._queue = Queue(works, holder=holder)
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, name=f"worker-{place}", args=(place == 0,))
            for place in range(at_once)
        ]
        works.listen(self._hear)

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End: what is being rendered goes back to the queue."""
        self._stop.set()
        self._wake.set()
        for thread in self._threads:
            thread.join()

    def _hear(self, news: object) -> None:
        if isinstance(news, JobQueued):
            self._wake.set()

    def _run(self, sweeps: bool) -> None:
        swept_s = -SWEEP_EVERY_S
        while not self._stop.is_set():
            try:
                if sweeps and clock.monotonic_s() - swept_s >= SWEEP_EVERY_S:
                    self._queue.sweep()
                    swept_s = clock.monotonic_s()
                busy = self._one()
            except (MundiError, OSError) as fault:
                # The database or the disk is away; the lease brings the job back.
                log.warning("worker waits", why=str(fault))
                busy = False
            if not busy:
                self._wake.wait(POLL_S)
                self._wake.clear()

    def _one(self) -> bool:
        claim = self._queue.claim()
        if claim is None:
            return False
        attend(self._queue, claim, self._stop)
        return True


def work_forever(works: Works, *, holder: str, at_once: int = 1) -> None:
    """Work, and send letters, until told to stop by a signal."""
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    worker = Worker(works, holder=holder, at_once=at_once)
    postman = Postman(works)
    for helper in (worker, postman):
        helper.start()
    told.wait()
    for helper in (worker, postman):
        helper.stop()
