"""Words for faults: where a value stands, what it is, what may have been meant."""

import difflib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

_plain = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def inside(path: str, key: str | int) -> str:
    """Give the JSON path of a member: $.bodies.a, $.rules["odd-one"], $.at[2]."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if _plain.fullmatch(key) else f"{path}[{quoted(key)}]"


def kind_of(value: Any) -> str:
    """Say what a JSON value is, for a message."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, int | float):
        # A long one would not even be printed: Python refuses beyond 4,300 digits.
        return repr(value) if abs(value) < 1e18 or value != value else "a huge number"
    if isinstance(value, list | tuple):
        return "a list"
    return "an object" if isinstance(value, Mapping) else "no JSON"


def is_number(value: Any) -> bool:
    """Tell whether a JSON value is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def quoted(text: str) -> str:
    """Write text as JSON has it, cut short if it is long."""
    written = json.dumps(text if len(text) <= 48 else f"{text[:45]}...", ensure_ascii=False)
    return written.encode(errors="backslashreplace").decode()


def nearest(offered: Any, known: Sequence[str]) -> str:
    """Say what may have been meant, or nothing."""
    if not isinstance(offered, str):
        return ""
    close = difflib.get_close_matches(offered[:64].lower(), known, n=1, cutoff=0.6)
    return f"; did you mean {close[0]}?" if close else ""


def name_of(path: str) -> str:
    """Give the last name in a JSON path: what people call the value."""
    return path.removesuffix('"]').rpartition(".")[2] or "it"
