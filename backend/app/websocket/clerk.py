"""One writer for the edits of all rooms: those that come while it commits are committed together."""

import asyncio
from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar
from uuid import UUID

import structlog

from app.services import live_edits
from app.services.work import SYSTEM, Who, Work, Works
from app.websocket.bell import Bell

TOGETHER_MAX = 64
TEXT_AFTER_S = 1.0  # a whole text is written at most so often; the log has what it lacks
Result = TypeVar("Result")
log = structlog.get_logger("live")


class Clerk:
    """Takes edits in turn and keeps the texts of universes up with them; used from one loop."""

    def __init__(self, works: Works, bell: Bell) -> None:
        self._works = works
        self._bell = bell
        # A thread and a queue of our own: those of an executor cost a tenth of an edit.
        self._asked: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._writer: Thread | None = None
        self._waiting: list[tuple[UUID, Callable[[Work], Any], Who, asyncio.Future[Any]]] = []
        self._busy = False
        self._behind: set[UUID] = set()  # universes whose text lacks edits
        self._catching_up: asyncio.TimerHandle | None = None

    async def commit(self, universe: UUID, act: Callable[[Work], Result], who: Who) -> Result:
        """Do an edit; when this returns it is committed."""
        answer: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((universe, act, who, answer))
        self._go_on()
        return await answer

    def close(self) -> None:
        """Write every text that lacks edits, and let the thread end."""
        if self._catching_up is not None:
            self._catching_up.cancel()
        if self._writer is not None:
            self._asked.put(partial(self._write_texts, list(self._behind)))
            self._asked.put(None)
            self._writer.join()

    def _go_on(self) -> None:
        if self._busy or not self._waiting:
            return
        self._busy = True
        batch, self._waiting = self._waiting[:TOGETHER_MAX], self._waiting[TOGETHER_MAX:]
        # Rows are locked in one order everywhere; the edits of one room keep theirs.
        batch.sort(key=lambda one: one[0])
        self._ask(partial(self._commit, batch))

    def _ask(self, task: Callable[[], None]) -> None:
        if self._writer is None:
            self._bell.hang(asyncio.get_running_loop())
            self._writer = Thread(target=self._write, name="edit", daemon=True)
            self._writer.start()
        self._asked.put(task)

    def _write(self) -> None:
        """Be the thread that writes."""
        self._bell.be_patient()
        while (task := self._asked.get()) is not None:
            task()
            self._bell.ring()

    def _commit(self, batch: list[Any]) -> None:
        # What the commit is news to is told before its answers, at the same ring.
        outcomes = self._works.together([(act, who) for _, act, who, _ in batch])
        self._bell.call(self._answer, batch, outcomes)

    def _answer(self, batch: list[Any], outcomes: list[Any]) -> None:
        self._busy = False
        for (universe, _, _, answer), outcome in zip(batch, outcomes, strict=True):
            if not isinstance(outcome, Exception):
                self._behind.add(universe)
            if answer.done():
                continue  # whoever asked has gone; the edit stands
            if isinstance(outcome, Exception):
                answer.set_exception(outcome)
            else:
                answer.set_result(outcome)
        if self._behind and self._catching_up is None:
            loop = asyncio.get_running_loop()
            self._catching_up = loop.call_later(TEXT_AFTER_S, self._catch_up)
        self._go_on()

    def _catch_up(self) -> None:
        self._catching_up = None
        behind, self._behind = list(self._behind), set()
        self._ask(partial(self._write_texts, behind))

    def _write_texts(self, behind: list[UUID]) -> None:
        for universe in behind:
            try:
                self._works.run(partial(live_edits.catch_up, universe_id=universe), SYSTEM)
            except Exception as error:  # noqa: BLE001 -- the log has it all; the next edit tries again
                log.warning("text unwritten", universe=str(universe), why=str(error))
