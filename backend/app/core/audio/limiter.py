"""A look-ahead limiter that hears both sides as one, and the peaks between the samples.

Eight samples are a group. A group needs the gain that brings its true peak to the ceiling; the floor
of a group is the least need of the 26 groups to come, let go slowly; the gain is a mean of the last 26
floors, weighted as a triangle. So it is down before the peak is there, without a corner, and never above the need.
"""

import numpy as np

from app.core.audio.layout import (
    GROUP,
    GROUPS,
    SMOOTH,
    TAPS,
    TICK,
    Array,
    Record,
)
from app.core.numbers.angles import sin
from app.core.numbers.grid import LOOKAHEAD_SAMPLES
from app.core.numbers.kernel import inner, kernel

# -1.8 dB: four points a sample miss up to 0.5 dB of a tone at 20 kHz, and -1 dBTP is promised.
CEILING = 0.8128305161640993
_LET_GO = 0.0013879243  # of the way back a group: 120 ms
_WEIGHTS = np.array([min(k + 1, SMOOTH - k) for k in range(SMOOTH)]) / (
    SMOOTH / 2 * (SMOOTH / 2 + 1)
)
_CALM = 3  # ticks after which all needs and floors that count are one
_PHASES = 3
_BETA = 6.5
_PI = 3.141592653589793


def _bessel(x: float) -> float:
    """Give the modified Bessel function of order 0, by its series."""
    total, term, k = 1.0, 1.0, 1
    while term > 1e-17 * total:
        term *= (x / (2 * k)) ** 2
        total, k = total + term, k + 1
    return total


@kernel
def _sinc(x: float) -> float:
    return sin(_PI * x) / (_PI * x)


def filters() -> Array:
    """Give the three filters that look between two samples, (3, TAPS): a Kaiser-windowed sinc."""
    out = np.zeros((_PHASES, TAPS))
    half = TAPS / 2
    for phase in range(_PHASES):
        for tap in range(TAPS):
            x = tap - (half - 1) - (phase + 1) / 4
            window = _bessel(_BETA * float(np.sqrt(max(1 - (x / half) ** 2, 0.0)))) / _bessel(_BETA)
            out[phase, tap] = _sinc(x) * window
        out[phase] /= sum(out[phase].tolist())
    return out


@inner
def _keep(held: Array, left: Array, right: Array) -> None:
    """Shift a tick into what is held."""
    older = held.shape[1] - TICK
    for channel in range(2):
        signal = left if channel == 0 else right
        row = held[channel]
        for j in range(older):
            row[j] = row[j + TICK]
        for j in range(TICK):
            row[older + j] = signal[j]


@inner
def _loudest(left: Array, right: Array) -> float:
    """Give the largest absolute sample of a tick; four at a time need not wait for each other."""
    a, b, c, d = 0.0, 0.0, 0.0, 0.0
    for j in range(0, TICK, 2):
        a = max(a, abs(left[j]))
        b = max(b, abs(left[j + 1]))
        c = max(c, abs(right[j]))
        d = max(d, abs(right[j + 1]))
    return max(max(a, b), max(c, d))


@inner
def _between(row: Array, begin: int, taps: Array, out: Array) -> None:
    """Fill `out` with the signal at one phase between the samples from `begin` on."""
    for j in range(TICK):
        out[j] = 0.0
    x = row[begin - (TAPS // 2 - 1) :]
    for k in range(0, TAPS, 4):
        a, b, c, d = taps[k], taps[k + 1], taps[k + 2], taps[k + 3]
        for j in range(TICK):
            out[j] += (a * x[j + k] + b * x[j + k + 1]) + (c * x[j + k + 2] + d * x[j + k + 3])


@inner
def _peaks(held: Array, taps: Array, work: Array) -> None:
    """Write the true peak around each of the tick's samples to work[0]."""
    begin = held.shape[1] - TAPS // 2 - TICK
    peak, between = work[0], work[1]
    for j in range(TICK):
        peak[j] = max(abs(held[0, begin + j]), abs(held[1, begin + j]))
    for channel in range(2):
        for phase in range(_PHASES):
            _between(held[channel], begin, taps[phase], between)
            for j in range(TICK):
                peak[j] = max(peak[j], abs(between[j]))


@inner
def _needs(needs: Array, peak: Array) -> None:
    """Shift the needs by a tick and add those of the new groups."""
    older = len(needs) - GROUPS
    for i in range(older):
        needs[i] = needs[i + GROUPS]
    for i in range(GROUPS):
        loudest = CEILING
        for j in range(GROUP):
            loudest = max(loudest, peak[i * GROUP + j])
        needs[older + i] = CEILING / loudest


@inner
def _floors(needs: Array, floors: Array, least: Array) -> None:
    """Shift the floors by a tick and add the new ones."""
    older = len(floors) - GROUPS
    last = floors[len(floors) - 1]
    for i in range(older):
        floors[i] = floors[i + GROUPS]
    # The least of 2, 4, 8, 16 neighbours in turn, then of two such sixteens: all of 27.
    reach = 1
    while reach < 16:
        for i in range(len(needs) - reach):
            least[i] = (
                min(needs[i], needs[i + reach]) if reach == 1 else min(least[i], least[i + reach])
            )
        reach *= 2
    for i in range(GROUPS):
        need = min(least[i], least[i + SMOOTH + 1 - 16])
        last = min(last + (1.0 - last) * _LET_GO, need)
        last = last if last < 1.0 - 1e-9 else 1.0
        floors[older + i] = last


@inner
def _apply(d: Record, left: Array, right: Array, gains: Array) -> None:
    """Write the tick that left the look-ahead, times its gain."""
    begin = d.held.shape[1] - LOOKAHEAD_SAMPLES - TICK
    for i in range(GROUPS):
        gains[i] = 0.0
    for k in range(SMOOTH):
        weight, floors = _WEIGHTS[k], d.floors[k:]
        for i in range(GROUPS):
            gains[i] += weight * floors[i]
    gain = d.gain
    for i in range(GROUPS):
        step = (gains[i] - gain) / GROUP
        for j in range(i * GROUP, (i + 1) * GROUP):
            now = gain + step * (j - i * GROUP)
            left[j] = d.held[0, begin + j] * now
            right[j] = d.held[1, begin + j] * now
        gain = gains[i]
    d.gain = gain


@inner
def _pass(held: Array, left: Array, right: Array) -> None:
    """Write the tick that left the look-ahead as it is."""
    begin = held.shape[1] - LOOKAHEAD_SAMPLES - TICK
    for j in range(TICK):
        left[j] = held[0, begin + j]
        right[j] = held[1, begin + j]


@kernel
def limit(d: Record, taps: Array, reach: float, left: Array, right: Array, work: Array) -> None:
    """Delay a tick by the look-ahead and hold its true peak under -1 dB, in place.

    Args:
        d: the desk.
        taps: (3, TAPS) from `filters`; `reach` is the most they can make of samples below one.
        left, right: (400,).
        work: (2, 400) of scratch.
    """
    _keep(d.held, left, right)
    loudest = _loudest(left, right)
    # What is held besides this tick is all of the last one.
    quiet = max(loudest, d.loudest) * reach <= CEILING
    d.loudest = loudest
    d.calm = d.calm + 1 if quiet and d.gain == 1.0 else 0
    if d.calm > _CALM:
        _pass(d.held, left, right)
        return
    if quiet:
        work[0, :] = 0.0
    else:
        _peaks(d.held, taps, work)
    _needs(d.needs, work[0])
    _floors(d.needs, d.floors, work[1])
    _apply(d, left, right, work[1])
