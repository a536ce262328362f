"""Exports on the wire."""

from datetime import datetime
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from app.core.audio.mastering import LOUDNESS_MAX, LOUDNESS_MIN
from app.schemas.shared import Given, Identifier, Taken

TICKS_PER_SECOND = 120


class RenderIn(Taken):
    """A stretch of sound to be rendered."""

    universe_id: Identifier
    seconds: float | None = Field(default=None, gt=0, le=36_000, allow_inf_nan=False)
    ticks: int | None = Field(default=None, ge=1, le=2**31, description="exact; or `seconds`")
    start: int = Field(default=0, ge=0, le=2**40, description="tick")
    journal: Identifier | None = Field(
        default=None, description="a room's journal, with its edits; null: the document as it is"
    )
    seed: int | None = Field(default=None, ge=0, le=2**53 - 1)
    format: Literal["wav"] = "wav"
    encoding: Literal["pcm16", "float32"] = "pcm16"
    loudness: float | None = Field(
        default=None,
        ge=LOUDNESS_MIN,
        le=LOUDNESS_MAX,
        allow_inf_nan=False,
        description="LUFS to bring it to by one constant gain: -14, -16, -23; null: as heard",
    )

    @model_validator(mode="after")
    def _one_length(self) -> Self:
        if (self.seconds is None) == (self.ticks is None):
            raise ValueError("give either `seconds` or `ticks`")
        return self

    @property
    def length(self) -> int:
        """The whole number of ticks that was asked for."""
        return self.ticks or max(1, round((self.seconds or 0) * TICKS_PER_SECOND))

    @property
    def options(self) -> dict[str, Any]:
        """How the file is to be written."""
        said: dict[str, Any] = {"encoding": self.encoding}
        return said if self.loudness is None else said | {"loudness": self.loudness}


class StillIn(Taken):
    """A picture of one moment."""

    universe_id: Identifier
    tick: int = Field(default=0, ge=0, le=2**40)
    journal: Identifier | None = None
    seed: int | None = Field(default=None, ge=0, le=2**53 - 1)
    width: int = Field(default=1280, ge=16, le=2560)
    height: int = Field(default=800, ge=16, le=1600)
    format: Literal["png"] = "png"


class ErrorOut(Given):
    """Why an export failed."""

    code: str
    message: str


class SoundOut(Given):
    """How loud a render became, where a loudness was asked for."""

    loudness: float = Field(description="reached, LUFS integrated by EBU R 128")
    true_peak_db: float = Field(description="reached, dBTP")
    gain_db: float = Field(description="the constant gain that was applied")
    limited: bool = Field(description="whether peaks had to make room")


class JobOut(Given):
    """An export and how far it is."""

    id: UUID
    kind: str
    universe_id: UUID
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    progress: float = Field(ge=0, le=1)
    price: int = Field(description="ticks times bodies")
    size: int | None
    sha256: str | None
    error: ErrorOut | None
    sound: SoundOut | None = Field(description="where a loudness was asked for and it is done")
    file: str | None = Field(description="where it is fetched, once it is done")
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    expires_at: datetime | None

    @model_validator(mode="before")
    @classmethod
    def _from_view(cls, view: Any) -> Any:
        if isinstance(view, dict):
            return view
        own = {name: getattr(view, name) for name in cls.model_fields if hasattr(view, name)}
        room = "audio/renders" if view.kind == "wav" else "visualizations/stills"
        error = {"code": view.error_code, "message": view.error_message or ""}
        return own | {
            "error": error if view.error_code else None,
            "sound": view.report.get("sound"),
            "file": f"/api/v1/{room}/{view.id}/file" if view.state == "done" else None,
        }
