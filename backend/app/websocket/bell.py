"""How other threads reach the loop: what one thread has to say is said at one ring.

Each ring wakes the loop, which then waits for the interpreter: once for the news of a commit, its
answers and all the commits beside it is enough.
"""

import asyncio
import contextlib
import threading
from collections import deque
from collections.abc import Callable
from typing import Any


class Bell:
    """Calls to be made in the loop, in the order they were asked for."""

    def __init__(self) -> None:
        self._calls: deque[tuple[Callable[..., None], tuple[Any, ...]]] = deque()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._patient: int | None = None

    def hang(self, loop: asyncio.AbstractEventLoop) -> None:
        """Say which loop is rung; what was asked for before is done now."""
        self._loop = loop
        self.ring()

    def be_patient(self) -> None:
        """Take calls of this thread without ringing: it rings itself when it has said all."""
        self._patient = threading.get_ident()

    def call(self, act: Callable[..., None], *facts: Any) -> None:
        """Have something done in the loop soon."""
        self._calls.append((act, facts))
        if threading.get_ident() != self._patient:
            self.ring()

    def ring(self) -> None:
        """Have done what was asked for."""
        # After the loop has ended there is nobody left to tell; the commit stands all the same.
        with contextlib.suppress(RuntimeError):
            if self._loop is not None and self._calls:
                self._loop.call_soon_threadsafe(self._answer)

    def _answer(self) -> None:
        while self._calls:
            act, facts = self._calls.popleft()
            try:
                act(*facts)
            except Exception as error:  # noqa: BLE001 -- the loop's own way with it; the others go on
                self._fail(act, error)

    def _fail(self, act: Callable[..., None], error: Exception) -> None:
        assert self._loop is not None, "it was rung"
        self._loop.call_exception_handler({"message": f"{act} failed", "exception": error})
