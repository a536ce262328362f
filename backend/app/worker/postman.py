"""The postman: sends letters as they come, and those that failed when their time is there."""

import threading

import structlog

from app.errors import MundiError
from app.services import post
from app.services.views import MailWaits
from app.services.work import Works

log = structlog.get_logger("post")
ROUND_S = 20.0
# A letter to nobody is less work than one that leaves: neither may slow the answer that tells of it.
SETTLE_S = 0.25


class Postman:
    """A thread that empties the post until stopped."""

    def __init__(self, works: Works) -> None:
        self._works = works
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name="postman")
        works.listen(self._hear)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; letters that wait stay where they are."""
        self._stop.set()
        self._wake.set()
        self._thread.join()

    def _hear(self, news: object) -> None:
        if isinstance(news, MailWaits):
            self._wake.set()

    def _run(self) -> None:
        while not self._stop.is_set():
            # Cleared before looking: what is put in meanwhile rings again.
            self._wake.clear()
            try:
                post.deliver(self._works)
            except MundiError as fault:
                log.warning("the post waits", why=str(fault))
            if self._wake.wait(ROUND_S):
                self._stop.wait(SETTLE_S)
