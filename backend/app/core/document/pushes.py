"""Pushes: another velocity or place for bodies of a performance; the document stays as it is.

In a journal a push stands where a merge patch would: {"push": {"ball": {"velocity": [0, 5, 0]}}}.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from app.core.document.faults import faults
from app.core.document.grammar.matter import BODY
from app.core.document.wording import inside
from app.errors import Problem

PUSH = "push"
WORDS = ("velocity", "position")
BODIES_MAX = 64


def is_push(patch: Mapping[str, Any]) -> bool:
    """Tell whether an entry of a journal pushes bodies, and is no change of the document."""
    return PUSH in patch


def problems_of(pushes: Any, path: str) -> Iterator[Problem]:
    """Name what keeps a value from being pushes, each fault at its JSON path."""
    if not isinstance(pushes, Mapping) or not 0 < len(pushes) <= BODIES_MAX:
        yield Problem(path, f"must name 1 to {BODIES_MAX} bodies")
        return
    for name, said in pushes.items():
        here = inside(path, str(name))
        if not isinstance(said, Mapping) or not said or said.keys() - set(WORDS):
            yield Problem(here, "must be {velocity}, {position} or both")
        else:
            yield from faults(BODY, said, here)
