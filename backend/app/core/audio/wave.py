"""Waves read from band-limited tables: pads, basses, strings, organs, leads and sines."""

import numpy as np

from app.core.audio.layout import LOG2_E, RATE, TICK, Array, Record
from app.core.audio.tables import LEVELS, TABLE, TABLE_BITS
from app.core.numbers.angles import TAU, sin
from app.core.numbers.kernel import inner, kernel
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


@inner
def _target(v: Record, age: float, bright: float, pitch: float) -> float:
    """Give the place on the stair this voice wants now; `pitch` in octaves over 1 Hz."""
    cutoff = v.cutoff_log2 + v.open_octaves * bright + v.track * (pitch - _MIDDLE_C)
    cutoff -= v.dull * min(max(age, 0.0) / RATE, 1.0)
    if age < 2.0 * v.sweep_samples:  # then e**-10 of it is left: a hundredth of a semitone
        cutoff += exp(-5.0 * max(age, 0.0) / v.sweep_samples) * v.sweep_octaves
    highest = np.floor(place(max(_TOP - pitch, 0.0)))
    return min(max(place(max(cutoff - pitch, 0.0)), 0.0), min(highest, LEVELS - 1.0))


@inner
def vibrato(v: Record, age: float, rate: float, turn: float) -> float:
    """Give the factor on the frequency `age` samples after the onset."""
    if v.vibrato == 0.0 or age < 0.0:
        return 1.0
    x = min(age / v.vibrato_samples, 1.0)
    turn += age * rate / RATE
    return 1.0 + v.vibrato * x * x * sin(TAU * (turn - np.floor(turn)))


@inner
def _read(table: Array, phase: int, step: int, glide: int, out: Array) -> None:
    """Read a tick from a table, the step itself moving by `glide`."""
    for j in range(TICK):
        i = (phase >> _SHIFT) & _INDEX
        part = np.int32(phase & _FRACTION) * _STEP
        out[j] = table[i] + part * (table[i + 1] - table[i])
        phase += step
        step += glide


@inner
def _advance(
    v: Record, tables: Array, tilt_to: float, phase: int, f0: float, f1: float,
    out: Array, work: Array,
) -> int:  # fmt: skip
    """Render one oscillator over a tick, from frequency f0 to f1; return its new phase."""
    tilt = v.tilt
    low = min(int(np.floor(min(tilt, tilt_to))), LEVELS - 2)
    mix, slope = tilt - low, (tilt_to - tilt) / TICK
    step = int(f0 * (_TURN / RATE))
    glide = int((f1 - f0) * (_TURN / RATE / TICK))
    _read(tables[low], phase, step, glide, out)
    # One table after the other: both at once are a tenth slower.
    if mix != 0.0 or slope != 0.0:
        _read(tables[low + 1], phase, step, glide, work)
        for j in range(TICK):
            out[j] += (mix + j * slope) * (work[j] - out[j])
    return (phase + TICK * step + ((TICK * (TICK - 1)) >> 1) * glide) & _PHASE


@inner
def wave_tick(v: Record, tables: Array, now: int, left: Array, right: Array, work: Array) -> None:
    """Render a tick of a wave voice; a second oscillator goes to `right` where it has width.

    Frequency and tilt go straight from where they are to where they should be at the tick's end.
    Twins, some hertz higher, go to the first two rows of `work`, (3, 400).
    """
    age = float(now + TICK - v.start)
    if v.hz != v.hz_to:
        v.pitch = log(v.hz_to) * LOG2_E
    wanted = _target(v, age, v.bright_to, v.pitch)
    # One step of the stair a tick, and never across a table: no jump can be heard.
    down = wanted < v.tilt
    stair = np.ceil(v.tilt) - 1.0 if down else np.floor(v.tilt) + 1.0
    wanted = max(wanted, stair) if down else min(wanted, stair)
    bend = vibrato(v, age, v.vibrato_hz, v.turn_a)
    f0, f1, off = v.hz * v.bend_a, v.hz_to * bend, v.beat_hz
    v.bend_a = bend
    v.phase_a = _advance(v, tables, wanted, v.phase_a, f0, f1, left, work[2])
    if v.twinned != 0:
        v.twin_a = _advance(v, tables, wanted, v.twin_a, f0 + off, f1 + off, work[0], work[2])
    if v.width > 0.0:
        bend = vibrato(v, age, _OTHER * v.vibrato_hz, v.turn_b)
        f0, f1 = v.hz * v.bend_b, v.hz_to * bend
        v.bend_b = bend
        v.phase_b = _advance(v, tables, wanted, v.phase_b, f0, f1, right, work[2])
        if v.twinned != 0:
            v.twin_b = _advance(v, tables, wanted, v.twin_b, f0 + off, f1 + off, work[1], work[2])
    v.tilt = wanted


@inner
def wave_start(v: Record) -> None:
    """Set the tilt and the phases of a new wave voice."""
    v.pitch = log(v.hz) * LOG2_E
    v.tilt = _target(v, 0.0, v.bright, v.pitch)
    v.phase_a = 0
    v.phase_b = int(0.25 * _TURN * uniform(v.seed, 2, 0))
    v.twin_a = v.phase_a
    v.twin_b = v.phase_b
