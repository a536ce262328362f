"""Every parameter has one row in one table."""

from collections.abc import Mapping
from typing import Any

from app.core.parameters import music, physics, visual
from app.core.parameters.parameter import Parameter
from app.core.parameters.presets import MAPPINGS, WORLDS

PARAMETERS: Mapping[str, Parameter] = {
    row.path: row for rows in (physics.ROWS, music.ROWS, visual.ROWS) for row in rows
}


def default(path: str, world: str = "", mapping: str = "") -> Any:
    """Give what a parameter is where a document says nothing, in the world and mapping it names.

    Raises KeyError for a path that is no parameter's.
    """
    own = {**WORLDS.get(world, {}), **MAPPINGS.get(mapping, {})}
    return own.get(path, PARAMETERS[path].default)


__all__ = ["MAPPINGS", "PARAMETERS", "WORLDS", "Parameter", "default"]
