"""Parameters of a universe as written, by path."""

from collections.abc import Mapping
from typing import Any

from app.core.parameters import PARAMETERS, default


def value_in(data: Mapping[str, Any], path: str) -> Any:
    """Give a parameter's value, "physics.gravity"; its default where nothing is said.

    Raises KeyError for a path that is no parameter's.
    """
    row = PARAMETERS[path]
    here: Any = data
    for step in path.split("."):
        here = here.get(step) if isinstance(here, Mapping) else None
    if here is None:
        world, mapping = (_word(data.get(name)) for name in ("world", "mapping"))
        return default(path, world, mapping)
    return tuple(here) if row.kind == "vector" else here


def _word(said: Any) -> str:
    return said if isinstance(said, str) else ""
