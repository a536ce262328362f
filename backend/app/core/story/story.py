"""The story: which parameters a universe changes by itself, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.document import Document
from app.core.document.music import bar_beats, meter_of
from app.core.document.points import PointSpec, points
from app.core.document.spans import Span
from app.core.story.clock import Clock


@dataclass(frozen=True, slots=True)
class Reached:
    """A point of the story is reached within a tick, when `offset` of it has gone by."""

    point: str
    title: str
    text: str
    tick: int
    offset: float  # 0 <= offset < 1


@dataclass(frozen=True, slots=True)
class _Change:
    """One parameter on its way from a value to another."""

    path: str
    unit: str  # second | beat | bar: what start and length are counted in
    start: float
    length: float  # 0: at once
    curve: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Story:
    """The points of a universe's story, ready to be asked tick by tick; it holds no state."""

    points: tuple[PointSpec, ...]  # in order of time
    changes: tuple[_Change, ...]

    @classmethod
    def of(cls, document: Document) -> "Story":
        """Give the story of a universe.

        A change starts from where the change before it ends, or from the document. A span in
        another unit than its point's counts at the document's own tempo and meter.
        """
        pace = {
            "tempo": float(document.value("music.tempo")),
            "bar_beats": bar_beats(meter_of(document.value("music.meter"))),
        }
        order = tuple(sorted(points(document), key=lambda one: (one.at.beats(**pace), one.id)))
        standing: dict[str, Any] = {}
        changes: list[_Change] = []
        for point in order:
            length = _in_unit(point.over, point.at.unit, pace)
            for path, after in sorted(point.changes.items()):
                before = standing.get(path, document.value(path))
                changes.append(
                    _Change(
                        path, point.at.unit, point.at.amount, length, point.curve, before, after
                    )
                )
                standing[path] = after
        return cls(order, tuple(changes))

    def at(self, clock: Clock, tick: int) -> dict[str, Any]:
        """Give the parameters this tick changes, by path; hand them to `clock.changed` first.

        A change at once shows at the first tick that is not before it; a ramp at every tick on
        the way, and at the end exactly what was asked for.
        """
        if not self.changes:
            return {}
        now, last = clock.moments(tick), clock.moments(tick - 1)
        return {
            change.path: _value(change, now[change.unit])
            for change in self.changes
            if change.start <= now[change.unit]
            and (last[change.unit] < change.start + change.length or tick == 0)
        }

    def reached(self, clock: Clock, tick: int) -> tuple[Reached, ...]:
        """Give the points reached within this tick, in order, by the clock that rules it."""
        if not self.points:
            return ()
        now, then = clock.moments(tick), clock.moments(tick + 1)
        found = [
            Reached(point.id, point.title, point.text, tick, _part(point.at, now, then))
            for point in self.points
            if now[point.at.unit] <= point.at.amount < then[point.at.unit]
        ]
        return tuple(sorted(found, key=lambda one: one.offset))


def _part(at: Span, now: Mapping[str, float], then: Mapping[str, float]) -> float:
    gone = (at.amount - now[at.unit]) / (then[at.unit] - now[at.unit])
    return min(gone, 1.0 - 2.0**-53)


def _in_unit(span: Span, unit: str, pace: Mapping[str, float]) -> float:
    if span.unit == unit:
        return span.amount
    if unit == "second":
        return span.seconds(**pace)
    return span.beats(**pace) / (pace["bar_beats"] if unit == "bar" else 1.0)


def _value(change: _Change, now: float) -> Any:
    gone = now - change.start
    if gone >= change.length or change.curve == "step":
        return change.after
    part = gone / change.length
    if change.curve == "smooth":
        part = part * part * (3.0 - 2.0 * part)
    return _between(change.before, change.after, part)


def _between(before: Any, after: Any, part: float) -> Any:
    """Give the value on the way; words and the like change at once."""
    if isinstance(before, list | tuple) and isinstance(after, list | tuple):
        return tuple(_between(a, b, part) for a, b in zip(before, after, strict=True))
    if _is_number(before) and _is_number(after):
        return before + (after - before) * part
    return after


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
