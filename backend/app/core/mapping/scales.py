"""Scales: how a measure between two bounds becomes a part of the way, 0 to 1."""

import math
from collections.abc import Sequence

from app.core.numbers import powers

CURVED = ("log", "sqrt", "asinh", "sinh", "pow")


def shaped(scale: str, x: float, *, power: float = 1.0) -> float:
    """Bend a number by a scale; every scale but log is odd, so that signs are kept."""
    if scale == "log":
        return powers.log(x)
    if scale not in CURVED:
        return x
    size = abs(x)
    if scale == "sqrt":
        bent = math.sqrt(size)
    elif scale == "asinh":
        bent = powers.log(size + math.sqrt(size * size + 1.0))
    elif scale == "sinh":
        bent = 0.5 * (powers.exp(size) - powers.exp(-size))
    else:
        bent = powers.power(size, power)
    return math.copysign(bent, x)


class Way:
    """How far something is from low to high, as a scale counts: 0 at low, 1 at high.

    A domain without width has no parts: everything lies in its middle. A logarithm over a domain
    that reaches zero has nowhere to start, and counts in plain steps.
    """

    __slots__ = ("_clamp", "_flat", "_least", "_power", "_scale", "_start", "_width")

    def __init__(
        self, scale: str, low: float, high: float, *, power: float = 1.0, clamp: bool = True
    ) -> None:
        level = scale == "log" and (low <= 0.0 or high <= 0.0)
        self._scale = "" if level or scale not in CURVED else scale
        self._power, self._clamp, self._least = power, clamp, min(low, high)
        self._start, end = (shaped(self._scale, bound, power=power) for bound in (low, high))
        self._flat, self._width = self._start == end, end - self._start

    def part(self, x: float) -> float:
        """Give how far x is."""
        if self._flat:
            return 0.5
        if self._scale:
            x = self._least if self._scale == "log" and x <= 0.0 else x
            x = shaped(self._scale, x, power=self._power)
        found = (x - self._start) / self._width
        if self._clamp:
            return 0.0 if found < 0.0 else 1.0 if found > 1.0 else found
        return found


def between(u: float, low: float, high: float, *, as_pitch: bool = False) -> float:
    """Give the number so far from low to high; pitches are crossed in equal intervals."""
    if u == 0.0 or low == high:
        return low
    if u == 1.0:
        return high
    return low * powers.power(high / low, u) if as_pitch else low + u * (high - low)


def stepped(x: float, step: float) -> float:
    """Give the nearest multiple of a step; of two, the higher. What is no number stays none."""
    if step <= 0.0 or not math.isfinite(x / step):
        return x
    return math.floor(x / step + 0.5) * step


def percentile(ordered: Sequence[float], percent: float) -> float:
    """Give a percentile of ascending numbers, straight between neighbours."""
    place = (len(ordered) - 1) * percent / 100.0
    below = min(int(place), len(ordered) - 1)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def folded(hz: float, low: float, high: float) -> float:
    """Bring a pitch between two others by octaves; where the gap is under an octave, above low.

    What is no pitch, zero or below, has no octaves and stays as it is.
    """
    if not 0.0 < hz < math.inf:
        return hz
    while hz > high:
        hz *= 0.5
    while hz < low:
        hz *= 2.0
    return hz
