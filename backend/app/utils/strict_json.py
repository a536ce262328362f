"""JSON without surprises: strict reading, canonical writing."""

import json
import math
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from typing import Any

import rfc8785

from app.utils import plain_json
from app.utils.plain_json import DIGITS_MAX, INTEGER_MAX, Doubt

DEPTH_MAX = 32

# A string that is never closed runs to the end, so that a hostile text costs one pass and no more.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\\?\Z)|[\[\]{}]|[^\s\[\]{}",:]+', re.DOTALL)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?P<fraction>\.[0-9]+)?(?P<power>[eE][+-]?[0-9]+)?\Z")
_LONE = re.compile(r"[\ud800-\udfff]")


class Malformed(ValueError):
    """The text is not the JSON we take; the message says where and why."""


class TooLong(Malformed):
    """The text has more bytes than we take."""


def decode(source: str | bytes, *, bytes_max: int, depth_max: int = DEPTH_MAX) -> Any:
    """Read one JSON value.

    Refused besides broken JSON: a byte order mark, NaN and infinities (1e999 too), whole numbers a
    float64 cannot hold exactly, the same key twice in an object, NUL and lone surrogates in
    strings, more levels than `depth_max`. Raises Malformed, or TooLong beyond `bytes_max`.
    """
    size = len(source) if isinstance(source, bytes) else len(source.encode(errors="surrogatepass"))
    if size > bytes_max:
        raise TooLong(f"the text is {size} bytes; at most {bytes_max} are taken")
    text = _text_of(source)
    with suppress(Doubt, ValueError):
        return plain_json.decode(text, depth_max)
    for at, fault in _faults(text, depth_max):
        raise Malformed(f"{_place(text, at)}: {fault}")
    try:
        return json.loads(text, object_pairs_hook=_object, parse_int=_integer)
    except json.JSONDecodeError as fault:
        raise Malformed(f"{_place(text, fault.pos)}: {fault.msg}") from None


def reread(text: str) -> Any:
    """Read what `canonical` wrote, several times quicker than `decode`; raises Malformed for a NUL.

    Such text has no key twice, no infinity and no half character; depth is its writer's affair.
    """
    if "\\u0000" in text:
        return decode(text, bytes_max=4 * len(text))
    return json.loads(text, parse_int=_integer)


def canonical(value: Any) -> str:
    """Write a JSON value as RFC 8785 has it: one text for one content; raises Malformed."""
    with suppress(Doubt, RecursionError):
        return plain_json.canonical(value)
    try:
        return rfc8785.dumps(value).decode()
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as fault:
        raise Malformed(f"this cannot be written as JSON: {fault}") from None


def settled(value: Any, depth_max: int) -> tuple[Any, str] | None:
    """Give a value as reading its canonical text gives it, and the text; None where that takes longer.

    Nothing that is given is deeper than `depth_max`.
    """
    try:
        return plain_json.settled(value, depth_max)
    except (Doubt, TypeError, ValueError, RecursionError):
        return None


def _text_of(source: str | bytes) -> str:
    if isinstance(source, str):
        text = source
    else:
        try:
            text = source.decode()
        except UnicodeDecodeError as fault:
            raise Malformed(f"byte {fault.start + 1}: the text is not UTF-8") from None
    if text.startswith("\ufeff"):
        raise Malformed("line 1, column 1: the text starts with a byte order mark; leave it out")
    return text


def _faults(text: str, depth_max: int) -> Iterator[tuple[int, str]]:
    """Find what a JSON reader would let pass, or fall over, token by token."""
    depth = 0
    for token in _TOKEN.finditer(text):
        word, start = token[0], token.start()
        if word in "[{":
            depth += 1
            if depth > depth_max:
                yield start, f"nested deeper than {depth_max} levels"
        elif word in "]}":
            depth -= 1
        elif fault := _string_fault(word) if word[0] == '"' else _number_fault(word):
            yield start, fault


def _string_fault(word: str) -> str:
    if "\\u" in word:
        try:
            word = json.loads(word)
        except json.JSONDecodeError:
            return ""  # broken in a way the reader itself will name
    if "\0" in word:
        return "a string holds a NUL character"
    return "a string holds half of a surrogate pair" if _LONE.search(word) else ""


def _number_fault(word: str) -> str:
    if word in ("NaN", "Infinity", "-Infinity"):
        return f"{word} is not JSON; numbers are finite"
    found = _NUMBER.match(word)
    if found is None:
        return ""  # true, false, null, or broken in a way the reader itself will name
    if found["fraction"] or found["power"]:
        return "" if math.isfinite(float(word)) else f"{_short(word)} is too large for a number"
    # Lengths first: turning a million digits into an integer would take minutes.
    if len(word) > DIGITS_MAX or (abs(int(word)) > INTEGER_MAX and canonical(float(word)) != word):
        return f"the whole number {_short(word)} would lose digits; ±(2⁵³ - 1) is sure to be exact"
    return ""


def _integer(word: str) -> int | float:
    """Read a whole number; canonical text writes large floats like one, so they come back as such."""
    number = int(word)
    return number if abs(number) <= INTEGER_MAX else float(number)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = sorted(key for key, _ in pairs)
        twice = next(key for key, following in pairwise(keys) if key == following)
        raise Malformed(f"the key {_short(json.dumps(twice))} stands twice in one object")
    return found


def _place(text: str, at: int) -> str:
    line = text.count("\n", 0, at) + 1
    return f"line {line}, column {at - text.rfind(chr(10), 0, at)}"


def _short(word: str) -> str:
    return word if len(word) <= 40 else f"{word[:37]}..."
