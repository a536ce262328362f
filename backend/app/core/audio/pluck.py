"""A plucked string: Karplus and Strong's loop, tuned exactly at its fundamental.

The loop is a delay line, a one-zero loss filter and an all-pass; the all-pass coefficient is solved
so that the phase around the loop at the note's own frequency is one whole turn.
Source: Jaffe & Smith (1983), Computer Music Journal 7(2), 56.
"""

import numpy as np

from app.core.audio.layout import (
    FIT,
    FIT_X,
    FIT_Y,
    LN_1000,
    LOSS_X,
    RATE,
    STRING_COLUMNS,
    STRING_SAMPLES,
    TICK,
    WARM_Y,
    Array,
    Record,
)
from app.core.numbers.angles import TAU, atan2, sin, sin_cos
from app.core.numbers.kernel import inner
from app.core.numbers.noise import uniform
from app.core.numbers.powers import exp

LOWEST_HZ = 20.0
_LOOP_MAX = 0.99999
_PICK = 0.18  # where along the string it is plucked


@inner
def string_tune(v: Record, hz: float, ring: float, damping: float) -> None:
    """Set the loop for a frequency and a time to -60 dB; the line's contents stay."""
    hz = min(max(hz, LOWEST_HZ), 12_000.0)
    angle = TAU * hz / RATE
    wanted = exp(-LN_1000 / (hz * ring))
    # The loss filter 1 - s + s z⁻¹ takes the k-th harmonic k² times as much as the first. It may
    # take a share of what the ring allows the first; the loop gain below one takes the rest.
    half = sin(0.5 * angle)
    most = (1.0 - min(wanted * wanted / (_LOOP_MAX * _LOOP_MAX), 1.0)) / (4.0 * half * half)
    bright = min(max(v.bright, 0.0), 1.0)
    share = min(0.1 + 0.5 * (1.0 - bright) * (1.0 - bright) + 0.4 * damping, 1.0)
    dark = min(0.5 - 0.35 * bright + 0.35 * damping, 0.5)
    product = min(dark * (1.0 - dark), share * most)
    v.loss = 0.5 - np.sqrt(max(0.25 - product, 0.0))
    s, c = sin_cos(angle)
    re = 1.0 - v.loss + v.loss * c
    im = -v.loss * s
    v.loop = min(wanted / np.sqrt(re * re + im * im), _LOOP_MAX)
    _fit(v, 0, hz)
    if v.twinned != 0:
        _fit(v, 1, hz + v.beat_hz)


@inner
def _fit(v: Record, which: int, hz: float) -> None:
    """Set a line's length and all-pass so that the phase once round it is one whole turn."""
    angle = TAU * hz / RATE
    s, c = sin_cos(angle)
    period = RATE / hz - atan2(v.loss * s, 1.0 - v.loss + v.loss * c) / angle
    length = int(period - 0.3)
    part = period - length
    v.lengths[which] = length
    v.string[which, FIT] = sin(0.5 * (1.0 - part) * angle) / sin(0.5 * (1.0 + part) * angle)


@inner
def _plucked(v: Record, work: Array, n: int) -> None:
    """Write one turn of what a plucked string does to its bridge: a pulse, and a finger's noise."""
    pulse = max(int(_PICK * n + 0.5), 1)
    for i in range(n):
        noise = 2.0 * uniform(v.seed, 4, i) - 1.0
        work[i] = (1.0 if i < pulse else 0.0) + 0.12 * noise


@inner
def _soften(work: Array, n: int, soft: float) -> None:
    """Low-pass a turn in place as if it had gone round for ever, so that it closes on itself."""
    last = 0.0
    for i in range(2 * n):
        last += soft * (work[i % n] - last)
        if i >= n:
            work[i - n] = last


@inner
def _level(work: Array, line: Array, n: int) -> None:
    """Copy a turn to the line without its mean, at a power of one."""
    mean = 0.0
    power = 0.0
    for i in range(n):
        mean += work[i] / n
    for i in range(n):
        line[i] = work[i] - mean
        power += line[i] * line[i] / n
    scale = 1.0 / np.sqrt(max(power, 1e-12))
    for i in range(n):
        line[i] *= scale
    for i in range(n, STRING_SAMPLES):
        line[i] = 0.0


