"""Wishes that wait: for their delay to pass, or for their line of the grid."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.document.spans import Span
from app.core.mapping.want import Want
from app.core.music.note import Step
from app.core.music.rhythm import Grid
from app.core.numbers.grid import TICKS_PER_SECOND
from app.core.story.clock import Clock


@dataclass(frozen=True, slots=True)
class Due:
    """A wish whose moment has come, and the exact moment."""

    want: Want
    tick: int
    offset: float
    steps: tuple[Step, ...] = ()

    @property
    def order(self) -> tuple[float, str, tuple[str, ...]]:
        """Ties are broken by time, rule, body."""
        return (self.offset, self.want.rule, self.want.bodies)


class Waiting:
    """The wishes not heard yet."""

    def __init__(self) -> None:
        self._delayed: list[Want] = []
        self._lined: list[tuple[float, float, Want]] = []  # line, beat of the event, wish

    def __bool__(self) -> bool:
        return bool(self._delayed or self._lined)

    def due(
        self, wants: Sequence[Want], grid: Grid, clock: Clock, tick: int, *, bar_beats: float = 4.0
    ) -> list[Due]:
        """Take in a tick's wishes and give those whose moment falls into it, in order."""
        fresh = [want for want in self._delayed if want.tick == tick]
        self._delayed = [want for want in self._delayed if want.tick > tick]
        for want in wants:
            later = _delayed(want, clock, bar_beats)
            (fresh if later.tick == tick else self._delayed).append(later)
        found = []
        for want in fresh:
            if grid.step > 0.0 and not want.at_once:
                beat = clock.instant(tick, want.offset).beat
                self._lined.append((grid.line_from(beat), beat, want))
            else:
                found.append(Due(want, tick, want.offset))
        return sorted(found + self._reached(clock, tick), key=lambda one: one.order)

    def _reached(self, clock: Clock, tick: int) -> list[Due]:
        if not self._lined:
            return []
        start, end = clock.instant(tick).beat, clock.instant(tick + 1).beat
        now = [one for one in self._lined if one[0] < end]
        self._lined = [one for one in self._lined if one[0] >= end]
        return [
            Due(
                want,
                tick,
                min(max((line - start) / (end - start), 0.0), 1.0 - 1e-9),
                (Step("grid", beat, line, f"waits for beat {line + 1.0:g}"),),
            )
            for line, beat, want in now
        ]

    def snapshot(self) -> dict[str, Any]:
        """Give what waits, as plain values."""
        return {
            "delayed": [dataclasses.asdict(want) for want in self._delayed],
            "lined": [[line, beat, dataclasses.asdict(want)] for line, beat, want in self._lined],
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self._delayed = [_want(said) for said in state["delayed"]]
        self._lined = [
            (float(line), float(beat), _want(said)) for line, beat, said in state["lined"]
        ]


def _delayed(want: Want, clock: Clock, bar_beats: float) -> Want:
    """Give the wish at its onset: `delay` after its event."""
    if want.delay is None:
        return want
    beats = clock.instant(want.tick + 1).beat - clock.instant(want.tick).beat
    tempo = beats * TICKS_PER_SECOND * 60.0
    ticks = want.delay.seconds(tempo=tempo, bar_beats=bar_beats) * TICKS_PER_SECOND + want.offset
    whole = int(ticks)
    return dataclasses.replace(want, tick=want.tick + whole, offset=ticks - whole, delay=None)


def _want(said: Mapping[str, Any]) -> Want:
    fields = dict(said)
    for name in ("duration", "delay"):
        fields[name] = None if fields[name] is None else Span(**fields[name])
    x, y, z = fields["place"]
    fields["place"] = (float(x), float(y), float(z))
    fields["bodies"] = tuple(fields["bodies"])
    return Want(**fields)
