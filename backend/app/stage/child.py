"""The stage's own process: opens rooms, plays them all, and ends with its parent."""

import asyncio
import contextlib
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog

from app.errors import MundiError
from app.stage.pipe import Unpacker, Word, pack
from app.stage.ports import Book, Edit, Entered
from app.stage.room import Room
from app.stage.scratch import Scratch
from app.stage.teller import Teller
from app.stage.theatre import Theatre

log = structlog.get_logger("stage")
READ_BYTES = 1 << 18
ORPHAN_S = 10.0  # a stage whose server is gone has so long to keep its performances


def run(descriptor: int, build: Callable[[], Theatre]) -> None:
    """Be the stage until the server's end of the pipe closes."""
    _end_with_parent()
    # The only process with deadlines; where it may not go before others it plays all the same.
    with contextlib.suppress(OSError):
        os.nice(-10)
    with socket.socket(fileno=descriptor) as line:
        asyncio.run(_Stage(line, build).serve())


def _end_with_parent() -> None:
    # Ctrl-C and service managers signal the whole group; the server decides when the stage ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()


def _watch(parent: int) -> None:
    """End the process when its parent has ended and the pipe's end was not enough."""
    while os.getppid() == parent:
        time.sleep(1.0)
    time.sleep(ORPHAN_S)
    os._exit(1)


class _Stage:
    def __init__(self, line: socket.socket, build: Callable[[], Theatre]) -> None:
        self._line = line
        self._build = build
        self._theatre: Theatre
        self._pool = ThreadPoolExecutor(max(2, os.cpu_count() or 1), "stage")
        self._rooms: dict[str, Room] = {}
        self._early: dict[str, list[dict[str, Any]]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def serve(self) -> None:
        self._line.setblocking(False)
        reader, self._writer = await asyncio.open_unix_connection(sock=self._line, limit=READ_BYTES)
        self._loop = loop = asyncio.get_running_loop()
        self._theatre = await loop.run_in_executor(self._pool, self._prepared)
        self._send({"word": "ready"}, ())
        unpacker = Unpacker()
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(READ_BYTES):
                for word in unpacker.feed(data):
                    self._hear(word)
        await self._leave()

    def _prepared(self) -> Theatre:
        theatre = self._build()
        theatre.warm()
        return theatre

    def _hear(self, word: Word) -> None:
        if word.kind == "open":
            self._early[word.room] = []
            self._tasks[word.room] = asyncio.create_task(self._play(word))
        elif word.room in self._rooms:
            self._rooms[word.room].post(word.head)
        elif word.room in self._early:
            self._early[word.room].append(word.head)

    async def _play(self, word: Word) -> None:
        """Open a room and play it until it is closed or cannot go on."""
        name = word.room
        try:
            room = await self._open(word.head)
            self._rooms[name] = room
            for command in self._early.pop(name):
                room.post(command)
            await room.run()
            self._send({"word": "closed", "room": name}, ())
        except MundiError as error:
            self._fail(name, error.code, error.message)
        except Exception:
            # One room's fault must not end the others; what it was is for the log alone.
            log.exception("a room failed", room=name)
            self._fail(name, "internal", "this universe cannot be performed just now")
        finally:
            self._rooms.pop(name, None)
            self._early.pop(name, None)
            self._tasks.pop(name, None)

    async def _open(self, head: dict[str, Any]) -> Room:
        loop = asyncio.get_running_loop()
        room = await loop.run_in_executor(self._pool, self._stand, head)
        opening = room.performer.opening
        self._send(
            {
                "word": "opened",
                "room": head["room"],
                "journal": str(opening.journal),
                "tick": room.performer.tick,
                "rev": room.performer.seen,
            },
            (),
        )
        return room

    def _stand(self, head: dict[str, Any]) -> Room:
        private = head.get("document") is not None
        book: Book = _scratch(head) if private else self._theatre.book
        opening = book.open(head["universe"])
        performer = self._theatre.stand(head["universe"], opening, book=book, tick=head.get("tick"))
        return Room(
            performer,
            self._theatre,
            Teller(head["room"], self._theatre, self._send),
            self._pool,
            generation=head["generation"],
            lead_s=head["lead_s"],
            private=private,
        )

    def _fail(self, name: str, code: str, message: str) -> None:
        self._send({"word": "failed", "room": name, "code": code, "message": message}, ())

    def _send(self, head: dict[str, Any], bodies: Sequence[bytes]) -> None:
        """Write a word to the server; rooms call this from their threads too."""
        data = pack(head, bodies)
        if threading.current_thread() is threading.main_thread():
            self._writer.write(data)
        else:
            self._loop.call_soon_threadsafe(self._writer.write, data)

    async def _leave(self) -> None:
        """The server has gone or told us to end: keep every performance, give leases back."""
        for room in list(self._rooms.values()):
            room.post({"word": "close"})
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        self._pool.shutdown(wait=False, cancel_futures=True)
        with contextlib.suppress(ConnectionError):
            await self._writer.drain()
            self._writer.close()
            await self._writer.wait_closed()


def _scratch(head: dict[str, Any]) -> Scratch:
    """Make the journal of a solo listening; after a restart, with what it had entered."""
    entered = [Entered(tick, rev, patch) for tick, rev, patch in head.get("entered", ())]
    last = entered[-1].rev if entered else 0
    waiting = [Edit(last + 1 + i, patch) for i, patch in enumerate(head.get("waiting", ()))]
    return Scratch(head["document"], head["seed"], entered=entered, waiting=waiting)
