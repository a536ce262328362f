"""Every note's twin, some hertz higher, that beats with it.

A wave's twin is a second reading of its table; a string's a second string; of modes the same number of
hertz is added to every partial: the sum of all, turned by the beat (a single sideband, exactly).
"""

import numpy as np

from app.core.audio.filters import between
from app.core.audio.knobs import INTERFERENCE, NOW, TO
from app.core.audio.layout import MODES, RATE, STRING, TICK, WAVE, Array, Record
from app.core.audio.pluck import string_twin
from app.core.numbers.angles import TAU, sin_cos
from app.core.numbers.kernel import inner, kernel
from app.core.numbers.noise import uniform
from app.core.numbers.powers import exp

SLOWEST_HZ, FASTEST_HZ = 0.5, 6.0
_LN_SPAN = 2.4849066497880004  # ln(6 / 0.5)


@kernel
def beat(seed: int) -> float:
    """Give the beats a second of a note, 0.5 to 6, each octave of them as likely."""
    return SLOWEST_HZ * exp(_LN_SPAN * uniform(seed, 5, 0))


@inner
def pair(v: Record, knobs: Array) -> None:
    """Say whether a voice has a twin in this tick; a new one begins as what the voice is now."""
    wanted = 1 if knobs[INTERFERENCE, NOW] > 0.0 or knobs[INTERFERENCE, TO] > 0.0 else 0
    if wanted != 0 and v.twinned == 0:
        v.beat_hz = beat(v.seed)
        v.beat_turn = 0.0
        if v.kind == WAVE:
            v.twin_a, v.twin_b = v.phase_a, v.phase_b
        elif v.kind == STRING:
            string_twin(v)
    v.twinned = wanted


@inner
def _sideband(v: Record, quarter: Array, sound: Array) -> None:
    """Write the twin of modes to `quarter`: the sound and its quarter turn, turned by the beat."""
    s, c = sin_cos(TAU * v.beat_turn)
    step_s, step_c = sin_cos(TAU * v.beat_hz / RATE)
    for j in range(TICK):
        quarter[j] = sound[j] * c - quarter[j] * s
        c, s = c * step_c - s * step_s, s * step_c + c * step_s
    turn = v.beat_turn + v.beat_hz * TICK / RATE
    v.beat_turn = turn - np.floor(turn)


@inner
def _add(twin: Array, knobs: Array, sound: Array) -> None:
    for j in range(TICK):
        amount = between(knobs, INTERFERENCE, j / TICK)
        sound[j] = (sound[j] + amount * twin[j]) / np.sqrt(1.0 + amount * amount)


@inner
def interfere(v: Record, knobs: Array, sounds: Array, twins: Array) -> None:
    """Add its twin to a voice, in place, the sum as loud as before; both are (2, 400)."""
    if v.kind == MODES:
        _sideband(v, twins[0], sounds[0])
    _add(twins[0], knobs, sounds[0])
    if v.width > 0.0:
        _add(twins[1], knobs, sounds[1])
