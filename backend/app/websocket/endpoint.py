"""The door of `/ws`: one coroutine a connection, from the upgrade to the goodbye."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.types import Message, Receive, Scope, Send

from app.errors import (
    DocumentError,
    Forbidden,
    InputError,
    LimitReached,
    MundiError,
    NotFound,
    Unauthenticated,
    Unavailable,
)
from app.schemas.live import Join
from app.utils.clock import monotonic_s
from app.websocket.hub import Hub
from app.websocket.line import Line, MailboxLine, TransportLine
from app.websocket.protocol import (
    FULL,
    GONE,
    JOIN_WITHIN_S,
    LIMITS,
    OVERLOADED,
    REMOVED,
    SUBPROTOCOL,
    UNAUTHENTICATED,
    UNPLAYABLE,
    Conversation,
    Goodbye,
    Outcome,
    Refusal,
)
from app.websocket.session import Session

GOODBYE_WITHIN_S = 1.0
TRANSPORT_KEY = "mundi.transport"


class Endpoint:
    """An ASGI application for websocket scopes."""

    def __init__(self, hub: Hub, allowed: Callable[[Scope], bool]) -> None:
        self._hub = hub
        self._allowed = allowed
        self._connected: dict[str, int] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        await receive()  # websocket.connect
        refused = self._refused(scope)
        if refused is not None:
            await _refuse(send, *refused)
            return
        address = _address(scope)
        self._connected[address] = self._connected.get(address, 0) + 1
        try:
            await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL})
            await self._serve(scope, address, receive, send)
        finally:
            self._connected[address] -= 1
            if not self._connected[address]:
                del self._connected[address]

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        """Say with which HTTP status a connection is refused before it is one."""
        if not self._allowed(scope):
            return 403, "this origin may not connect"
        if SUBPROTOCOL not in scope["subprotocols"]:
            return 400, f"speak the sub-protocol {SUBPROTOCOL}"
        here = self._connected.get(_address(scope), 0)
        if (
            here >= LIMITS.sockets_per_address
            or sum(self._connected.values()) >= LIMITS.sockets_max
        ):
            return 503, "too many connections"
        return None

    async def _serve(self, scope: Scope, address: str, receive: Receive, send: Send) -> None:
        line = _line(scope, send)
        session = Session(self._hub, line, address)
        conversation = Conversation(monotonic_s())
        goodbye: Goodbye | None = None
        try:
            goodbye = await _converse(session, conversation, receive)
        finally:
            session.leave()
            line.close()
        if goodbye is not None:
            await _say_goodbye(send, line, goodbye)


class _Ear:
    """Hears what a peer says, until there is a reason to end: neither waits for the other.

    A task and a wait for each message would cost more than reading it.
    """

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._listener = asyncio.current_task()
        self._listening = False
        self._ended: asyncio.Future[Goodbye] | None = None

    def mind(self, ended: asyncio.Future[Goodbye]) -> None:
        """Stop listening once there is a reason to end."""
        if self._ended is None:
            self._ended = ended
            ended.add_done_callback(self._interrupt)

    async def hear(self, until_s: float | None) -> Message | None:
        """Return the next message; None when there is a reason to end, or the time is over."""
        if self._ended is not None and self._ended.done():
            return None
        self._listening = True
        try:
            if until_s is None:
                return await self._receive()
            async with asyncio.timeout_at(until_s):
                return await self._receive()
        except TimeoutError:
            return None
        except asyncio.CancelledError:
            if self._ended is None or not self._ended.done():
                raise  # somebody else ends this connection
            assert self._listener is not None, "a coroutine runs in a task"
            self._listener.uncancel()
            return None
        finally:
            self._listening = False

    def _interrupt(self, _ended: asyncio.Future[Goodbye]) -> None:
        # Only while it listens: what a member has begun to do is done to its end.
        if self._listening and self._listener is not None:
            self._listener.cancel()


async def _converse(
    session: Session, conversation: Conversation, receive: Receive
) -> Goodbye | None:
    """Hear and answer until the peer has gone or there is a reason to end."""
    ear = _Ear(receive)
    join_until_s = asyncio.get_running_loop().time() + JOIN_WITHIN_S
    while True:
        message = await ear.hear(None if conversation.joined else join_until_s)
        if session.member is not None and session.member.ended.done():
            return session.member.ended.result()
        if message is None:
            return conversation.overdue(monotonic_s())
        if message["type"] == "websocket.disconnect":
            return None
        outcome = conversation.hear(message.get("text"), monotonic_s())
        goodbye = await _follow(session, outcome)
        if goodbye is not None:
            return goodbye
        if session.member is not None:
            ear.mind(session.member.ended)


async def _follow(session: Session, outcome: Outcome) -> Goodbye | None:
    """Do what was asked; what cannot be done is told in band, or ends the connection."""
    if outcome is None or isinstance(outcome, Goodbye):
        return outcome
    if isinstance(outcome, Refusal):
        session.tell(outcome.message_out())
        return None
    if isinstance(outcome, Join):
        return await _joined(session, session.join(outcome))
    op_id = getattr(outcome, "op_id", None)
    try:
        await session.act(outcome)
    except MundiError as error:
        session.tell(_error_out(error, op_id))
    return None


async def _joined(session: Session, joining: Awaitable[None]) -> Goodbye | None:
    try:
        await joining
    except Unauthenticated as error:
        return Goodbye(UNAUTHENTICATED, error.message)
    except Forbidden as error:
        return Goodbye(REMOVED, error.message)
    except NotFound as error:
        return Goodbye(GONE, error.message)
    except DocumentError as error:
        # A close frame has no room for what is wrong and where: that is told just before.
        session.tell(_error_out(error, None))
        return Goodbye(UNPLAYABLE, error.message)
    except LimitReached as error:
        return Goodbye(FULL, error.message)
    except Unavailable as error:
        return Goodbye(OVERLOADED, error.message)
    return None


def _error_out(error: MundiError, op_id: object) -> dict[str, Any]:
    out: dict[str, Any] = {"type": "error", "code": error.code, "message": error.message}
    if op_id is not None:
        out["op_id"] = str(op_id)
    if isinstance(error, InputError) and error.problems:
        out["problems"] = [{"path": one.path, "message": one.message} for one in error.problems]
    retry_after_s = getattr(error, "retry_after_s", None)
    if retry_after_s is not None:
        out["retry_after_s"] = retry_after_s
    return out


async def _say_goodbye(send: Send, line: Line, goodbye: Goodbye) -> None:
    """Close properly; a peer that does not read is dropped."""
    closing = {"type": "websocket.close", "code": goodbye.code, "reason": goodbye.reason[:120]}
    # Each server has an error of its own for a peer that has gone meanwhile.
    with contextlib.suppress(Exception):
        try:
            await asyncio.wait_for(send(closing), GOODBYE_WITHIN_S)
        except TimeoutError:
            line.abort()


async def _refuse(send: Send, status: int, reason: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    headers += [(b"retry-after", b"10")] if status == 503 else []
    await send({"type": "websocket.http.response.start", "status": status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": f"{reason}\n".encode()})


def _address(scope: Scope) -> str:
    return scope["client"][0] if scope.get("client") else ""


def _line(scope: Scope, send: Send) -> Line:
    """Write straight to the transport where the server shows it, else through ASGI."""
    transport = scope.get("extensions", {}).get(TRANSPORT_KEY)
    return MailboxLine(send) if transport is None else TransportLine(transport)
