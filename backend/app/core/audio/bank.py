"""A bank of decaying partials: the modal voices.

A partial's next twenty samples are its amplitude times a table of its turns; four partials go side by
side, twenty samples at a time. Each tick starts from the exact amplitude, so errors never outlive it.
"""

import numpy as np

from app.core.audio.layout import (
    CONTROL,
    FADE,
    HOP_IM,
    HOP_RE,
    IM,
    LN_1000,
    PARTIALS_MAX,
    RATE,
    RATIO,
    RE,
    SILENCE,
    STEP_IM,
    STEP_RE,
    TICK,
    TICK_IM,
    TICK_RE,
    Array,
    Record,
)
from app.core.numbers.angles import TAU, sin_cos
from app.core.numbers.kernel import inner, kernel
from app.core.numbers.noise import uniform
from app.core.numbers.powers import exp

LANES = 20  # divides the control grid; 16 is slower by a tenth, 40 by an eighth
TOGETHER = 4
TURNS = 2 * TOGETHER  # rows of scratch
_HIGHEST = 20_000.0
_CLICK_SAMPLES = 1200


@inner
def _power(re: float, im: float, times: int) -> tuple[float, float]:
    """Raise a complex number to a whole power, by squaring."""
    a, b = 1.0, 0.0
    while times > 0:
        if times & 1:
            a, b = a * re - b * im, a * im + b * re
        re, im = re * re - im * im, 2.0 * re * im
        times >>= 1
    return a, b


@inner
def _turns(zr: float, zi: float, re: Array, im: Array) -> None:
    """Write the powers 0, 1 ... of a complex number, doubling how many at each step."""
    re[0], im[0] = 1.0, 0.0
    done = 1
    while done < LANES:
        more = min(done, LANES - done)
        for j in range(more):
            re[done + j] = re[j] * zr - im[j] * zi
            im[done + j] = re[j] * zi + im[j] * zr
        zr, zi = zr * zr - zi * zi, 2.0 * zr * zi
        done += more


@inner
def _four(rows: Array, quarter: bool, turns: Array, out: Array) -> None:
    """Add a block of four partials to `out`, or of them a quarter turn back; they stay as they were."""
    for p in range(TOGETHER):
        _turns(rows[p, STEP_RE], rows[p, STEP_IM], turns[2 * p], turns[2 * p + 1])
    x0, x1, x2, x3 = turns[0], turns[2], turns[4], turns[6]
    y0, y1, y2, y3 = turns[1], turns[3], turns[5], turns[7]
    h0, h1, h2, h3 = rows[0, HOP_RE], rows[1, HOP_RE], rows[2, HOP_RE], rows[3, HOP_RE]
    k0, k1, k2, k3 = rows[0, HOP_IM], rows[1, HOP_IM], rows[2, HOP_IM], rows[3, HOP_IM]
    a0, a1, a2, a3 = rows[0, RE], rows[1, RE], rows[2, RE], rows[3, RE]
    b0, b1, b2, b3 = rows[0, IM], rows[1, IM], rows[2, IM], rows[3, IM]
    if quarter:
        a0, a1, a2, a3, b0, b1, b2, b3 = b0, b1, b2, b3, -a0, -a1, -a2, -a3
    for at in range(0, len(out), LANES):
        block = out[at:]
        for j in range(LANES):
            block[j] += ((a0 * x0[j] - b0 * y0[j]) + (a1 * x1[j] - b1 * y1[j])) + (
                (a2 * x2[j] - b2 * y2[j]) + (a3 * x3[j] - b3 * y3[j])
            )
        a0, b0 = a0 * h0 - b0 * k0, a0 * k0 + b0 * h0
        a1, b1 = a1 * h1 - b1 * k1, a1 * k1 + b1 * h1
        a2, b2 = a2 * h2 - b2 * k2, a2 * k2 + b2 * h2
        a3, b3 = a3 * h3 - b3 * k3, a3 * k3 + b3 * h3


