"""What server and stage say to each other: JSON heads, each with byte bodies, framed by length."""

import json
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

_LENGTHS = struct.Struct("<IHH")  # of the head, how many bodies, nothing
_LENGTH = struct.Struct("<I")
_WRITTEN = json.JSONEncoder(separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Word:
    """One message between server and stage."""

    head: dict[str, Any]
    bodies: tuple[bytes, ...] = ()

    @property
    def kind(self) -> str:
        """Which message it is."""
        return str(self.head["word"])

    @property
    def room(self) -> str:
        """The room it is about; empty for the stage as a whole."""
        return str(self.head.get("room", ""))


def pack(head: dict[str, Any], bodies: Sequence[bytes] = ()) -> bytes:
    """Frame one message as bytes."""
    text = _WRITTEN(head).encode()
    parts = [_LENGTHS.pack(len(text), len(bodies), 0), text]
    for body in bodies:
        parts += [_LENGTH.pack(len(body)), body]
    return b"".join(parts)


class Unpacker:
    """Take bytes as they come and give whole messages back, in order."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def feed(self, data: bytes) -> Iterator[Word]:
        """Add what was read and yield every message that is now whole."""
        self._kept += data
        while (found := self._next()) is not None:
            word, end = found
            del self._kept[:end]
            yield word

    def _next(self) -> tuple[Word, int] | None:
        kept = self._kept
        if len(kept) < _LENGTHS.size:
            return None
        size, count, _ = _LENGTHS.unpack_from(kept)
        at = _LENGTHS.size + size
        bodies = []
        for _ in range(count):
            if len(kept) < at + _LENGTH.size:
                return None
            (length,) = _LENGTH.unpack_from(kept, at)
            at += _LENGTH.size + length
            bodies.append((at - length, at))
        if len(kept) < at:
            return None
        head = json.loads(kept[_LENGTHS.size : _LENGTHS.size + size])
        return Word(head, tuple(bytes(kept[start:end]) for start, end in bodies)), at
