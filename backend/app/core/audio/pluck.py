"""A plucked string: Karplus and Strong's loop, tuned exactly at its fundamental.

The loop is a delay line, a one-zero loss filter and an all-pass; the all-pass coefficient is solved
so that the phase around the loop at the note's own frequency is one whole turn.
Source: Jaffe & Smith (1983), Computer Music Journal 7(2), 56.
"""

import math

import numpy as np

from app.core.audio.layout import RATE, STRING_SAMPLES, TICK, Array, Record
from app.core.numbers.angles import TAU, atan2, sin, sin_cos
from app.core.numbers.kernel import kernel
from app.core.numbers.noise import uniform
from app.core.numbers.powers import exp

_LN_1000 = math.log(1000.0)
LOWEST_HZ = 20.0


@kernel
def string_tune(v: Record, hz: float, ring: float, damping: float) -> None:
    """Set the loop for a frequency and a time to -60 dB; the line's contents stay."""
    hz = min(max(hz, LOWEST_HZ), 12_000.0)
    angle = TAU * hz / RATE
    wanted = exp(-_LN_1000 / (hz * ring))
    # The loss filter 1 - s + s z⁻¹ darkens the sound; s gives way where it would cost the
    # fundamental more than its ring allows, since the loop gain must stay below one.
    half = sin(0.5 * angle)
    bound = (1.0 - min(wanted * wanted / (0.99999 * 0.99999), 1.0)) / (4.0 * half * half)
    dark = 0.5 - 0.46 * min(max(v.bright, 0.0), 1.0) ** 0.7
    dark = min(dark + 0.4 * damping, 0.5)
    product = min(dark * (1.0 - dark), bound)
    v.loss = 0.5 - np.sqrt(max(0.25 - product, 0.0))
    s, c = sin_cos(angle)
    re = 1.0 - v.loss + v.loss * c
    im = -v.loss * s
    v.loop = min(wanted / np.sqrt(re * re + im * im), 0.99999)
    period = RATE / hz - atan2(-im, re) / angle
    v.length = int(period - 0.3)
    part = period - v.length
    v.allpass = sin(0.5 * (1.0 - part) * angle) / sin(0.5 * (1.0 + part) * angle)


@kernel
def string_start(v: Record, line: Array, ring: float, damping: float, work: Array) -> None:
    """Pluck a new string: noise of the note's own, softened by brightness, without mean."""
    string_tune(v, v.hz, ring, damping)
    n = v.length
    soft = 0.12 + 0.75 * min(max(v.bright, 0.0), 1.0)
    pick = max(int(0.17 * n), 1)
    last = 0.0
    for i in range(2 * n):  # once round to settle the filter, so that the line closes on itself
        fresh = 2.0 * uniform(v.seed, 4, i % n) - 1.0
        last += soft * (fresh - last)
        if i >= n:
            line[i - n] = last
    mean = 0.0
    for i in range(n):
        work[i] = line[i] - 0.8 * line[(i + pick) % n]
        mean += work[i]
    power = 0.0
    for i in range(n):
        line[i] = work[i] - mean / n
        power += line[i] * line[i]
    scale = 1.0 / np.sqrt(max(power / n, 1e-12))
    for i in range(n):
        line[i] *= scale
    for i in range(n, STRING_SAMPLES):
        line[i] = 0.0
    v.write = n
    v.allpass_x = 0.0
    v.allpass_y = 0.0
    v.loss_x = 0.0
    v.warmth_y = 0.0


@kernel
def string_tick(v: Record, line: Array, first: int, out: Array) -> None:
    """Render a tick of a string into `out`, from sample `first` of it."""
    for j in range(first):
        out[j] = 0.0
    write = v.write
    read = write - v.length
    if read < 0:
        read += STRING_SAMPLES
    a, x1, y1 = v.allpass, v.allpass_x, v.allpass_y
    loss, gain, last = v.loss, v.loop, v.loss_x
    warm, soft = v.warmth_y, v.warmth
    for j in range(first, TICK):
        x = line[read]
        lost = gain * ((1.0 - loss) * x + loss * last)
        last = x
        y1 = a * (lost - y1) + x1
        x1 = lost
        line[write] = y1
        warm += soft * (x - warm)
        out[j] = warm
        read = read + 1 if read + 1 < STRING_SAMPLES else 0
        write = write + 1 if write + 1 < STRING_SAMPLES else 0
    v.write = write
    v.allpass_x, v.allpass_y, v.loss_x, v.warmth_y = x1, y1, last, warm
