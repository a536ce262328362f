"""The one kernel: notes and controls in, ticks of samples out."""

import math

import numpy as np
from numpy.typing import NDArray

from app.core.audio.bank import TURNS, bank_tick
from app.core.audio.compressor import compress
from app.core.audio.delay import delay
from app.core.audio.envelope import over, shape, steady
from app.core.audio.filters import block, equalize, lean, low_pass, resonant
from app.core.audio.interference import interfere, pair
from app.core.audio.knobs import DAMPING, KNOBS, NOW, PANIC, TO, VOLUME
from app.core.audio.layout import IDLE, MODES, POOL, SILENCE, TICK, WAVE, Array, Record, Records
from app.core.audio.limiter import limit
from app.core.audio.pluck import string_glide, string_tick
from app.core.audio.pool import follow, settle, start
from app.core.audio.resonance import resonate
from app.core.audio.reverb import reverb
from app.core.audio.wave import vibrato, wave_tick
from app.core.numbers.angles import sin_cos
from app.core.numbers.kernel import inner, kernel

SCRATCH_ROWS = 24
_QUARTER_PI = 0.25 * math.pi
_UNITY = 0.7  # the volume at which a note is as loud as its patch says; 1 is 6 dB more


@inner
def _sound(v: Record, tables: Array, knobs: Array, now: int, work: Array) -> None:
    """Render a voice's bare sound into rows 0 and 1 of the scratch, its twin into 2 and 3."""
    pair(v, knobs)
    if v.kind == WAVE:
        wave_tick(v, tables[v.wave], now, work[0], work[1], work[2:5])
    else:
        _struck(v, knobs, now, work)
    if v.twinned != 0:
        interfere(v, knobs, work[0:2], work[2:4])
    if v.kind != WAVE and (v.bright != v.struck or v.bright_to != v.struck):
        lean(v, work[0])
    if v.filter_hz > 0.0:
        if v.width == 0.0:
            work[1, :] = 0.0
        resonant(v.filter, v.filter_hz, v.filter_q, work[0], work[1])


@inner
def _struck(v: Record, knobs: Array, now: int, work: Array) -> None:
    """Render modes or a string; vibrato bends them for this tick alone."""
    first = min(max(v.start - now, 0), TICK)
    hz, hz_to = v.hz, v.hz_to
    if v.vibrato != 0.0:
        bend = vibrato(v, float(now + TICK - v.start), v.vibrato_hz, v.turn_a)
        v.hz, v.hz_to = hz * v.bend_a, hz_to * bend
        v.bend_a = bend
    if v.kind == MODES:
        bank_tick(v, v.bank, now, work[4 : 4 + TURNS], work[0], work[2])
    elif v.hz != v.hz_to and first == 0:
        string_glide(v, v.ring, knobs[DAMPING, NOW], work[0], work[2])
    else:
        string_tick(v, 0, first, work[0])
        if v.twinned != 0:
            string_tick(v, 1, first, work[2])
    v.hz, v.hz_to = hz, hz_to


@inner
def _mix(v: Record, now: int, work: Array, left: Array, right: Array) -> None:
    """Add a voice to both sides with constant power, and note how loud it is."""
    sound, env = work[0], work[2]
    factor = steady(v, now)
    if factor < 0.0:
        shape(v, now, env, work[3])
    _side(v, -v.width, factor, sound, env, left, right)
    if v.width > 0.0:
        _side(v, v.width, factor, work[1], env, left, right)
    loudest, other = 0.0, 0.0
    for j in range(0, TICK, 10):
        loudest = max(loudest, abs(sound[j]))
        other = max(other, abs(sound[j + 5]))
    loudest = max(loudest, other)
    gain = max(v.gain, v.gain_to) * factor if factor >= 0.0 else max(env[0], env[TICK - 1])
    v.level = max(loudest * gain, 0.8 * v.level)


@inner
def _side(
    v: Record, aside: float, factor: float, sound: Array, env: Array, left: Array, right: Array
) -> None:
    """Add one oscillator at its place, by its envelope or by one factor where that stands still."""
    r0, l0 = sin_cos(_QUARTER_PI * (min(max(v.pan + aside, -1.0), 1.0) + 1.0))
    r1, l1 = r0, l0
    if v.pan != v.pan_to:
        r1, l1 = sin_cos(_QUARTER_PI * (min(max(v.pan_to + aside, -1.0), 1.0) + 1.0))
    if factor < 0.0:
        _place(sound, env, l0, r0, l1, r1, left, right)
    else:
        _place_steady(sound, v.gain * factor, v.gain_to * factor, l0, r0, l1, r1, left, right)


@inner
def _place(
    sound: Array, env: Array, l0: float, r0: float, l1: float, r1: float, left: Array, right: Array
) -> None:
    dl, dr = (l1 - l0) / TICK, (r1 - r0) / TICK
    for j in range(TICK):
        x = sound[j] * env[j]
        left[j] += x * (l0 + j * dl)
        right[j] += x * (r0 + j * dr)


@inner
def _place_steady(
    sound: Array, g0: float, g1: float, l0: float, r0: float, l1: float, r1: float,
    left: Array, right: Array,
) -> None:  # fmt: skip
    dl, dr, dg = (l1 - l0) / TICK, (r1 - r0) / TICK, (g1 - g0) / TICK
    for j in range(TICK):
        x = sound[j] * (g0 + j * dg)
        left[j] += x * (l0 + j * dl)
        right[j] += x * (r0 + j * dr)


