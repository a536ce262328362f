"""The desk's filters: low-pass, three-band equalizer, DC blocker."""

import math

import numpy as np

from app.core.audio.knobs import CUTOFF, CUTOFF_Q, EQ_LOW, NOW, TO
from app.core.audio.layout import LN_2, RATE, TICK, Array, Record
from app.core.numbers.angles import sin_cos
from app.core.numbers.kernel import inner, kernel
from app.core.numbers.powers import exp

# -3 dB at 3 Hz.
_BLOCK = 1.0 - 2.0 * math.pi * 3.0 / RATE
_TINY = 1e-18
_TILT = 4.0 * LN_2  # 24 dB
_LN_10_40 = 0.057564627324851146  # ln 10 / 40
_LOW_HZ, _MID_HZ, _HIGH_HZ = 200.0, 1000.0, 4000.0


@inner
def between(knobs: Array, knob: int, part: float) -> float:
    """Give a knob's value so far through a tick, 0..1."""
    return knobs[knob, NOW] + (knobs[knob, TO] - knobs[knob, NOW]) * part


@inner
def resonant(state: Array, hz: float, q: float, left: Array, right: Array) -> None:
    """Low-pass a stretch in place with two poles; `state` (2, 2) goes on from stretch to stretch.

    Both sides in one loop: each waits for its last sample, so the second costs almost nothing.

    Source: Zavalishin (2012), The Art of VA Filter Design, §4: the trapezoidal state filter.
    """
    s, c = sin_cos(math.pi * hz / RATE)
    g = s / c
    one = 1.0 / (1.0 + g * (g + 1.0 / q))
    lift = g + 1.0 / q
    b0, l0 = state[0, 0], state[0, 1]
    b1, l1 = state[1, 0], state[1, 1]
    for j in range(len(left)):
        h0 = g * (one * ((left[j] - l0) - lift * b0))
        h1 = g * (one * ((right[j] - l1) - lift * b1))
        v0, v1 = b0 + h0, b1 + h1
        left[j], right[j] = l0 + g * v0, l1 + g * v1
        b0, b1 = v0 + h0, v1 + h1
        l0, l1 = left[j] + g * v0, right[j] + g * v1
    state[0, 0], state[0, 1] = b0, l0
    state[1, 0], state[1, 1] = b1, l1
    flush(state)


@inner
def lean(v: Record, sound: Array) -> None:
    """Lift or cut what lies above twice a voice's pitch, 24 dB for all of a brightness, in place.

    What was struck keeps its partials; this is how a held one still follows its brightness.
    """
    part = 1.0 - exp(-2.0 * math.pi * min(2.0 * v.hz, 8000.0) / RATE)
    before = exp(_TILT * (v.bright - v.struck))
    step = (exp(_TILT * (v.bright_to - v.struck)) - before) / TICK
    low = v.lean
    for j in range(TICK):
        low += part * (sound[j] - low)
        sound[j] = low + (before + j * step) * (sound[j] - low)
    v.lean = low if abs(low) > _TINY else 0.0


@kernel
def low_pass(state: Array, knobs: Array, left: Array, right: Array, work: Array) -> None:
    """Filter a tick in place; state is (2, 2), work (3, 400).

    Where cutoff or Q move, the filter that was and the one to be both run, and one fades into the
    other: coefficients that jump would be heard.
    """
    if _moving(knobs, CUTOFF) or _moving(knobs, CUTOFF_Q):
        _copied(left, work[0])
        _copied(right, work[1])
        before = work[2, :4].reshape(2, 2)
        for i in range(2):
            for j in range(2):
                before[i, j] = state[i, j]
        resonant(before, knobs[CUTOFF, NOW], knobs[CUTOFF_Q, NOW], work[0], work[1])
        resonant(state, knobs[CUTOFF, TO], knobs[CUTOFF_Q, TO], left, right)
        _faded(work[0], left)
        _faded(work[1], right)
    else:
        resonant(state, knobs[CUTOFF, TO], knobs[CUTOFF_Q, TO], left, right)


@inner
def _moving(knobs: Array, knob: int) -> bool:
    return bool(knobs[knob, NOW] != knobs[knob, TO])


@inner
def _copied(signal: Array, out: Array) -> None:
    for j in range(TICK):
        out[j] = signal[j]


@inner
def _faded(before: Array, after: Array) -> None:
    """Fade from one signal into another over a tick, in place of the other, without a corner."""
    for j in range(TICK):
        x = j / TICK
        after[j] = before[j] + x * x * (3.0 - 2.0 * x) * (after[j] - before[j])


