"""Flask behind ASGI: whole bodies in, whole answers out, so that no slow peer holds a thread.

What is larger than a mebibyte goes out a piece at a time, each read in a thread that is free again
at once: neither memory nor a thread waits for who reads slowly.
"""

import asyncio
import io
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any, cast

from a2wsgi.wsgi import build_environ
from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send

from app.websocket.problems import problem

WSGI = Callable[[dict[str, Any], Any], Iterable[bytes]]
THREADS = 8
BODY_MAX = 1024 * 1024
BODY_WITHIN_S = 10.0
SLOT_WITHIN_S = 2.0
WHOLE_MAX = 1024 * 1024
PIECE = 16  # of what the application yields, 8 KiB each of a file


class Bridge:
    """An ASGI application that lets a WSGI one answer."""

    def __init__(self, application: WSGI, *, threads: int = THREADS) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="wsgi")
        self._slots = asyncio.Semaphore(threads)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        body = await self._body(scope, receive, send)
        if body is None:
            return
        try:
            await asyncio.wait_for(self._slots.acquire(), SLOT_WITHIN_S)
        except TimeoutError:
            busy = problem(503, "overloaded", "too much to do at once", retry_after_s=1)
            await busy(scope, receive, send)
            return
        loop = asyncio.get_running_loop()
        try:
            start, content = await loop.run_in_executor(self._threads, self._answer, scope, body)
        finally:
            self._slots.release()
        await send(start)
        if isinstance(content, bytes):
            await send({"type": "http.response.body", "body": content})
        else:
            await self._stream(content, send)

    async def _stream(self, content: Iterable[bytes], send: Send) -> None:
        """Send an answer piece by piece, none read before the one before it has been taken."""
        loop, pieces = asyncio.get_running_loop(), iter(content)
        try:
            while piece := await loop.run_in_executor(self._threads, _piece, pieces):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            getattr(content, "close", int)()

    def _answer(self, scope: Scope, body: bytes) -> tuple[Message, bytes | Iterable[bytes]]:
        """Have the application answer in a thread, whole unless it is long: one way and back."""
        start: Message = {"type": "http.response.start"}

        def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> None:
            start["status"] = int(status[:3])
            start["headers"] = [
                (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
            ]

        # a2wsgi's own types are narrower words for the same things.
        environ = build_environ(cast(Any, scope), cast(Any, io.BytesIO(body)))
        answer = self._application(cast(dict[str, Any], environ), start_response)
        if _length(start) > WHOLE_MAX:
            return start, answer
        try:
            return start, b"".join(answer)
        finally:
            getattr(answer, "close", int)()

    async def _body(self, scope: Scope, receive: Receive, send: Send) -> bytes | None:
        """Read the whole body, or refuse it; None when it was refused."""
        told = Headers(scope=scope).get("content-length", "0")
        if not told.isdigit() or int(told) > BODY_MAX:
            await _too_large(scope, receive, send)
            return None
        try:
            body = await asyncio.wait_for(_read(receive), BODY_WITHIN_S)
        except TimeoutError:
            slow = problem(408, "too_slow", f"the body took over {BODY_WITHIN_S:.0f} s")
            slow.headers["connection"] = "close"
            await slow(scope, receive, send)
            return None
        if len(body) > BODY_MAX:
            await _too_large(scope, receive, send)
            return None
        return body


def _length(start: Message) -> int:
    """Return how long an answer says it is; what does not say so is short."""
    return int(dict(start["headers"]).get(b"content-length", b"0"))


def _piece(pieces: Iterator[bytes]) -> bytes:
    return b"".join(islice(pieces, PIECE))


async def _too_large(scope: Scope, receive: Receive, send: Send) -> None:
    await problem(413, "too_large", f"a body may have {BODY_MAX} bytes")(scope, receive, send)


async def _read(receive: Receive) -> bytes:
    """Read a body, a little further than it may be long."""
    parts, size = [], 0
    while size <= BODY_MAX:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        part = message.get("body", b"")
        parts.append(part)
        size += len(part)
        if not message.get("more_body", False):
            break
    return b"".join(parts)
