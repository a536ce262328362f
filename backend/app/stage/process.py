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

READ_BYTES = 1 << 20
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
        self._writer: asyncio.StreamWriter | None = None
        self._task: asyncio.Task[None] | None = None
        self._stopping = False
        self.ready = False
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the child and keep one running until `stop`."""
        self._task = asyncio.create_task(self._keep())

    def say(self, word: str, room: str, **facts: Any) -> bool:
        """Send the child a word; False when there is no child to hear it."""
        if self._writer is None or not self.ready:
            return False
        self._writer.write(pack({"word": word, "room": room, **facts}))
        return True

    async def stop(self) -> None:
        """Let the child keep its performances and end; kill it when that takes too long."""
        self._stopping = True
        if self._task is None:
            return
        if not self.ready and self.process is not None:
            self.process.kill()  # it has nothing to keep yet
        elif self._writer is not None:
            self._writer.write_eof()
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
        reader, self._writer = await asyncio.open_connection(sock=child.line, limit=READ_BYTES)
        try:
            await self._listen(reader)
        finally:
            was_ready = self.ready
        self.ready = False
        self._writer.close()
        self._writer = None
        await asyncio.get_running_loop().run_in_executor(None, _reap, self.process)
        if was_ready and not self._stopping:
            self._ended()
        return was_ready

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        unpacker = Unpacker()
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(READ_BYTES):
                for word in unpacker.feed(data):
                    self._hear(word)

    def _hear(self, word: Word) -> None:
        if word.kind == "ready":
            self.ready = True
            self._began()
            return
        self._heard(word)


def _reap(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(LEAVE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