@inner
def string_start(v: Record, ring: float, damping: float, work: Array) -> None:
    """Pluck a new string, the harder and brighter the more of its high harmonics."""
    string_tune(v, v.hz, ring, damping)
    n = v.lengths[0]
    soft = 0.1 + 0.7 * min(max(v.bright, 0.0), 1.0)
    _plucked(v, work, n)
    _soften(work, n, soft)
    _soften(work, n, soft)
    _level(work, v.lines[0], n)
    v.write = n
    v.string[0, FIT_X:] = 0.0


@inner
def string_twin(v: Record) -> None:
    """Give a string a twin that begins as what it is now, tuned to the beat."""
    for i in range(STRING_SAMPLES):
        v.lines[1, i] = v.lines[0, i]
    for i in range(STRING_COLUMNS):
        v.string[1, i] = v.string[0, i]
    _fit(v, 1, min(max(v.hz, LOWEST_HZ), 12_000.0) + v.beat_hz)


@inner
def _behind(write: int, length: int) -> int:
    """Give the place so many samples behind the one written next."""
    return write - length if write >= length else write - length + STRING_SAMPLES


@inner
def string_tick(v: Record, which: int, first: int, out: Array) -> None:
    """Render a tick of a string, or of its twin, into `out`, from sample `first` of it."""
    out[:first] = 0.0
    write, done = v.write, first
    while done < TICK:
        read = _behind(write, v.lengths[which])
        count = min(TICK - done, STRING_SAMPLES - max(read, write))
        _straight(v, v.string[which], v.lines[which], read, write, out[done : done + count])
        done += count
        write = write + count if write + count < STRING_SAMPLES else 0
    if which == v.twinned:
        v.write = write


@inner
def _straight(v: Record, state: Array, line: Array, read: int, write: int, out: Array) -> None:
    """Go round the loop as far as neither end of the line comes up."""
    a, x1, y1 = state[FIT], state[FIT_X], state[FIT_Y]
    keep, loss, last = v.loop * (1.0 - v.loss), v.loop * v.loss, state[LOSS_X]
    soft, warm = v.warmth, state[WARM_Y]
    hard = 1.0 - soft
    old, new = line[read:], line[write:]
    for j in range(len(out)):
        x = old[j]
        lost = keep * x + loss * last
        last = x
        y1 = (a * lost + x1) - a * y1
        x1 = lost
        new[j] = y1
        warm = soft * x + hard * warm
        out[j] = warm
    state[FIT_X], state[FIT_Y], state[LOSS_X], state[WARM_Y] = x1, y1, last, warm


@inner
def string_glide(v: Record, ring: float, damping: float, work: Array, other: Array) -> None:
    """Render a tick of a string, and of its twin, whose pitch moves: they fade to their new loops."""
    l0, l1 = v.lengths[0], v.lengths[1]
    a0, a1 = v.string[0, FIT], v.string[1, FIT]
    string_tune(v, v.hz_to, ring, damping)
    _fade(v, 0, l0, a0, work)
    if v.twinned != 0:
        _fade(v, 1, l1, a1, other)
    v.write = (v.write + TICK) % STRING_SAMPLES


@inner
def _fade(v: Record, which: int, length: int, before: float, out: Array) -> None:
    """Go round a loop for a tick while its length and all-pass move from old ones to the new."""
    state, line = v.string[which], v.lines[which]
    write = v.write
    early, late = _behind(write, length), _behind(write, v.lengths[which])
    x1, y1, last, warm = state[FIT_X], state[FIT_Y], state[LOSS_X], state[WARM_Y]
    for j in range(TICK):
        part = (j + 1) / TICK
        x = line[early] + part * (line[late] - line[early])
        lost = v.loop * ((1.0 - v.loss) * x + v.loss * last)
        last = x
        a = before + part * (state[FIT] - before)
        y1 = (a * lost + x1) - a * y1
        x1 = lost
        line[write] = y1
        warm += v.warmth * (x - warm)
        out[j] = warm
        early, late, write = _next(early), _next(late), _next(write)
    state[FIT_X], state[FIT_Y], state[LOSS_X], state[WARM_Y] = x1, y1, last, warm


@inner
def _next(at: int) -> int:
    return at + 1 if at + 1 < STRING_SAMPLES else 0
