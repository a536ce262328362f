"""A checkpoint's bytes: plain values as JSON, arrays as they lie in memory. No code in it."""

import json
import struct
from typing import Any

import numpy as np

from app.errors import SyntaxFault

_MAGIC = b"MUNDICP1"
_HEAD = struct.Struct("<8sQ")
_ARRAY = "\x00array"
_BYTES = "\x00bytes"


def packed(state: Any) -> bytes:
    """Write a tree of mappings, sequences, numbers, strings, bytes and arrays as bytes.

    Arrays keep their type (structured ones too) and their bits; tuples come back as lists.
    """
    parts: list[bytes] = []
    tree = json.dumps(_stored(state, parts), separators=(",", ":")).encode()
    return b"".join((_HEAD.pack(_MAGIC, len(tree)), tree, *parts))


def unpacked(data: bytes) -> Any:
    """Read what `packed` wrote; raises SyntaxFault for anything else."""
    try:
        magic, length = _HEAD.unpack_from(data)
        if magic != _MAGIC:
            raise ValueError("another magic")
        tree = json.loads(data[_HEAD.size : _HEAD.size + length])
        return _restored(tree, memoryview(data)[_HEAD.size + length :])
    except (struct.error, ValueError, KeyError, TypeError) as fault:
        raise SyntaxFault(f"this is no checkpoint of ours: {fault}") from None


def _stored(value: Any, parts: list[bytes]) -> Any:
    if isinstance(value, dict):
        return {str(key): _stored(one, parts) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_stored(one, parts) for one in value]
    if isinstance(value, np.ndarray):
        start = sum(len(part) for part in parts)
        parts.append(np.ascontiguousarray(value).tobytes())
        kind = value.dtype.descr if value.dtype.names else value.dtype.str
        return {_ARRAY: [kind, list(value.shape), start]}
    if isinstance(value, bytes):
        start = sum(len(part) for part in parts)
        parts.append(value)
        return {_BYTES: [start, len(value)]}
    return value.item() if isinstance(value, np.generic) else value


def _restored(value: Any, data: memoryview) -> Any:
    if isinstance(value, list):
        return [_restored(one, data) for one in value]
    if not isinstance(value, dict):
        return value
    if _ARRAY in value:
        kind, shape, start = value[_ARRAY]
        dtype = np.dtype(kind if isinstance(kind, str) else [_field(one) for one in kind])
        count = int(np.prod(shape, dtype=np.int64))
        array = np.frombuffer(data, dtype=dtype, count=count, offset=start)
        return array.reshape(shape).copy()
    if _BYTES in value:
        start, length = value[_BYTES]
        return bytes(data[start : start + length])
    return {key: _restored(one, data) for key, one in value.items()}


def _field(said: list[Any]) -> tuple[Any, ...]:
    """Give a field of a structured type as NumPy takes it: its shape, if any, a tuple."""
    name, kind, *shape = said
    return (name, kind, tuple(shape[0])) if shape else (name, kind)
