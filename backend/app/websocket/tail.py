"""The end of the log as rooms follow it: every event once, in order, without a gap."""

import asyncio
from collections.abc import Callable

import structlog

from app.errors import MundiError
from app.services.views import EventView
from app.services.work import SYSTEM
from app.websocket.desk import Desk
from app.websocket.room import Room

GAP_S = 0.05  # how long an event that was overtaken may take before the log is asked
log = structlog.get_logger("live")


class Tail:
    """Puts announced events of one room in order; asks the log for what was not announced here."""

    def __init__(self, room: Room, desk: Desk, deliver: Callable[[Room, EventView], None]) -> None:
        self._room = room
        self._desk = desk
        self._deliver = deliver
        self._early: dict[int, EventView] = {}
        self._asking: asyncio.Task[None] | None = None

    def take(self, event: EventView) -> None:
        """Take an announced event; it goes on as soon as all before it have."""
        if event.rev > self._room.rev:
            self._early[event.rev] = event
        self._flow()
        if self._early and (self._asking is None or self._asking.done()):
            self._asking = asyncio.create_task(self._fill())

    async def ask(self) -> None:
        """Read from the log what other processes have committed."""
        try:
            events = await self._desk.since(self._room.universe, self._room.rev, SYSTEM)
        except MundiError as error:
            log.warning("log unread", universe=str(self._room.universe), why=error.message)
            return
        for event in events:
            self._early.setdefault(event.rev, event)
        self._flow()

    def _flow(self) -> None:
        while (event := self._early.pop(self._room.rev + 1, None)) is not None:
            self._deliver(self._room, event)
        for rev in [rev for rev in self._early if rev <= self._room.rev]:
            del self._early[rev]

    async def _fill(self) -> None:
        await asyncio.sleep(GAP_S)
        if self._early:
            await self.ask()
