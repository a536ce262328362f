"""The clock: from whole ticks to universe time, beats and bars, and back."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.core.document import Document
from app.core.document.music import bar_beats, meter_of
from app.core.document.worlds import clock as clock_of
from app.core.numbers.grid import TICKS_PER_SECOND

# The parameters that say how fast time runs; a change of any other leaves a clock as it is.
PACE = ("music.tempo", "music.meter", "physics.time_scale")


@dataclass(frozen=True, slots=True)
class Instant:
    """One moment on every scale, all counted from tick 0."""

    universe_time: float  # clock units
    beat: float  # quarter notes gone by
    bar: float  # bars gone by; "bar 17" of a score is 16.0


@dataclass(frozen=True, slots=True)
class Clock:
    """A segment of constant rate: anchor + ticks · rate, never an accumulated float.

    A change of tempo, meter or rate gives a new clock anchored where the old one stood, so the
    scales are continuous and nothing drifts however long a segment lasts.
    """

    tempo: float  # beats a minute
    bar_beats: float  # beats a bar
    rate: float  # clock units per heard second or beat, time_scale not in it
    per: str  # second | beat
    time_scale: float
    epoch: float  # date at tick 0, clock units
    anchor_tick: int = 0
    anchor: Instant = Instant(0.0, 0.0, 0.0)
    # The tick before the anchor, as the segment before this one had it.
    prior: Instant | None = None

    @classmethod
    def of(cls, document: Document) -> "Clock":
        """Give the clock a universe starts with."""
        said = clock_of(document)
        scale = float(document.value("physics.time_scale"))
        return cls(
            tempo=float(document.value("music.tempo")),
            bar_beats=bar_beats(meter_of(document.value("music.meter"))),
            rate=float(document.data.get("clock", {}).get("rate", 1.0)),
            per=said.per,
            time_scale=scale,
            epoch=said.epoch,
        )

    @property
    def beats_per_tick(self) -> float:
        """Beats that go by in a tick."""
        return self.tempo / (60.0 * TICKS_PER_SECOND)

    @property
    def units_per_tick(self) -> float:
        """Universe time that goes by in a tick, clock units."""
        each = self.beats_per_tick if self.per == "beat" else 1.0 / TICKS_PER_SECOND
        return self.rate * self.time_scale * each

    def instant(self, tick: int, offset: float = 0.0) -> Instant:
        """Give the moment of a tick and the part of it gone by, 0 <= offset <= 1."""
        if self.prior is not None and tick == self.anchor_tick - 1 and offset == 0.0:
            return self.prior
        gone = (tick - self.anchor_tick) + offset
        beats = gone * self.beats_per_tick
        return Instant(
            universe_time=self.anchor.universe_time + gone * self.units_per_tick,
            beat=self.anchor.beat + beats,
            bar=self.anchor.bar + beats / self.bar_beats,
        )

    def moments(self, tick: int, offset: float = 0.0) -> dict[str, float]:
        """Give a moment in every unit a span may have: seconds heard, beats, bars."""
        now = self.instant(tick, offset)
        return {"second": (tick + offset) / TICKS_PER_SECOND, "beat": now.beat, "bar": now.bar}

    def count(self, tick: int) -> tuple[int, float, float, float]:
        """Give what the universe times from a tick on are counted from: the same as instant does.

        Ticks gone since the anchor, units a tick, the anchor's time, that of the tick before it.
        """
        unit, anchor = self.units_per_tick, self.anchor.universe_time
        before = anchor - unit if self.prior is None else self.prior.universe_time
        return tick - self.anchor_tick, unit, anchor, before

    def tick_of_time(self, universe_time: float) -> tuple[int, float]:
        """Give the tick and offset, 0 <= offset < 1, of a universe time in this segment."""
        return self._tick((universe_time - self.anchor.universe_time) / self.units_per_tick)

    def tick_of_beat(self, beat: float) -> tuple[int, float]:
        """Give the tick and offset, 0 <= offset < 1, of a beat in this segment."""
        return self._tick((beat - self.anchor.beat) / self.beats_per_tick)

    def changed(self, tick: int, to: Document | Mapping[str, Any]) -> "Clock":
        """Give the clock from `tick` on, with the pace of a document or of changed parameters.

        Parameters that are not about pace are passed over. Time itself goes on where it was.
        """
        pace = _pace_of(to)
        if all(getattr(self, name) == value for name, value in pace.items()):
            return self
        return replace(
            self,
            **pace,
            anchor_tick=tick,
            anchor=self.instant(tick),
            prior=self.prior if tick == self.anchor_tick else self.instant(tick - 1),
        )

    def snapshot(self) -> dict[str, Any]:
        """Give the clock as plain numbers and words."""
        return asdict(self)

    @classmethod
    def restore(cls, state: Mapping[str, Any]) -> "Clock":
        """Give back the clock of a snapshot."""
        prior = state["prior"]
        moments = {"anchor": Instant(**state["anchor"]), "prior": prior and Instant(**prior)}
        return cls(**{**state, **moments})

    def _tick(self, gone: float) -> tuple[int, float]:
        whole = math.floor(gone)
        offset = gone - whole
        # A hair below a tick rounds up to it.
        return (
            (self.anchor_tick + whole + 1, 0.0)
            if offset >= 1.0
            else (self.anchor_tick + whole, offset)
        )


def _pace_of(to: Document | Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(to, Document):
        fresh = Clock.of(to)
        names = ("tempo", "bar_beats", "rate", "per", "time_scale", "epoch")
        return {name: getattr(fresh, name) for name in names}
    pace: dict[str, Any] = {}
    if "music.tempo" in to:
        pace["tempo"] = float(to["music.tempo"])
    if "music.meter" in to:
        pace["bar_beats"] = bar_beats(meter_of(to["music.meter"]))
    if "physics.time_scale" in to:
        pace["time_scale"] = float(to["physics.time_scale"])
    return pace
