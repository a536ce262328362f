"""What the API says about itself: parameters and limits."""

import json
from typing import Any

from pydantic import ConfigDict, Field

from app.schemas.shared import Given


class ParameterOut(Given):
    """One knob of a universe."""

    path: str
    name: str
    kind: str
    unit: str
    low: float | None
    high: float | None
    default: Any
    meaning: str
    choices: tuple[str, ...]
    live: bool


class ParametersOut(Given):
    """The table of every parameter."""

    items: tuple[ParameterOut, ...]


class LimitsOut(Given):
    """Every limit of this server."""

    limits: dict[str, int | str] = Field(description="names say the unit")


class SchemaOut(Given):
    """A JSON Schema, draft 2020-12."""

    model_config = ConfigDict(extra="allow")

    @classmethod
    def encoded(cls, view: Any) -> str:
        """Write a schema as it is."""
        return json.dumps(view, ensure_ascii=False)
