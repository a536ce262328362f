"""Flask behind ASGI: whole bodies in, whole answers out, so that no slow peer holds a thread."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any, cast

from a2wsgi import WSGIMiddleware
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.websocket.problems import problem

WSGI = Callable[[dict[str, Any], Any], Iterable[bytes]]
THREADS = 8
BODY_MAX = 1024 * 1024
BODY_WITHIN_S = 10.0
SLOT_WITHIN_S = 2.0


class Bridge:
    """An ASGI application that lets a WSGI one answer."""

    def __init__(self, application: WSGI, *, threads: int = THREADS) -> None:
        # Its own ASGI types are narrower words for the same thing.
        self._inner = cast(ASGIApp, WSGIMiddleware(cast(Any, application), workers=threads))
        self._slots = asyncio.Semaphore(threads)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        body = await self._body(scope, receive, send)
        if body is None:
            return
        answer: list[Message] = []
        try:
            await asyncio.wait_for(self._slots.acquire(), SLOT_WITHIN_S)
        except TimeoutError:
            busy = problem(503, "overloaded", "too much to do at once", retry_after_s=1)
            await busy(scope, receive, send)
            return
        try:
            await self._inner(scope, _replay(body), _collect(answer))
        finally:
            self._slots.release()
        for message in answer:
            await send(message)

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


def _replay(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _collect(answer: list[Message]) -> Send:
    async def send(message: Message) -> None:
        answer.append(message)

    return send
