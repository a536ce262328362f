"""JSON that is plainly what we take and write, at a fraction of the time; whatever may not be, raises Doubt.

`strict_json` asks here first and looks slowly where there is doubt: it alone says what is wrong.
"""

import json
import math
import re
from collections.abc import Callable
from json.encoder import encode_basestring
from json.scanner import make_scanner
from typing import Any, cast

# Whole numbers beyond this are not exact in a float64, which is what canonical JSON counts in.
INTEGER_MAX = 2**53 - 1
DIGITS_MAX = 22


class Doubt(Exception):
    """Only the slow look can tell."""


def decode(text: str, depth_max: int) -> Any:
    """Read a value that has nothing about it that we might refuse. Raises Doubt, ValueError."""
    # Text without these has no half character, and a NUL only where it is a fault.
    if "\\u" in text or not text.isascii() or text.count("{") + text.count("[") > depth_max:
        raise Doubt
    return _READER.decode(text)


def canonical(value: Any) -> str:
    """Write a value as RFC 8785 has it. Raises Doubt, RecursionError."""
    write = _WRITERS.get(type(value))
    if write is None:
        raise Doubt
    return write(value)


def settled(value: Any, depth_max: int) -> tuple[Any, str]:
    """Write a value as `canonical` does and read that again. Raises Doubt, TypeError, ValueError.

    The library writes it, far quicker than we, but for numbers that JavaScript spells otherwise.
    """
    text = _QUICK(value)
    if not text.isascii() or _ODD.search(text) or text.count("{") + text.count("[") > depth_max:
        raise Doubt
    read, _ = _SCAN(text, 0)
    if read != value:
        raise Doubt  # a key that was no text
    return read, text


def _integer(word: str) -> int:
    if len(word) > DIGITS_MAX or abs(number := int(word)) > INTEGER_MAX:
        raise Doubt
    return number


def _float(word: str) -> float:
    number = float(word)
    if not math.isfinite(number):
        raise Doubt
    return number


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Doubt
    return found


def _constant(_: str) -> Any:
    raise Doubt


_READER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_float=_float, parse_constant=_constant
)

_QUICK = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, sort_keys=True, separators=(",", ":")
).encode
_SCAN: Any = make_scanner(cast(Any, json.JSONDecoder()))
# 1.0 and 1e22 are 1 and 1 with zeros there, large whole numbers are not exact, and a NUL is refused.
_ODD = re.compile(r"\d\.0(?!\d)|\d[eE]|(?<![\d.])\d{16}|\\u")


def _whole(value: int) -> str:
    if abs(value) > INTEGER_MAX:
        raise Doubt
    return str(value)


def _number(value: float) -> str:
    """Write a number; from 1e-4 to 1e16 Python writes it as JavaScript does."""
    word = repr(value)
    if "e" in word or "n" in word:
        raise Doubt
    return (word[:-2] if word.endswith(".0") else word) if value else "0"


def _text(value: str) -> str:
    # Half characters cannot be written, and beyond the first 128 the RFC sorts in its own way.
    if not value.isascii():
        raise Doubt
    return encode_basestring(value)


def _list(value: list[Any]) -> str:
    return f"[{','.join([canonical(one) for one in value])}]"


def _members(value: dict[Any, Any]) -> str:
    for key in value:
        if type(key) is not str:
            raise Doubt
    return f"{{{','.join([f'{_text(key)}:{canonical(value[key])}' for key in sorted(value)])}}}"


_WRITERS: dict[type, Callable[[Any], str]] = {
    dict: _members,
    list: _list,
    tuple: _list,
    float: _number,
    int: _whole,
    str: _text,
    bool: lambda value: "true" if value else "false",
    type(None): lambda _: "null",
}
