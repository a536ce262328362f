"""WebSocket frames made once, so that the same bytes can be written to every member."""

import json
import struct
from typing import Any

TEXT, BINARY = 1, 2
_FINAL = 0x80
_WRITTEN = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


def text_frame(message: dict[str, Any]) -> bytes:
    """Frame a JSON message."""
    return _frame(TEXT, _WRITTEN(message).encode())


def binary_frame(payload: bytes) -> bytes:
    """Frame a slice or a stretch of sound."""
    return _frame(BINARY, payload)


def payload_of(data: bytes, at: int = 0) -> tuple[bool, bytes, int]:
    """Take the frame at a place apart: whether it is text, its payload, where the next begins."""
    size, start = data[at + 1], at + 2
    if size == 126:
        size, start = int.from_bytes(data[at + 2 : at + 4], "big"), at + 4
    elif size == 127:
        size, start = int.from_bytes(data[at + 2 : at + 10], "big"), at + 10
    return data[at] & 15 == TEXT, data[start : start + size], start + size


def _frame(opcode: int, payload: bytes) -> bytes:
    """Put the header of RFC 6455 §5.2 before a payload; a server never masks."""
    size = len(payload)
    if size < 126:
        return struct.pack("!BB", _FINAL | opcode, size) + payload
    if size < 1 << 16:
        return struct.pack("!BBH", _FINAL | opcode, 126, size) + payload
    return struct.pack("!BBQ", _FINAL | opcode, 127, size) + payload
