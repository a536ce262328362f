"""From the channels of a rule's note to a wish."""

import math
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from app.core.document.rules import RuleSpec
from app.core.document.spans import Span, span_of
from app.core.mapping.channel import Channel, Memory
from app.core.mapping.measures import Measures, Sky, Subject
from app.core.mapping.want import UNTIL_NEXT, Want
from app.core.physics.event import Place

DEFAULT_VOICE = "bell"


class _Seconds(Protocol):
    def smooth(self, value: Any) -> float: ...


class Wisher:
    """Makes the wishes of one rule."""

    def __init__(
        self, spec: RuleSpec, measures: Measures, seconds: _Seconds, voices: Mapping[str, str]
    ) -> None:
        self._spec = spec
        self._voices = voices
        self._channels = {
            name: Channel(
                f"{spec.id}.{name}", name, value, measures, smooth_s=seconds.smooth(value)
            )
            for name, value in (spec.note or {}).items()
        }
        pitch = self._channels.get("pitch")
        self._exact = pitch is not None and pitch.exact and not spec.snap
        self._written = pitch is not None and pitch.written
        self._source = next(
            (self._channels[name].source for name in ("pitch", "degree") if name in self._channels),
            "",
        )

    @property
    def channels(self) -> Iterable[Channel]:
        """What the note is made of."""
        return self._channels.values()

    @property
    def constant(self) -> bool:
        """Whether no channel reads the world."""
        return not any(channel.source for channel in self._channels.values())

    def wants(
        self, subject: Subject, world: Sky, memory: Memory, base_hz: float, merged: int
    ) -> list[Want]:
        """Give the wish of one event; none where its pitch has no value."""
        event = subject.event
        assert event is not None  # struck notes come from events
        values, raw = self._values(subject, world, memory, event.tick, base_hz)
        want = self._want(values, raw, subject, world, event.tick, event.universe_time, merged)
        return [want] if want.hz == want.hz or want.degree == want.degree else []

    def held(
        self,
        subject: Subject,
        world: Sky,
        memory: Memory,
        base_hz: float,
        tick: int,
        universe_time: float,
    ) -> Want:
        """Give the wish of a note that is held now."""
        values, raw = self._values(subject, world, memory, tick, base_hz)
        return self._want(values, raw, subject, world, tick, universe_time, 1)

    def _values(
        self, subject: Subject, world: Sky, memory: Memory, tick: int, base_hz: float
    ) -> tuple[dict[str, float | str], float]:
        values: dict[str, float | str] = {}
        raw = math.nan
        for name, channel in self._channels.items():
            value, seen = channel.of(subject, world, memory, tick=tick, base_hz=base_hz)
            # A measure without a value leaves its channel as it is where no rule speaks of it.
            if value == value:
                values[name] = value
            if name in ("pitch", "degree"):
                raw = seen
        return values, raw

    def _want(
        self,
        values: dict[str, Any],
        raw: float,
        subject: Subject,
        world: Sky,
        tick: int,
        universe_time: float,
        merged: int,
    ) -> Want:
        event = subject.event
        hz, degree = values.get("pitch", math.nan), values.get("degree", math.nan)
        if self._scaled_degree():
            hz, degree = math.nan, hz
        return Want(
            tick=tick,
            offset=event.offset if event else 0.0,
            universe_time=universe_time,
            rule=self._spec.id,
            event=event.kind if event else "while",
            bodies=subject.bodies,
            place=event.place if event else _place(subject, world),
            voice=str(values.get("voice") or self._own_voice(subject)),
            hz=hz,
            degree=degree,
            exact=self._exact,
            written=self._written,
            velocity=values.get("velocity", 0.7),
            duration=_span(values.get("duration")),
            until_next=values.get("duration") == UNTIL_NEXT,
            delay=_span(values.get("onset")),
            pan=values.get("pan", 0.0),
            brightness=values.get("brightness", 0.5),
            bend=100.0 * values.get("bend", 0.0),
            source=self._source,
            raw=raw,
            merged=merged,
            held=event is None,
        )

    def _own_voice(self, subject: Subject) -> str:
        bodies = subject.bodies[:1]
        return self._voices.get(bodies[0], DEFAULT_VOICE) if bodies else DEFAULT_VOICE

    def _scaled_degree(self) -> bool:
        pitch = self._channels.get("pitch")
        return pitch is not None and getattr(pitch.value, "scale", "") == "degree"


def _span(said: float | str | None) -> Span | None:
    if said is None or said == UNTIL_NEXT:
        return None
    return span_of(said)


def _place(subject: Subject, world: Sky) -> Place:
    """Give where the body of a held note is now."""
    if not subject.bodies:
        return (0.0, 0.0, 0.0)
    return world.place(subject.bodies[0])
