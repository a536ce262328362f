"""A channel of a rule: from what a measure is worth to what the note, or parameter, gets."""

import math
from collections.abc import Iterator
from typing import Any

from app.core.document.pitches import is_pitch
from app.core.document.values import Constant, Mapped, Value
from app.core.mapping.measures import Domain, Measures, Sky, Subject
from app.core.mapping.pitch import hertz
from app.core.mapping.scales import Way, between, folded, percentile, stepped
from app.core.numbers.grid import TICKS_PER_SECOND
from app.core.numbers.powers import exp
from app.core.parameters import PARAMETERS

# Where a mapped value goes when the rule names no range.
RANGES: dict[str, Domain] = {
    "pitch": (130.8127826502993, 1046.5022612023945),  # C3 to C6
    "velocity": (0.3, 1.0),
    "pan": (-1.0, 1.0),
    "brightness": (0.0, 1.0),
    "duration": (0.1, 2.0),  # seconds
    "onset": (0.0, 0.5),  # seconds
    "bend": (-1.0, 1.0),  # semitones
    "hue": (0.0, 360.0),  # degrees
    "lightness": (0.1, 1.0),
    "size": (0.5, 3.0),
    "glow": (0.0, 1.0),
    "trail": (0.0, 1.0),
    "opacity": (0.1, 1.0),
}
LIMITS: dict[str, Domain] = {
    "velocity": (0.0, 1.0),
    "pan": (-1.0, 1.0),
    "brightness": (0.0, 1.0),
    "duration": (0.005, math.inf),
    "onset": (0.0, 60.0),
    "degree": (-128.0, 128.0),
    "bend": (-24.0, 24.0),
    "hue": (0.0, 360.0),
    "lightness": (0.0, 1.0),
    "size": (0.1, 10.0),
    "glow": (0.0, 1.0),
    "trail": (0.0, 1.0),
    "opacity": (0.0, 1.0),
}
# A channel remembers this many values to know how far its measure reaches.
MEMORY = 128
LEARNT_WIDTH = 0.2
PITCHES_HZ = (8.0, 20_000.0)


