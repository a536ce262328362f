"""Flask behind ASGI: whole bodies in, whole answers out, so that no slow peer holds a thread."""

import asyncio
import io
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
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
        await send({"type": "http.response.body", "body": content})

    def _answer(self, scope: Scope, body: bytes) -> tuple[Message, bytes]:
        """Have the application answer, whole, in a thread: one way there and one way back."""
        start: Message = {"type": "http.response.start"}

        def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> None:
            start["status"] = int(status[:3])
            start["headers"] = [
                (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
            ]

        # a2wsgi's own types are narrower words for the same things.
        environ = build_environ(cast(Any, scope), cast(Any, io.BytesIO(body)))
        answer = self._application(cast(dict[str, Any], environ), start_response)
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
