"""One room's clockwork: renders each slice just in time, and obeys what the server asks."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from typing import Any, TypeVar

from app.core.numbers.grid import TICKS_PER_SECOND
from app.core.performance.slice import Slice
from app.errors import Conflict, InputError, MundiError, NotFound
from app.stage.performer import Performer
from app.stage.ports import Edit
from app.stage.teller import Teller
from app.stage.theatre import Theatre
from app.stage.transport import LEAD_DEFAULT_S, Transport, on_the_grid

CHECKPOINT_TICKS = 20 * TICKS_PER_SECOND
AHEAD_TICKS = 60 * TICKS_PER_SECOND  # how far beyond what was played one may seek
MARK_S = 3.0
RETRY_S = 0.5
OVERLOAD_TICKS = 30 * TICKS_PER_SECOND  # how long a room is not told again that it is too dense
LOOK_EVERY_S = 0.05  # a paused room is shown so often while it is edited, and once after
LOOK_SHARE = 0.25  # of a core at most, where showing it takes long
EARLY_S = 0.01  # closer to its slice than this, an edit is entered with it

Result = TypeVar("Result")
Command = dict[str, Any]


class Room:
    """A performer, its transport and the commands that wait for it."""

    def __init__(
        self,
        performer: Performer,
        theatre: Theatre,
        teller: Teller,
        pool: Executor,
        *,
        generation: int = 1,
        lead_s: float = LEAD_DEFAULT_S,
        private: bool = False,
    ) -> None:
        self.performer = performer
        self.transport = Transport(False, generation, performer.tick, time.monotonic(), lead_s)
        self._theatre = theatre
        self._teller = teller
        self._pool = pool
        self._private = private
        self._journals = {performer.opening.journal}
        self._commands: deque[Command] = deque()
        self._wake = asyncio.Event()
        self._marked_s = time.monotonic()
        self._retry_s = 0.0
        self._unseen = False  # an edit is obeyed that no picture shows yet
        self._watched = True
        self._look_s = 0.0  # not before is a picture made of a paused room
        self._loaded_tick: int | None = None
        self._closing = False
        self._acts: dict[str, Callable[[Command], Coroutine[Any, Any, None]]] = {
            "edit": self._edit,
            "try": self._try,
            "play": self._start,
            "pause": self._pause,
            "seek": self._seek,
            "lead": self._lead,
            "look": self._look_again,
            "close": self._close,
        }

    def post(self, command: Command) -> None:
        """Take a command; it is obeyed between two slices."""
        self._commands.append(command)
        self._wake.set()

    async def run(self) -> None:
        """Play until closed; raises Conflict when somebody else performs this universe now."""
        self._teller.transport(self.transport)
        await self._show()
        while not self._closing:
            await self._obey_commands()
            await self._turn()
        await self._thread(self._leave)

    async def _turn(self) -> None:
        """Do what is due now, or sleep until something is."""
        if self._closing:
            return
        await self._keep_lease()
        now_s = time.monotonic()
        if not self.transport.playing:
            await self._rest(now_s)
            return
        wait_s = self.transport.leaves_s(self.performer.tick) - now_s
        if wait_s > EARLY_S and self.performer.waits and now_s >= self._retry_s:
            # The tick is known already; entered now, the edit does not make the slice late.
            await self._settle()
            return
        if wait_s > 0:
            await self._sleep(wait_s)
            return
        self._catch_up(now_s)
        await self._play(now_s)

    async def _rest(self, now_s: float) -> None:
        """While paused, edits land at the paused tick; everything else waits.

        What edits have made is shown so often and no more, and what the last one made always is.
        """
        shows = self._unseen and self._watched
        if shows and now_s >= self._look_s:
            await self._show()
        elif self.performer.waits and now_s >= self._retry_s:
            await self._settle()
        else:
            due = [now_s + MARK_S]
            due += [self._look_s] if shows else []
            due += [self._retry_s] if self.performer.waits else []
            await self._sleep(min(due) - now_s)

    async def _play(self, now_s: float) -> None:
        """Give edits their tick, render the next slice and let it go."""
        if self.performer.waits and now_s >= self._retry_s:
            await self._settle()
        await self._thread(self._render)
        if self.performer.performance.ended:
            await self._end()
        if self.performer.tick % CHECKPOINT_TICKS == 0:
            await self._thread(self._theatre.keep, self.performer)

    async def _settle(self) -> None:
        """Enter what waits; when the journal cannot take it now, it goes on waiting."""
        before = self.performer.opening.journal
        try:
            fresh = await self._thread(self.performer.settle)
        except (Conflict, NotFound):
            raise
        except MundiError as error:
            self._retry_s = time.monotonic() + RETRY_S
            self._teller.tell("fault", code=error.code, message=error.message)
            return
        if self.performer.opening.journal != before:
            await self._thread(self._branched)
        self._teller.applied(fresh)
        self._unseen = True

    def _branched(self) -> None:
        journal = self.performer.opening.journal
        self._theatre.branched(self.performer)
        self._journals.add(journal)
        self._teller.tell("journal", journal=str(journal), tick=self.performer.tick)

    def _render(self) -> None:
        piece = self.performer.play()
        self._unseen = False
        self._teller.slice(piece, self.performer, self.transport)
        self._tell_overload(piece)

    def _tell_overload(self, piece: Slice) -> None:
        """Say that more happens at once than is followed: now and then, not at each such tick."""
        told = self._loaded_tick
        fresh = told is None or not told <= piece.tick < told + OVERLOAD_TICKS
        if not fresh or not any(event.kind == "overload" for event in piece.events):
            return
        self._loaded_tick = piece.tick
        why = InputError(
            f"more happens at once here than is followed (at {piece.tick / TICKS_PER_SECOND:.1f} s): bodies"
            " that crowd lose some of their bounce; fewer or smaller ones, or more room, would keep it",
            code="overload",
        )
        self._teller.tell("fault", code=why.code, message=why.message)

    async def _show(self) -> None:
        """Show a world as it is, without playing on."""
        began_s = time.monotonic()
        self._unseen = False
        await self._thread(self._look)
        ended_s = time.monotonic()
        self._look_s = max(began_s + LOOK_EVERY_S, ended_s + (ended_s - began_s) / LOOK_SHARE)

    def _look(self) -> None:
        piece = self.performer.performance.still()
        self._teller.still(piece, self.performer, self.transport)

    async def _keep_lease(self) -> None:
        now_s = time.monotonic()
        if now_s - self._marked_s < MARK_S:
            return
        self._marked_s = now_s
        try:
            await self._thread(self.performer.mark)
        except (Conflict, NotFound):
            raise
        except MundiError as error:
            self._teller.tell("fault", code=error.code, message=error.message)

    async def _obey_commands(self) -> None:
        while self._commands:
            command = self._commands.popleft()
            await self._acts[command["word"]](command)

    async def _edit(self, command: Command) -> None:
        self.performer.offer(Edit(command["rev"], command["patch"]))

    async def _try(self, command: Command) -> None:
        """Judge a private edit, of a solo listening, and let it wait for its tick."""
        op_id, patch = command["op_id"], command["patch"]
        try:
            await self._thread(self.performer.judge, patch)
        except InputError as error:
            self._teller.refused(op_id, error)
            return
        self.performer.offer(Edit(self.performer.seen + 1, patch))
        self._teller.tell("taken", op_id=op_id, gesture=command.get("gesture"), patch=patch)

    async def _start(self, _: Command) -> None:
        self._watched = True
        if not self.transport.playing:
            self.transport = self.transport.started(self.performer.tick, time.monotonic())
            self._teller.transport(self.transport)

    async def _pause(self, command: Command) -> None:
        """Stop; an empty room shows its edits to nobody until somebody looks."""
        self._watched = not command.get("empty", False)
        await self._stop()

    async def _stop(self) -> None:
        if self.transport.playing:
            tick = self.performer.tick
            self.transport = self.transport.stopped(tick, time.monotonic())
            self._teller.transport(self.transport)

    async def _end(self) -> None:
        """Stop where a universe has blown up, and say so; an edit or a seek goes on from there."""
        why = InputError(f"it ends here: {self.performer.performance.ended}", code="blown_up")
        self._teller.tell("fault", code=why.code, message=why.message)
        await self._stop()

    async def _seek(self, command: Command) -> None:
        tick = on_the_grid(min(int(command["tick"]), self.performer.end + AHEAD_TICKS))
        self.performer = await self._thread(self._theatre.move, self.performer, tick)
        self.transport = self.transport.sought(tick, time.monotonic())
        self._teller.transport(self.transport)
        if not self.transport.playing:
            await self._show()

    async def _lead(self, command: Command) -> None:
        self.transport = self.transport.led(float(command["lead_s"]))
        self._teller.transport(self.transport)

    async def _look_again(self, _: Command) -> None:
        self._watched = True
        if not self.transport.playing:
            await self._show()

    async def _close(self, _: Command) -> None:
        self._closing = True

    def _leave(self) -> None:
        if self._private:
            for journal in self._journals:
                self._theatre.forget(journal)
        else:
            self._theatre.keep(self.performer)
        self.performer.close()

    def _catch_up(self, now_s: float) -> None:
        caught = self.transport.caught_up(self.performer.tick, now_s)
        if caught is not self.transport:
            self.transport = caught
            self._teller.transport(self.transport)

    async def _sleep(self, wait_s: float) -> None:
        self._wake.clear()
        if not self._commands:
            try:
                await asyncio.wait_for(self._wake.wait(), wait_s)
            except TimeoutError:
                return

    async def _thread(self, act: Callable[..., Result], *args: Any) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._pool, act, *args)
