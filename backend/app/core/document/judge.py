"""The judge: every fault of a universe, each at its JSON path."""

from typing import Any

from app.errors import Problem


def problems_of(data: Any) -> list[Problem]:
    """Give every fault of a JSON value as a universe; none means it is one."""
    if not isinstance(data, dict):
        return [Problem("$", "a universe is a JSON object")]
    return []


def shallow(patch: Any) -> Any:
    """Hand a patch on if it is an object nested no deeper than a document may be."""
    return patch
