"""What the API says about itself: parameters and limits."""

import json
from typing import Any, Literal

from pydantic import ConfigDict, Field

from app.core.parameters import Parameter
from app.schemas.shared import Given, Taken


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


class ParametersQuery(Taken):
    """Which parameters."""

    part: Literal["physics", "music", "visual"] | None = None
    kind: Literal["number", "vector", "word", "flag", "form"] | None = None
    live: Literal["true", "false"] | None = Field(
        default=None, description="whether story and `set` rules may move it"
    )
    text: str | None = Field(default=None, max_length=80, description="in path or meaning")

    def takes(self, row: Parameter) -> bool:
        """Tell whether a parameter is among them."""
        return (
            self.part in (None, row.path.split(".")[0])
            and self.kind in (None, row.kind)
            and self.live in (None, str(row.live).lower())
            and (self.text or "").casefold() in f"{row.path} {row.meaning}".casefold()
        )


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