class Memory:
    """What channels have learnt: recent values by stream, and where smoothing stands."""

    def __init__(self) -> None:
        self.seen: dict[str, list[float]] = {}
        self.smooth: dict[str, tuple[int, float]] = {}

    def learn(self, key: str, value: float) -> list[float]:
        """Add a value to those seen and give them, oldest first."""
        values = self.seen.setdefault(key, [])
        if not math.isnan(value):
            values.append(value)
            del values[:-MEMORY]
        return values

    def snapshot(self) -> dict[str, Any]:
        """Give everything remembered, as plain values."""
        return {
            "seen": {key: list(values) for key, values in self.seen.items()},
            "smooth": {key: list(pair) for key, pair in self.smooth.items()},
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self.seen = {key: [float(v) for v in values] for key, values in state["seen"].items()}
        self.smooth = {key: (int(t), float(v)) for key, (t, v) in state["smooth"].items()}


class Channel:
    """Evaluates one channel; its place in the rules names what it has learnt."""

    def __init__(
        self, key: str, name: str, value: Value, measures: Measures, *, smooth_s: float = 0.0
    ) -> None:
        self.key = key
        self.name = name
        self.value = value
        self.smooth_s = smooth_s
        self._measures = measures
        self._read = measures.reader(self.source)
        self._reference = Subject((value.body,) if isinstance(value, Mapped) else ())
        # A pitch said as a degree of the scale is no frequency yet.
        self._pitch = name == "pitch" and getattr(value, "scale", "") != "degree"
        scaled = name == "pitch" and not self._pitch
        self._limits = PITCHES_HZ if self._pitch else _limits("degree" if scaled else name)
        self._ways: tuple[Domain, Way] | None = None  # of the last domain
        self._bounds: tuple[float, Domain] | None = None  # the range, by the pitch of A4
        self._constant: tuple[float, float | str] | None = None  # likewise

    @property
    def source(self) -> str:
        """The measure it reads; "" of a constant."""
        return self.value.source if isinstance(self.value, Mapped) else ""

    @property
    def exact(self) -> bool:
        """Whether it gives intervals that must stay as they are."""
        return isinstance(self.value, Mapped) and self.value.scale == "ratio"

    @property
    def written(self) -> bool:
        """Whether its author wrote the very pitches."""
        return isinstance(self.value, Constant) or self.value.scale == "list"

    def reads(self, subject: Subject) -> Iterator[tuple[str, Subject]]:
        """Give the measures it reads for a subject, each with whom it is asked of."""
        if isinstance(self.value, Mapped):
            yield self.value.source, subject
            if self.value.scale == "ratio" and self.value.value is None:
                yield self.value.source, self._reference

    def of(
        self, subject: Subject, world: Sky, memory: Memory, *, tick: int, base_hz: float
    ) -> tuple[float | str, float]:
        """Give the channel's value and the raw measure it came from (nan of a constant)."""
        if isinstance(self.value, Constant):
            if self._constant is None or self._constant[0] != base_hz:
                self._constant = (base_hz, self._said(self.value.value, base_hz))
            return self._constant[1], math.nan
        raw = _finite(self._read(subject, world))
        found = self._mapped(self.value, raw, world, memory, base_hz)
        # What has no value leaves no trace: it must not be remembered by the smoothing.
        if isinstance(found, str) or not math.isfinite(found):
            return found if isinstance(found, str) else math.nan, raw
        if self.value.fold is not None:
            low, high = (self._number(bound, base_hz) for bound in self.value.fold)
            found = folded(found, low, high)
        if self.smooth_s > 0.0:
            found = self._smoothed(found, subject, memory, tick)
        return self._limited(found), raw

    def _said(self, said: float | str, base_hz: float) -> float | str:
        if self._pitch and (is_pitch(said) or not isinstance(said, str)):
            return self._limited(hertz(said, base_hz=base_hz))
        return said if isinstance(said, str) else self._limited(float(said))

    def _number(self, said: float | str, base_hz: float) -> float:
        return hertz(said, base_hz=base_hz) if is_pitch(said) else float(said)

    def _mapped(
        self, spec: Mapped, raw: float, world: Sky, memory: Memory, base_hz: float
    ) -> float | str:
        if spec.scale == "list":
            item = spec.items[0 if math.isnan(raw) else math.floor(raw + 0.5) % len(spec.items)]
            return self._said(item, base_hz)
        if spec.scale == "ratio":
            return self._ratio(spec, raw, world, base_hz)
        if spec.range is None and (spec.scale == "degree" or self.name == "degree"):
            return raw
        if spec.range is None and spec.scale == "quantize":
            return stepped(raw, spec.step)
        return self._ranged(spec, raw, memory, base_hz)

    def _ratio(self, spec: Mapped, raw: float, world: Sky, base_hz: float) -> float:
        reference = spec.value
        if reference is None:
            reference = self._read(self._reference, world)
        # Whoever goes round the other way sings the same interval.
        ratio = abs(raw / reference) if reference else math.nan
        anchor = self._number(spec.anchor, base_hz)
        return anchor / ratio if spec.invert and ratio else anchor * ratio

    def _ranged(self, spec: Mapped, raw: float, memory: Memory, base_hz: float) -> float:
        u = self._way(spec, self._domain(spec, raw, memory)).part(raw)
        u = 1.0 - u if spec.invert else u
        if self._bounds is None or self._bounds[0] != base_hz:
            self._bounds = (base_hz, self._range(spec, base_hz))
        low, high = self._bounds[1]
        found = between(u, low, high, as_pitch=self._pitch)
        return stepped(found, spec.step) if spec.scale == "quantize" else found

    def _way(self, spec: Mapped, domain: Domain) -> Way:
        if self._ways is None or self._ways[0] != domain:
            made = Way(spec.scale, *domain, power=spec.power, clamp=spec.clamp)
            self._ways = (domain, made)
        return self._ways[1]

    def _range(self, spec: Mapped, base_hz: float) -> Domain:
        if spec.range is not None:
            low, high = spec.range
            return self._number(low, base_hz), self._number(high, base_hz)
        return RANGES.get(self.name) or self._measures.domain(self.name) or (0.0, 1.0)

    def _domain(self, spec: Mapped, raw: float, memory: Memory) -> Domain:
        low, high = spec.domain or self._measures.domain(spec.source) or ("0%", "100%")
        if not isinstance(low, str) and not isinstance(high, str):
            return low, high
        seen = sorted(memory.learn(self.key, raw)) or [0.0]
        found = [
            percentile(seen, float(bound.rstrip("%"))) if isinstance(bound, str) else bound
            for bound in (low, high)
        ]
        return _widened(found[0], found[1])

    def _smoothed(self, value: float, subject: Subject, memory: Memory, tick: int) -> float:
        key = f"{self.key}/{subject.bodies[0]}" if subject.bodies else self.key
        then, before = memory.smooth.get(key, (tick, value))
        share = exp(-(tick - then) / (self.smooth_s * TICKS_PER_SECOND))
        value = value + (before - value) * share
        memory.smooth[key] = (tick, value)
        return value

    def _limited(self, value: float) -> float:
        low, high = self._limits
        return low if value < low else high if value > high else value


def _finite(value: float) -> float:
    """Give a measure; what is beyond all numbers, the period of a body that left, has no value."""
    return value if math.isfinite(value) else math.nan


def _limits(name: str) -> Domain:
    """Give what a channel may be at all: a parameter keeps the bounds of its table."""
    row = PARAMETERS.get(name)
    if row is None or row.low is None or row.high is None:
        return LIMITS.get(name, (-math.inf, math.inf))
    return row.low, row.high


def _widened(low: float, high: float) -> Domain:
    """Give learnt bounds apart by a fifth of their size: what hardly varies must not seem to."""
    least = LEARNT_WIDTH * max(abs(low), abs(high))
    lacking = 0.5 * max(least - (high - low), 0.0)
    return low - lacking, high + lacking
