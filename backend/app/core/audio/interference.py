"""A copy of everything, a few hertz higher, that beats with the note it came from.

All partials move by the same number of hertz: a single-sideband shift. It drifts between 0.5 and
6 Hz over half a minute. Source of the 90° pair: Niemitalo (2003), "Hilbert transform", eight all-passes.
"""

import math

import numpy as np

from app.core.audio.filters import between, flush
from app.core.audio.knobs import INTERFERENCE, NOW, TO
from app.core.audio.layout import RATE, TICK, Array, Record
from app.core.numbers.angles import TAU, sin, sin_cos
from app.core.numbers.kernel import kernel

_COSINE = (0.6923878, 0.9360654322959, 0.9882295226860, 0.9987488452737)
_SINE = (0.4021921162426, 0.8561710882420, 0.9722909545651, 0.9952884791278)
_SQUARES = np.array([_COSINE, _SINE])
_SLOWEST_HZ, _FASTEST_HZ = 0.5, 6.0
_DRIFT_TICKS = 30 * 120


@kernel
def _all_passes(squares: Array, state: Array, signal: Array, out: Array) -> None:
    """Run a tick through four all-passes z⁻² in a row; state is (4, 4)."""
    for j in range(TICK):
        out[j] = signal[j]
    for stage in range(4):
        a = squares[stage]
        x1, x2, y1, y2 = state[stage]
        for j in range(TICK):
            x = out[j]
            y = a * (x + y2) - x2
            x1, x2, y1, y2 = x, x1, y, y1
            out[j] = y
        state[stage, 0], state[stage, 1], state[stage, 2], state[stage, 3] = x1, x2, y1, y2
    flush(state)


@kernel
def _shifted(d: Record, channel: int, signal: Array, work: Array) -> None:
    """Write the shifted copy of one side to work[0]."""
    copy, other = work[0], work[1]
    _all_passes(_SQUARES[0], d.hilbert[channel, 0], signal, copy)
    _all_passes(_SQUARES[1], d.hilbert[channel, 1], signal, other)
    s, c = sin_cos(TAU * d.beat_turn)
    step_s, step_c = sin_cos(TAU * d.beat_hz / RATE)
    # The cosine branch is one sample late by design.
    late = d.hilbert_late[channel]
    for j in range(TICK):
        now = copy[j]
        copy[j] = late * c + other[j] * s
        late = now
        c, s = c * step_c - s * step_s, s * step_c + c * step_s
    d.hilbert_late[channel] = late


@kernel
def interfere(d: Record, knobs: Array, left: Array, right: Array, work: Array) -> None:
    """Add the copy to a tick, in place, the sum as loud as before; work is (2, 400)."""
    if knobs[INTERFERENCE, NOW] == 0.0 and knobs[INTERFERENCE, TO] == 0.0:
        d.hilbert[:, :, :, :] = 0.0
        d.hilbert_late[:] = 0.0
        d.beat_ticks = 0
        return
    part = 0.5 - 0.5 * sin(TAU * (d.beat_ticks % _DRIFT_TICKS) / _DRIFT_TICKS + 0.5 * math.pi)
    d.beat_hz = _SLOWEST_HZ + (_FASTEST_HZ - _SLOWEST_HZ) * part
    for channel in range(2):
        signal = left if channel == 0 else right
        _shifted(d, channel, signal, work)
        for j in range(TICK):
            amount = between(knobs, INTERFERENCE, j / TICK)
            signal[j] = (signal[j] + amount * work[0, j]) / np.sqrt(1.0 + amount * amount)
    turn = d.beat_turn + d.beat_hz * TICK / RATE
    d.beat_turn = turn - np.floor(turn)
    d.beat_ticks += 1
