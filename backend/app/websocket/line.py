"""How bytes reach one member: newest wins for what may be missed, bounded for what may not."""

import asyncio
import socket
import struct
from collections import deque
from typing import Any, Protocol

from starlette.types import Send

from app.websocket.frames import payload_of

EPHEMERAL_BYTES = 64 * 1024  # with more than this unsent, slices are skipped
RELIABLE_BYTES = 1024 * 1024  # with more than this unsent, the connection ends
_MIN_RTT_AT = 148  # tcpi_min_rtt in struct tcp_info of linux/tcp.h, microseconds


class Line(Protocol):
    """One member's way out."""

    dropped: int

    def offer(self, frame: bytes) -> None:
        """Send what may be missed, unless the member is behind."""

    def send(self, frame: bytes) -> bool:
        """Send what may not be missed; False when too much waits already."""

    def delay_s(self) -> float:
        """Estimate how long bytes take to the member, one way."""

    def abort(self) -> None:
        """Give up on a member who does not read."""

    def close(self) -> None:
        """Stop sending."""


class TransportLine:
    """Writes ready-made frames straight to the connection's transport."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self.dropped = 0

    def offer(self, frame: bytes) -> None:
        """Write the frame unless more waits than is worth sending."""
        transport = self._transport
        if transport.is_closing():
            return
        if transport.get_write_buffer_size() > EPHEMERAL_BYTES:
            self.dropped += 1
            return
        transport.write(frame)

    def send(self, frame: bytes) -> bool:
        """Write the frame unless the bound is reached."""
        transport = self._transport
        if transport.is_closing():
            return True
        if transport.get_write_buffer_size() > RELIABLE_BYTES:
            return False
        transport.write(frame)
        return True

    def delay_s(self) -> float:
        """Take half the shortest round trip the kernel has seen."""
        try:
            line = self._transport.get_extra_info("socket")
            info = line.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _MIN_RTT_AT + 4)
            (shortest_us,) = struct.unpack_from("<I", info, _MIN_RTT_AT)
        except (OSError, AttributeError, struct.error):
            return 0.0
        return float(shortest_us) / 2e6

    def abort(self) -> None:
        """Drop the connection with everything that waits."""
        self._transport.abort()

    def close(self) -> None:
        """Nothing to stop: the transport ends with the connection."""


class MailboxLine:
    """Sends through plain ASGI where the transport is out of reach: one slot for slices."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._slot: bytes | None = None
        self._reliable: deque[bytes] = deque()
        self._waiting_bytes = 0
        self._news = asyncio.Event()
        self._task = asyncio.create_task(self._run())
        self.dropped = 0

    def offer(self, frame: bytes) -> None:
        """Put the frame into the slot; one that is still there is lost."""
        self.dropped += self._slot is not None
        self._slot = frame
        self._news.set()

    def send(self, frame: bytes) -> bool:
        """Queue the frame unless the bound is reached."""
        if self._waiting_bytes > RELIABLE_BYTES:
            return False
        self._reliable.append(frame)
        self._waiting_bytes += len(frame)
        self._news.set()
        return True

    def delay_s(self) -> float:
        """Nobody knows here."""
        return 0.0

    def abort(self) -> None:
        """Stop sending; the server ends the connection."""
        self._task.cancel()

    def close(self) -> None:
        """Stop sending."""
        self._task.cancel()

    async def _run(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            while (frame := self._next()) is not None:
                await self._send_frame(frame)

    def _next(self) -> bytes | None:
        if self._reliable:
            frame = self._reliable.popleft()
            self._waiting_bytes -= len(frame)
            return frame
        slot, self._slot = self._slot, None
        return slot

    async def _send_frame(self, data: bytes) -> None:
        """Send each frame of a run of frames as a message of its own."""
        for is_text, payload in payloads_of(data):
            message: dict[str, Any] = {"type": "websocket.send"}
            message["text" if is_text else "bytes"] = payload.decode() if is_text else payload
            await self._send(message)


def payloads_of(data: bytes) -> list[tuple[bool, bytes]]:
    """Take a run of frames apart."""
    found, at = [], 0
    while at < len(data):
        is_text, payload, at = payload_of(data, at)
        found.append((is_text, payload))
    return found
