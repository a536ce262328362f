"""The judge: every fault of a universe, each at its JSON path."""

from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import Any

from app.core.document.faults import faults
from app.core.document.grammar import UNIVERSE
from app.core.document.references import strays
from app.errors import Problem
from app.utils.strict_json import DEPTH_MAX

# A document with more faults than this is not being read by its author any more.
PROBLEMS_MAX = 100
# Most parts are these, and asking whether they are a Mapping takes longest.
_LEAVES = frozenset((float, int, str, bool, type(None)))


def problems_of(data: Any) -> list[Problem]:
    """Give every fault of a JSON value as a universe; none means it is one.

    At most `PROBLEMS_MAX` are given.
    """
    found = misshapen(data)
    if isinstance(data, Mapping):
        # What a broken part refers to cannot be told; the other parts are judged all the same.
        broken = frozenset(one.path.split(".")[1].split("[")[0] for one in found if "." in one.path)
        found += _first(strays(data, broken))
    return found[:PROBLEMS_MAX]


def misshapen(data: Any) -> list[Problem]:
    """Give the faults a shape can see, of any value at all."""
    return _first(faults(UNIVERSE, data, "$"))


def depth_of(value: Any) -> int:
    """Give how many levels of objects and lists a value has, at most one more than we take."""
    return _depth(value, DEPTH_MAX + 1)


def _depth(value: Any, most: int) -> int:
    parts = _parts(value) if most else ()
    return (
        1 + max(0 if type(one) in _LEAVES else _depth(one, most - 1) for one in parts)
        if parts
        else 0
    )


def _first(problems: Iterator[Problem]) -> list[Problem]:
    return list(islice(problems, PROBLEMS_MAX))


def _parts(value: Any) -> Collection[Any]:
    if isinstance(value, dict | Mapping):
        return value.values()
    return value if isinstance(value, list | tuple) else ()
