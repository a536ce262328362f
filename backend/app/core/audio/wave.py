"""Waves read from band-limited tables: pads, basses, strings, organs, leads and sines."""

import numpy as np

from app.core.audio.layout import LOG2_E, RATE, TICK, Array, Record
from app.core.audio.tables import LEVELS, TABLE, TABLE_BITS
from app.core.numbers.angles import TAU, sin
from app.core.numbers.kernel import kernel
from app.core.numbers.noise import uniform
from app.core.numbers.powers import exp, log

# A turn is 2**40: fine enough for 0.0001 cent at 1 Hz, and a tick never overflows.
_TURN_BITS = 40
_TURN = float(1 << _TURN_BITS)
_PHASE = (1 << _TURN_BITS) - 1
_SHIFT = _TURN_BITS - TABLE_BITS
_FRACTION = (1 << _SHIFT) - 1
_STEP = 2.0**-_SHIFT
_INDEX = TABLE - 1
_MIDDLE_C = 8.031384167803825
# The second oscillator's vibrato is a little faster, so the two never move together for long.
_OTHER = 1.13
_TOP = 14.358101707440847  # log2 of TOP_HZ


@kernel
def place(octaves: float) -> float:
    """Turn octaves of harmonics over the first into a place on the stair of tables."""
    return octaves if octaves < 1.0 else 2.0 * octaves - 1.0


@kernel
def _target(v: Record, age: float, bright: float, pitch: float) -> float:
    """Give the place on the stair this voice wants now; `pitch` in octaves over 1 Hz."""
    cutoff = v.cutoff_log2 + v.open_octaves * bright + v.track * (pitch - _MIDDLE_C)
    cutoff -= v.dull * min(max(age, 0.0) / RATE, 1.0)
    if age < 2.0 * v.sweep_samples:  # then e**-10 of it is left: a hundredth of a semitone
        cutoff += exp(-5.0 * max(age, 0.0) / v.sweep_samples) * v.sweep_octaves
    highest = np.floor(place(max(_TOP - pitch, 0.0)))
    return min(max(place(max(cutoff - pitch, 0.0)), 0.0), min(highest, LEVELS - 1.0))


@kernel
def _vibrato(v: Record, age: float, rate: float, turn: float) -> float:
    """Give the factor on the frequency `age` samples after the onset."""
    if v.vibrato == 0.0 or age < 0.0:
        return 1.0
    x = min(age / v.vibrato_samples, 1.0)
    turn += age * rate / RATE
    return 1.0 + v.vibrato * x * x * sin(TAU * (turn - np.floor(turn)))


@kernel
def _read(
    low: Array, high: Array, phase: int, step: int, glide: int, mix: float, slope: float, out: Array
) -> None:
    """Read a tick from between two tables, the step itself moving by `glide`."""
    for j in range(TICK):
        turn = phase + j * step + ((j * (j - 1)) >> 1) * glide
        i = (turn >> _SHIFT) & _INDEX
        part = np.int32(turn & _FRACTION) * _STEP
        a = low[i] + part * (low[i + 1] - low[i])
        b = high[i] + part * (high[i + 1] - high[i])
        out[j] = a + (mix + j * slope) * (b - a)


@kernel
def _advance(
    tables: Array, tilt: float, tilt_to: float, phase: int, f0: float, f1: float, out: Array
) -> int:
    """Render one oscillator over a tick, from frequency f0 to f1; return its new phase."""
    low = min(int(np.floor(min(tilt, tilt_to))), LEVELS - 2)
    slope = (tilt_to - tilt) / TICK
    step = int(f0 * (_TURN / RATE))
    glide = int((f1 - f0) * (_TURN / RATE / TICK))
    _read(tables[low], tables[low + 1], phase, step, glide, tilt - low, slope, out)
    return (phase + TICK * step + ((TICK * (TICK - 1)) >> 1) * glide) & _PHASE


@kernel
def wave_tick(v: Record, tables: Array, now: int, left: Array, right: Array) -> None:
    """Render a tick of a wave voice; a second oscillator goes to `right` where it has width.

    Frequency and tilt go straight from where they are to where they should be at the tick's end.
    """
    age = float(now + TICK - v.start)
    if v.hz != v.hz_to:
        v.pitch = log(v.hz_to) * LOG2_E
    wanted = _target(v, age, v.bright_to, v.pitch)
    # One step of the stair a tick, and never across a table: no jump can be heard.
    down = wanted < v.tilt
    stair = np.ceil(v.tilt) - 1.0 if down else np.floor(v.tilt) + 1.0
    wanted = max(wanted, stair) if down else min(wanted, stair)
    bend = _vibrato(v, age, v.vibrato_hz, v.turn_a)
    v.phase_a = _advance(tables, v.tilt, wanted, v.phase_a, v.hz * v.bend_a, v.hz_to * bend, left)
    v.bend_a = bend
    if v.width > 0.0:
        bend = _vibrato(v, age, _OTHER * v.vibrato_hz, v.turn_b)
        v.phase_b = _advance(
            tables, v.tilt, wanted, v.phase_b, v.hz * v.bend_b, v.hz_to * bend, right
        )
        v.bend_b = bend
    v.tilt = wanted


@kernel
def wave_start(v: Record) -> None:
    """Set the tilt and the phases of a new wave voice."""
    v.pitch = log(v.hz) * LOG2_E
    v.tilt = _target(v, 0.0, v.bright, v.pitch)
    v.turn_a = uniform(v.seed, 1, 0)
    v.turn_b = uniform(v.seed, 1, 1)
    v.bend_a = 1.0
    v.bend_b = 1.0
    v.phase_a = 0
    v.phase_b = int(0.25 * _TURN * uniform(v.seed, 2, 0))
