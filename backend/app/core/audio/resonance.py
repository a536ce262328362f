"""Strings nobody plays: tuned to the chord, they ring on with what they hear.

Each is one complex pole, s ← z s + x, so tuning is exact and a string can move while it rings.
"""

import math

from app.core.audio.filters import between
from app.core.audio.knobs import NOW, RESONANCE, TO
from app.core.audio.layout import LN_1000, RATE, STRINGS, TICK, Array, Record
from app.core.numbers.angles import TAU, sin_cos
from app.core.numbers.kernel import inner, kernel
from app.core.numbers.powers import exp, log

_RING_S = 3.0  # to -60 dB at 220 Hz
_SEND = 2.0  # a steady tone on a string comes back so loud at most
_TINY = 1e-18
_HALF = math.sqrt(0.5)


@kernel
def string_up(d: Record) -> None:
    """Set each string's pole for its pitch; 0 Hz is no string, a negative one is no longer fed."""
    for i in range(STRINGS):
        hz = abs(d.string_hz[i])
        d.poles[i, :] = 0.0
        if hz == 0.0:
            continue
        loss = LN_1000 / (_RING_S * exp(-0.5 * log(hz / 220.0)) * RATE)
        s, c = sin_cos(TAU * hz / RATE)
        shrink = exp(-loss)
        d.poles[i, 0] = shrink * c
        d.poles[i, 1] = shrink * s
        d.poles[i, 2] = _SEND * loss
        d.poles[i, 3] = 1.0 if d.string_hz[i] > 0.0 else 0.0


@inner
def _ring(pole: Array, state: Array, heard: Array, out: Array) -> None:
    """Add what one string gives back."""
    zr, zi, gain, feed = pole[0], pole[1], pole[2], pole[3]
    re, im = state[0], state[1]
    for j in range(TICK):
        re, im = zr * re - zi * im + feed * heard[j], zr * im + zi * re
        out[j] += gain * re
    state[0] = re if abs(re) > _TINY else 0.0
    state[1] = im if abs(im) > _TINY else 0.0


@inner
def resonate(d: Record, knobs: Array, left: Array, right: Array, work: Array) -> None:
    """Let the strings answer a tick, in place; odd ones on the left, even ones on the right.

    Args:
        d: the desk.
        knobs: (KNOBS, 2).
        left: (400,); right: (400,).
        work: (3, 400) of scratch.
    """
    if knobs[RESONANCE, NOW] == 0.0 and knobs[RESONANCE, TO] == 0.0:
        d.strings[:, :] = 0.0
        return
    heard, one, other = work[0], work[1], work[2]
    for j in range(TICK):
        heard[j] = _HALF * (left[j] + right[j])
        one[j] = 0.0
        other[j] = 0.0
    for i in range(STRINGS):
        if d.poles[i, 2] > 0.0:
            _ring(d.poles[i], d.strings[i], heard, one if i & 1 else other)
    for j in range(TICK):
        amount = between(knobs, RESONANCE, j / TICK)
        left[j] += amount * (0.8 * one[j] + 0.6 * other[j])
        right[j] += amount * (0.6 * one[j] + 0.8 * other[j])
