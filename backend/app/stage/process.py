"""The server's end of the stage: starts the child, talks with it, starts it again when it dies."""

import asyncio
import contextlib
import socket
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog

from app.stage.pipe import Unpacker, Word, pack

LEAVE_S = 10.0
PAUSES_S = (0.0, 0.2, 1.0, 5.0)  # before another start, when starts keep failing
log = structlog.get_logger("stage")


@dataclass(frozen=True, slots=True)
class Spawned:
    """A child that was just started, and our end of the line to it."""

    process: subprocess.Popen[bytes]
    line: socket.socket


def spawn(command: list[str]) -> Spawned:
    """Start a child with its end of the line as the last argument.

    May be called before there is a loop: the child then warms up while the server does.
    """
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(  # noqa: S603 — our own program, no shell
            [*command, str(theirs.fileno())],
            pass_fds=(theirs.fileno(),),
            stdin=subprocess.DEVNULL,
        )
    ours.setblocking(False)
    return Spawned(process, ours)


class Stage:
    """One child process and the line to it.

    `heard` is called with every word of the child; `ended` when it died and `began` when a new one
    is ready, so that rooms can be opened again.
    """

    def __init__(
        self,
        command: list[str],
        *,
        heard: Callable[[Word], None],
        began: Callable[[], None],
        ended: Callable[[], None],
        first: Spawned | None = None,
    ) -> None:
        self._command = command
        self._first = first
        self._heard = heard
        self._began = began
        self._ended = ended
        self._line: asyncio.WriteTransport | None = None
        self._task: asyncio.Task[None] | None = None
        self._stopping = False
        self.ready = False
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the child and keep one running until `stop`."""
        self._task = asyncio.create_task(self._keep())

    def say(self, word: str, room: str, **facts: Any) -> bool:
        """Send the child a word; False when there is no child to hear it."""
        if self._line is None or not self.ready:
            return False
        self._line.write(pack({"word": word, "room": room, **facts}))
        return True

    async def stop(self) -> None:
        """Let the child keep its performances and end; kill it when that takes too long."""
        self._stopping = True
        if self._task is None:
            return
        if not self.ready and self.process is not None:
            self.process.kill()  # it has nothing to keep yet
        elif self._line is not None:
            self._line.write_eof()
        await asyncio.wait([self._task], timeout=LEAVE_S)
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task

    async def _keep(self) -> None:
        """Run one child after the other."""
        failures = 0
        while not self._stopping:
            was_ready = await self._run()
            if self._stopping:
                return
            failures = 0 if was_ready else min(failures + 1, len(PAUSES_S) - 1)
            log.warning("the stage ended; starting it again")
            await asyncio.sleep(PAUSES_S[failures])

    async def _run(self) -> bool:
        """Run one child to its end; tell whether it had become ready."""
        child, self._first = self._first or spawn(self._command), None
        self.process = child.process
        loop = asyncio.get_running_loop()
        self._line, ear = await loop.create_connection(lambda: _Ear(self._hear), sock=child.line)
        try:
            await ear.ended.wait()
        finally:
            was_ready = self.ready
        self.ready = False
        self._line.close()
        self._line = None
        await loop.run_in_executor(None, _reap, self.process)
        if was_ready and not self._stopping:
            self._ended()
        return was_ready

    def _hear(self, word: Word) -> None:
        if word.kind == "ready":
            self.ready = True
            self._began()
            return
        self._heard(word)


class _Ear(asyncio.Protocol):
    """Takes the words of a child as they come, without a task to wake for each."""

    def __init__(self, heard: Callable[[Word], None]) -> None:
        self._heard = heard
        self._unpacker = Unpacker()
        self.ended = asyncio.Event()

    def data_received(self, data: bytes) -> None:
        for word in self._unpacker.feed(data):
            self._heard(word)

    def connection_lost(self, exc: Exception | None) -> None:
        self.ended.set()


def _reap(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(LEAVE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