@inner
def _turn(row: Array, hz: float, length: int) -> None:
    """Set a partial's steps for a frequency of the note, one sample, one hop and one block wide."""
    angle = TAU * row[RATIO] * hz / RATE
    shrink = exp(-row[FADE])
    s, c = sin_cos(angle)
    row[STEP_RE] = shrink * c
    row[STEP_IM] = shrink * s
    row[HOP_RE], row[HOP_IM] = _power(row[STEP_RE], row[STEP_IM], LANES)
    row[TICK_RE], row[TICK_IM] = _power(row[HOP_RE], row[HOP_IM], length // LANES)


@inner
def _move(row: Array, re: float, im: float) -> None:
    """Multiply a partial's amplitude by a complex number."""
    a, b = row[RE], row[IM]
    row[RE] = a * re - b * im
    row[IM] = a * im + b * re


@inner
def _back(row: Array, samples: int) -> None:
    """Turn a partial back so many samples, so that its onset comes that much later."""
    size = row[STEP_RE] * row[STEP_RE] + row[STEP_IM] * row[STEP_IM]
    re, im = _power(row[STEP_RE] / size, -row[STEP_IM] / size, samples)
    _move(row, re, im)


@kernel
def bank_start(v: Record, bank: Array, modes: Array, ring: float, damping: float) -> None:
    """Strike every partial of a new modal voice at its onset, their power together one.

    Args:
        v: the voice; its hz and bright are set.
        bank: (PARTIALS_MAX, PARTIAL_COLUMNS), overwritten.
        modes: (PARTIALS_MAX, 3): ratio, level, decay.
        ring: seconds to -60 dB of the first partial.
        damping: 0..1, high partials decay (1 + 9 · damping · f / 10 kHz) times faster.
    """
    v.partials = 0
    bank[:, :] = 0.0
    power = 0.0
    for p in range(PARTIALS_MAX):
        ratio, level, decay = modes[p]
        hz = ratio * v.hz
        if level == 0.0 or hz >= _HIGHEST:
            continue
        row = bank[v.partials]
        v.partials += 1
        # Brightness tilts the strike: softer felt, fewer upper partials.
        level *= exp((v.bright - 0.7) * 1.4 * np.sqrt(max(ratio - 1.0, 0.0)) * (1.0 + hz / 6000.0))
        level *= min(1.0, (_HIGHEST - hz) / 2000.0)
        row[RATIO] = ratio
        row[FADE] = LN_1000 * decay * (1.0 + 9.0 * damping * hz / 10_000.0) / (ring * RATE)
        # Each partial starts at zero, moving: an onset, not a step.
        row[IM] = -level
        power += level * level
        _turn(row, v.hz, TICK)
    for p in range(v.partials):
        bank[p, IM] /= np.sqrt(power)


@inner
def _still(v: Record, bank: Array, first: int, turns: Array, out: Array, other: Array) -> None:
    """Render a tick at one frequency whose sound begins at sample `first` of it."""
    if first > 0:
        for p in range(v.partials):
            _back(bank[p], first)
    for p in range(0, v.partials, TOGETHER):
        rows = bank[p : p + TOGETHER]
        if _size(rows) < SILENCE:
            continue
        _four(rows, False, turns, out)
        if v.twinned != 0:
            _four(rows, True, turns, other)
        for q in range(TOGETHER):
            _move(rows[q], rows[q, TICK_RE], rows[q, TICK_IM])
    out[:first] = 0.0
    other[:first] = 0.0


@inner
def _size(rows: Array) -> float:
    """Give the loudest amplitude of four partials."""
    loudest = 0.0
    for q in range(TOGETHER):
        loudest = max(loudest, abs(rows[q, RE]) + abs(rows[q, IM]))
    return loudest


@inner
def _gliding(v: Record, bank: Array, now: int, turns: Array, out: Array, other: Array) -> None:
    """Render a tick whose frequency moves, one control block at a time."""
    for at in range(0, TICK, CONTROL):
        first = v.start - now - at
        if first >= CONTROL:
            continue
        age = float(max(-first, 0))
        hz = v.hz + (v.hz_to - v.hz) * (at + CONTROL) / TICK
        hz *= 1.0 + v.drop * exp(-5.0 * age / v.drop_samples)
        for p in range(v.partials):
            _turn(bank[p], hz, CONTROL)
        end = at + CONTROL
        _still(v, bank, max(first, 0), turns, out[at:end], other[at:end])


@kernel
def bank_tick(v: Record, bank: Array, now: int, turns: Array, out: Array, other: Array) -> None:
    """Render a tick of a modal voice into `out`, and where it has a twin its quarter turn into `other`.

    Args:
        v: the voice.
        bank: (PARTIALS_MAX, PARTIAL_COLUMNS).
        now: the tick's first sample.
        turns: (TURNS, 400) of scratch.
        out: (400,), overwritten; so is `other`, (400,).
    """
    for j in range(TICK):
        out[j] = 0.0
        other[j] = 0.0
    dropping = v.drop != 0.0 and now < v.start + 2.0 * v.drop_samples
    if dropping or v.hz != v.hz_to:
        _gliding(v, bank, now, turns, out, other)
        for p in range(v.partials):
            _turn(bank[p], v.hz_to, TICK)
    else:
        _still(v, bank, max(v.start - now, 0), turns, out, other)
    if v.noise > 0.0 and now < v.start + _CLICK_SAMPLES:
        _click(v, now, out)


@inner
def _click(v: Record, now: int, out: Array) -> None:
    """Add the soft click of a stick: noise of the note's own, fading within 25 ms."""
    last = 0.0
    for j in range(TICK):
        age = now + j - v.start
        if age < 0:
            continue
        x = max(1.0 - age / _CLICK_SAMPLES, 0.0)
        fresh = 2.0 * uniform(v.seed, 3, age) - 1.0
        last += 0.25 * (fresh - last)
        rise = min(age / 48.0, 1.0)
        out[j] += v.noise * rise * x * x * x * x * last