@inner
def flush(state: Array) -> None:
    """Zero what is far below hearing before it turns into slow denormal numbers."""
    for i in range(state.shape[0]):
        for j in range(state.shape[1]):
            if abs(state[i, j]) < _TINY:
                state[i, j] = 0.0


@kernel
def block(state: Array, left: Array, right: Array) -> None:
    """Take what stands still out of a tick, in place: a one-pole high-pass at 3 Hz."""
    x0, y0 = state[0, 0], state[0, 1]
    x1, y1 = state[1, 0], state[1, 1]
    for j in range(TICK):
        y0 = left[j] - x0 + _BLOCK * y0
        y1 = right[j] - x1 + _BLOCK * y1
        x0, x1 = left[j], right[j]
        left[j], right[j] = y0, y1
    state[0, 0], state[0, 1] = x0, y0
    state[1, 0], state[1, 1] = x1, y1
    flush(state)


@inner
def _biquad(
    b0: float, b1: float, b2: float, a1: float, a2: float, state: Array, signal: Array
) -> None:
    s1, s2 = state[0], state[1]
    for j in range(len(signal)):
        x = signal[j]
        y = b0 * x + s1
        s1 = b1 * x - a1 * y + s2
        s2 = b2 * x - a2 * y
        signal[j] = y
    state[0] = s1 if abs(s1) > _TINY else 0.0
    state[1] = s2 if abs(s2) > _TINY else 0.0


@inner
def _shelf(hz: float, decibels: float, sign: float, state: Array, signal: Array) -> None:
    """Lift or cut below (sign 1) or above (sign -1) a frequency."""
    a = exp(decibels * _LN_10_40)
    s, c = sin_cos(2.0 * math.pi * hz / RATE)
    k = sign * c
    r = np.sqrt(2.0 * a) * s  # slope 1
    up, down = a + 1.0, a - 1.0
    a0 = up + down * k + r
    _biquad(
        a * (up - down * k + r) / a0,
        sign * 2.0 * a * (down - up * k) / a0,
        a * (up - down * k - r) / a0,
        sign * -2.0 * (down + up * k) / a0,
        (up + down * k - r) / a0,
        state,
        signal,
    )


@inner
def _bell(hz: float, decibels: float, state: Array, signal: Array) -> None:
    """Lift or cut around a frequency, about two octaves wide."""
    a = exp(decibels * _LN_10_40)
    s, c = sin_cos(2.0 * math.pi * hz / RATE)
    alpha = s / 1.4
    a0 = 1.0 + alpha / a
    first = -2.0 * c / a0
    _biquad(
        (1.0 + alpha * a) / a0,
        first,
        (1.0 - alpha * a) / a0,
        first,
        (1.0 - alpha / a) / a0,
        state,
        signal,
    )


@inner
def _band(band: int, decibels: float, state: Array, signal: Array) -> None:
    if band == 0:
        _shelf(_LOW_HZ, decibels, 1.0, state, signal)
    elif band == 1:
        _bell(_MID_HZ, decibels, state, signal)
    else:
        _shelf(_HIGH_HZ, decibels, -1.0, state, signal)


@kernel
def equalize(state: Array, knobs: Array, left: Array, right: Array, work: Array) -> None:
    """Filter a tick in place by the three bands; a band at 0 dB passes everything untouched.

    Source: Bristow-Johnson, Cookbook formulae for audio EQ biquad filter coefficients.
    """
    for band in range(3):
        for side in range(2):
            signal = left if side == 0 else right
            _one_band(band, knobs[EQ_LOW + band], state[side, band], signal, work)


@inner
def _one_band(band: int, knob: Array, state: Array, signal: Array, work: Array) -> None:
    """Filter one side by one band; while it moves, fade from what was to what is to be."""
    if knob[NOW] == knob[TO]:
        if knob[TO] != 0.0:
            _band(band, knob[TO], state, signal)
        return
    before, then = work[0], work[1, :2]
    _copied(signal, before)
    then[0], then[1] = state[0], state[1]
    if knob[NOW] != 0.0:
        _band(band, knob[NOW], then, before)
    else:
        state[0], state[1] = 0.0, 0.0
    if knob[TO] != 0.0:
        _band(band, knob[TO], state, signal)
    else:
        state[0], state[1] = 0.0, 0.0
    _faded(before, signal)
