"""A plucked string: Karplus and Strong's loop, tuned exactly at its fundamental.

The loop is a delay line, a one-zero loss filter and an all-pass; the all-pass coefficient is solved
so that the phase around the loop at the note's own frequency is one whole turn.
Source: Jaffe & Smith (1983), Computer Music Journal 7(2), 56.
"""

import numpy as np

from app.core.audio.layout import LN_1000, RATE, STRING_SAMPLES, TICK, Array, Record
from app.core.numbers.angles import TAU, atan2, sin, sin_cos
from app.core.numbers.kernel import kernel
from app.core.numbers.noise import uniform
from app.core.numbers.powers import exp

LOWEST_HZ = 20.0
_LOOP_MAX = 0.99999
_PICK = 0.18  # where along the string it is plucked


@kernel
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
    period = RATE / hz - atan2(-im, re) / angle
    v.length = int(period - 0.3)
    part = period - v.length
    v.allpass = sin(0.5 * (1.0 - part) * angle) / sin(0.5 * (1.0 + part) * angle)


@kernel
def _plucked(v: Record, work: Array, n: int) -> None:
    """Write one turn of what a plucked string does to its bridge: a pulse, and a finger's noise."""
    pulse = max(int(_PICK * n + 0.5), 1)
    for i in range(n):
        noise = 2.0 * uniform(v.seed, 4, i) - 1.0
        work[i] = (1.0 if i < pulse else 0.0) + 0.12 * noise


@kernel
def _soften(work: Array, n: int, soft: float) -> None:
    """Low-pass a turn in place as if it had gone round for ever, so that it closes on itself."""
    last = 0.0
    for i in range(2 * n):
        last += soft * (work[i % n] - last)
        if i >= n:
            work[i - n] = last


@kernel
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


@kernel
def string_start(v: Record, line: Array, ring: float, damping: float, work: Array) -> None:
    """Pluck a new string, the harder and brighter the more of its high harmonics."""
    string_tune(v, v.hz, ring, damping)
    n = v.length
    soft = 0.1 + 0.7 * min(max(v.bright, 0.0), 1.0)
    _plucked(v, work, n)
    _soften(work, n, soft)
    _soften(work, n, soft)
    _level(work, line, n)
    v.write = n
    v.allpass_x = 0.0
    v.allpass_y = 0.0
    v.loss_x = 0.0
    v.warmth_y = 0.0


@kernel
def _behind(write: int, length: int) -> int:
    """Give the place so many samples behind the one written next."""
    return write - length if write >= length else write - length + STRING_SAMPLES


@kernel
def _next(at: int) -> int:
    return at + 1 if at + 1 < STRING_SAMPLES else 0


@kernel
def string_tick(v: Record, line: Array, first: int, out: Array) -> None:
    """Render a tick of a string into `out`, from sample `first` of it."""
    out[:first] = 0.0
    write, read = v.write, _behind(v.write, v.length)
    a, x1, y1 = v.allpass, v.allpass_x, v.allpass_y
    loss, gain, last = v.loss, v.loop, v.loss_x
    warm, soft = v.warmth_y, v.warmth
    for j in range(first, TICK):
        x = line[read]
        lost = gain * ((1.0 - loss) * x + loss * last)
        last = x
        y1 = (a * lost + x1) - a * y1
        x1 = lost
        line[write] = y1
        warm += soft * (x - warm)
        out[j] = warm
        read, write = _next(read), _next(write)
    v.write = write
    v.allpass_x, v.allpass_y, v.loss_x, v.warmth_y = x1, y1, last, warm


@kernel
def string_glide(v: Record, line: Array, ring: float, damping: float, out: Array) -> None:
    """Render a tick of a string whose pitch moves: its length and all-pass fade to the new ones."""
    early, a0 = _behind(v.write, v.length), v.allpass
    string_tune(v, v.hz_to, ring, damping)
    write, late, a1 = v.write, _behind(v.write, v.length), v.allpass
    x1, y1, last, warm = v.allpass_x, v.allpass_y, v.loss_x, v.warmth_y
    for j in range(TICK):
        part = (j + 1) / TICK
        x = line[early] + part * (line[late] - line[early])
        lost = v.loop * ((1.0 - v.loss) * x + v.loss * last)
        last = x
        a = a0 + part * (a1 - a0)
        y1 = (a * lost + x1) - a * y1
        x1 = lost
        line[write] = y1
        warm += v.warmth * (x - warm)
        out[j] = warm
        early, late, write = _next(early), _next(late), _next(write)
    v.write = write
    v.allpass_x, v.allpass_y, v.loss_x, v.warmth_y = x1, y1, last, warm
