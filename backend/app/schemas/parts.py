"""The parts of a universe and the points of its story on the wire."""

from typing import Any, Literal, Self

from pydantic import ConfigDict, Field, RootModel, model_validator

from app.schemas.reference import ParameterOut
from app.schemas.shared import Given, PageQuery, Taken


class Merge(RootModel[dict[str, Any]]):
    """A JSON merge patch (RFC 7396): what is left out stays, null removes."""

    model_config = ConfigDict(strict=True, frozen=True)


class Whole(RootModel[dict[str, Any]]):
    """A thing as it is to be, all of it; its shape is in /api/v1/schema."""

    model_config = ConfigDict(strict=True, frozen=True)


class PartOut(Given):
    """A part of a universe as it is written; its shape is in /api/v1/schema."""

    model_config = ConfigDict(extra="allow")

    @classmethod
    def encoded(cls, view: Any) -> str:
        """Write a part as the canonical text it is."""
        return str(view.text)


class PartQuery(Taken):
    """How a part is told."""

    filled: Literal["true", "false"] = Field(
        default="false", description="true: every parameter, defaults and all"
    )


class SettingOut(Given):
    """A parameter and what it is in one universe."""

    parameter: ParameterOut
    value: Any
    said: bool = Field(description="the document says so; else it is its world's default")


class SettingsOut(Given):
    """Parameters of one universe."""

    items: tuple[SettingOut, ...]


class SettingsQuery(Taken):
    """Which parameters."""

    part: Literal["physics", "music", "visual"] | None = None


class PointIn(Taken):
    """A point of a story."""

    id: str | None = Field(
        default=None, pattern=r"^[a-z0-9-]{1,32}$", description="left out: one is given"
    )
    at: float | str = Field(description='seconds, "bar 17", "beat 3" or a span')
    title: str | None = Field(default=None, min_length=1, max_length=200)
    text: str | None = Field(default=None, max_length=2000)
    changes: dict[str, Any] | None = Field(default=None, description="parameters by path")
    over: float | str | dict[str, Any] | None = Field(default=None, description="a span")
    curve: Literal["step", "linear", "smooth"] | None = None
    harmony: float | dict[str, Any] | None = None

    @property
    def said(self) -> dict[str, Any]:
        """Return the point as a document has it."""
        return self.model_dump(exclude_none=True, exclude={"id"})


class PointOut(Given):
    """A point of a story."""

    model_config = ConfigDict(extra="allow")

    id: str
    seconds: float = Field(description="of heard time, at the document's own tempo and meter")
    at: float | str

    @model_validator(mode="before")
    @classmethod
    def _from_view(cls, view: Any) -> Any:
        if isinstance(view, dict):
            return view
        return {"id": view.id, "seconds": view.seconds, **view.value}


class PointsQuery(PageQuery):
    """Which points of a story, in which order."""

    sort: Literal["time", "title", "-time", "-title"] = "time"
    harmony_low: float | None = Field(default=None, ge=0, le=1)
    harmony_high: float | None = Field(default=None, ge=0, le=1)
    text: str | None = Field(default=None, max_length=200, description="in title or text")

    @model_validator(mode="before")
    @classmethod
    def _numbers(cls, given: Any) -> Any:
        """Read the numbers of a query, which comes as text."""
        if not isinstance(given, dict):
            return given
        return {key: _number(key, value) for key, value in given.items()}


class MoveIn(Taken):
    """Where a point goes: a time, or beside another point."""

    at: float | str | None = Field(default=None, description="the time itself")
    after: str | None = Field(default=None, max_length=32, description="behind that point")
    before: str | None = Field(default=None, max_length=32, description="before that point")

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(one is not None for one in (self.at, self.after, self.before)) != 1:
            raise ValueError("give one of `at`, `after` and `before`")
        return self


def _number(key: str, value: Any) -> Any:
    if not key.startswith("harmony_") or not isinstance(value, str):
        return value
    plain = value.replace(".", "", 1)
    return float(value) if plain.isascii() and plain.isdigit() and len(value) < 20 else value