@inner
def _voices(
    voices: Records, tables: Array, knobs: Array, now: int, work: Array, left: Array, right: Array
) -> None:
    """Render every sounding voice of a tick onto the two sides."""
    left[:] = 0.0
    right[:] = 0.0
    for i in range(POOL):
        v = voices[i]
        if v.kind == IDLE:
            continue
        _sound(v, tables, knobs, now, work)
        _mix(v, now, work, left, right)
        settle(v)
        # What is held may come back up; anything else that has died away will not.
        faded = v.kind != WAVE and v.held == 0 and v.level < SILENCE and now > v.start
        if faded or over(v, now + TICK):
            v.kind = IDLE


@inner
def _volume(knobs: Array, left: Array, right: Array) -> None:
    """Turn a tick up or down, moving from the old volume to the new one across it."""
    before, after = knobs[VOLUME, NOW] / _UNITY, knobs[VOLUME, TO] / _UNITY
    before, after = before * before, after * after
    for j in range(TICK):
        gain = before + (after - before) * j / TICK
        left[j] *= gain
        right[j] *= gain


@inner
def _desk(
    d: Record, knobs: Array, taps: Array, reach: float, left: Array, right: Array, work: Array
) -> None:
    """Take a tick of voices through the effects to what is heard, in place."""
    resonate(d, knobs, left, right, work)
    low_pass(d.filter, knobs, left, right, work)
    delay(d, knobs, left, right)
    reverb(d, knobs, left, right, work)
    equalize(d.equalizer, knobs, left, right, work)
    compress(d, knobs, left, right)
    _volume(knobs, left, right)
    block(d.blocker, left, right)
    limit(d, taps, reach, left, right, work)
    for k in range(KNOBS):
        knobs[k, NOW] = knobs[k, TO]


@inner
def _panic(voices: Records, d: Record, knobs: Array, left: Array, right: Array) -> None:
    """Fade what is heard to nothing within this tick, and forget all that still rings."""
    for j in range(TICK):
        y = 1.0 - j / TICK
        gain = y * y * y * (1.0 + (1.0 - y) * (3.0 + 6.0 * (1.0 - y)))
        left[j] *= gain
        right[j] *= gain
    for i in range(POOL):
        voices[i].kind = IDLE
    forget(d)
    knobs[PANIC, TO] = 0.0


@inner
def _admit(
    notes: Records,
    controls: Records,
    patches: Records,
    voices: Records,
    modes: Array,
    knobs: Array,
    now: int,
    work: Array,
) -> None:
    """Start this tick's notes and move its held ones."""
    for i in range(len(notes)):
        if now <= notes[i].sample < now + TICK:
            start(notes[i], patches, voices, modes, knobs, now, work)
    for i in range(len(controls)):
        if controls[i].tick * TICK == now:
            follow(controls[i], voices, now)


@kernel
def forget(d: Record) -> None:
    """Clear all that the desk remembers."""
    d.filter[:, :] = 0.0
    d.blocker[:, :] = 0.0
    d.equalizer[:, :, :] = 0.0
    d.strings[:, :] = 0.0
    d.power, d.squeeze = 0.0, 0.0
    d.delay_ring[:, :] = 0.0
    d.delay_tone[:] = 0.0
    d.pre_ring[:, :] = 0.0
    d.lines[:, :] = 0.0
    d.shelf[:, :] = 0.0
    d.diffuser[:, :] = 0.0
    d.rumble[:] = 0.0
    d.held[:, :] = 0.0
    d.needs[:] = 1.0
    d.floors[:] = 1.0
    d.gain = 1.0


@kernel
def render(
    voices: Records,
    desk: Records,
    knobs: Array,
    tables: Array,
    modes: Array,
    patches: Records,
    taps: Array,
    reach: float,
    scratch: Array,
    notes: Records,
    controls: Records,
    tick: int,
    ticks: int,
    out: NDArray[np.float32],
) -> None:
    """Render whole ticks: the one call from Python.

    Args:
        voices: (POOL,) of VOICE, changed.
        desk: (1,) of DESK, changed.
        knobs: (KNOBS, 2), changed.
        tables: (waves, LEVELS, TABLE + 1).
        modes: (banks, PARTIALS_MAX, 3).
        patches: (n,) of PATCH.
        taps: (3, TAPS).
        reach: the most the taps make of samples below one.
        scratch: (SCRATCH_ROWS, 400).
        notes: (n,) of NOTE, in order of sample; those of other ticks wait for theirs.
        controls: (n,) of CONTROL_ROW.
        tick: the first tick.
        ticks: how many.
        out: (ticks · 400, 2) of float32, overwritten.
    """
    left, right, work = scratch[0], scratch[1], scratch[2:]
    flat = scratch.reshape(-1)
    for t in range(ticks):
        now = (tick + t) * TICK
        _admit(notes, controls, patches, voices, modes, knobs, now, flat)
        _voices(voices, tables, knobs, now, work, left, right)
        _desk(desk[0], knobs, taps, reach, left, right, work)
        if knobs[PANIC, TO] != 0.0:
            _panic(voices, desk[0], knobs, left, right)
        for j in range(TICK):
            out[t * TICK + j, 0] = left[j]
            out[t * TICK + j, 1] = right[j]
