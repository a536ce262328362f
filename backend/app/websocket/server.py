"""uvicorn as we run it: transports in reach, deadlines for slow peers, a clean end."""

import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from app.websocket.endpoint import TRANSPORT_KEY
from app.websocket.protocol import BYTES_MAX

HEADERS_WITHIN_S = 10.0
BODY_WITHIN_S = 30.0
HEADERS_BYTES_MAX = 32 * 1024
HEADERS_MAX = 100
DRAIN_WITHIN_S = 10
UNSENT_BYTES = 32 * 1024
AHEAD_MAX = 4  # messages of a socket that are read before one is heard
TCP_NOTSENT_LOWAT = 25  # linux/tcp.h; the socket module does not name it


class SocketProtocol(WebSocketsSansIOProtocol):
    """Shows the application the transport, so that ready-made frames can be written to it."""

    async def run_asgi(self) -> None:
        """Serve a connection with the transport in its scope."""
        extensions: dict[str, Any] = self.scope["extensions"]
        extensions[TRANSPORT_KEY] = self.transport
        line = self.transport.get_extra_info("socket")
        if line is not None:
            # Without this the kernel takes megabytes for a peer that does not read.
            with contextlib.suppress(OSError):
                line.setsockopt(socket.IPPROTO_TCP, TCP_NOTSENT_LOWAT, UNSENT_BYTES)
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await super().run_asgi()

    def send_receive_event_to_app(self) -> None:
        """Hand a message on, and go on reading: to stop and start again after each costs as much."""
        goes_on = not self.read_paused and self.queue.qsize() < AHEAD_MAX
        self.read_paused = goes_on or self.read_paused
        super().send_receive_event_to_app()
        if goes_on:
            self.read_paused = False


class RequestProtocol(HttpToolsProtocol):
    """Ends connections whose headers or bodies take too long or are too large."""

    _deadline: asyncio.TimerHandle | None = None
    _header_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # TCP alone
        """Begin to wait for headers."""
        super().connection_made(transport)
        self._expect(HEADERS_WITHIN_S)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._expect(None)
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """Begin to wait for the headers of one more request."""
        super().on_message_begin()
        self._header_bytes = 0
        self._expect(HEADERS_WITHIN_S)

    def on_url(self, url: bytes) -> None:
        """Count what was read."""
        super().on_url(url)
        self._count(len(url))

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count what was read."""
        super().on_header(name, value)
        self._count(len(name) + len(value))

    def on_headers_complete(self) -> None:
        """Refuse what two servers could read differently; then wait for the body."""
        names = [name for name, _ in self.headers]
        lengths = names.count(b"content-length")
        if lengths > 1 or (lengths and b"transfer-encoding" in names):
            raise ValueError("two ways to tell a length")
        self._expect(BODY_WITHIN_S)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The request is whole."""
        self._expect(None)
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        """Hand the connection over; its own protocol has its own deadlines."""
        self._expect(None)
        super().handle_websocket_upgrade()

    def _count(self, size: int) -> None:
        self._header_bytes += size
        if self._header_bytes > HEADERS_BYTES_MAX or len(self.headers) > HEADERS_MAX:
            raise ValueError("the headers are too large")

    def _expect(self, within_s: float | None) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = None
        if within_s is not None:
            self._deadline = self.loop.call_later(within_s, self._too_late)

    def _too_late(self) -> None:
        if self.transport is not None and not self.transport.is_closing():
            self.transport.close()


class Server(uvicorn.Server):
    """A server that says where it is, drains on a signal and returns."""

    def __init__(
        self, config: uvicorn.Config, *, opened: Callable[[], None], draining: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._opened = opened
        self._draining = draining

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        self._opened()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Handle signals while serving; unlike the original, do not raise them again at the end."""
        handled = (signal.SIGINT, signal.SIGTERM)
        before = {one: signal.signal(one, self.handle_exit) for one in handled}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end; readiness fails from now on."""
        self._draining()
        super().handle_exit(sig, frame)


def serve(
    application: ASGIApp,
    line: socket.socket,
    *,
    opened: Callable[[], None],
    draining: Callable[[], None],
) -> None:
    """Serve until told to stop."""
    settings: dict[str, Any] = {
        "loop": "uvloop",
        "http": RequestProtocol,
        "ws": SocketProtocol,
        "ws_max_size": BYTES_MAX,
        "ws_per_message_deflate": False,
        "ws_ping_interval": 15.0,
        "ws_ping_timeout": 10.0,
        "proxy_headers": False,
        "server_header": False,
        "access_log": False,
        "log_config": None,
        "timeout_keep_alive": 30,
        "timeout_graceful_shutdown": DRAIN_WITHIN_S,
        "lifespan": "on",
    }
    logging.getLogger("uvicorn.error").addFilter(_without_tracebacks)
    config = uvicorn.Config(application, **settings)
    Server(config, opened=opened, draining=draining).run(sockets=[line])


def _without_tracebacks(record: logging.LogRecord) -> bool:
    """Keep one line of what a hostile peer caused: a traceback for each would fill the disk."""
    if record.exc_info and isinstance(record.exc_info[1], UnicodeDecodeError):
        record.exc_info = None
    return True
