"""A JSON list written one object at a time, one object a line."""

import json
import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, BinaryIO

NOTHING: Mapping[str, Any] = MappingProxyType({})


class ListWriter:
    """Writes `{head…, "<name>": [ … ]}` without keeping the list."""

    def __init__(self, stream: BinaryIO, name: str, head: Mapping[str, Any]) -> None:
        self._stream = stream
        self._first = True
        lead = line(head)[:-1]
        stream.write(f"{lead}{', ' if head else ''}{json.dumps(name)}: [".encode())

    def add(self, one: Mapping[str, Any]) -> None:
        """Write one more object."""
        self._stream.write((("\n" if self._first else ",\n") + line(one)).encode())
        self._first = False

    def close(self) -> None:
        """End the list and the file."""
        self._stream.write(b"\n]}\n")


def line(one: Mapping[str, Any]) -> str:
    """Give an object as JSON on one line; numbers that JSON does not have become null."""
    return json.dumps(_plain(one), ensure_ascii=False, allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
