"""A bank of decaying partials: the modal voices.

Within a block each partial follows y[n] = 2 Re(z^k) y[n-k] - |z^k|² y[n-2k], k samples side by side,
seeded from its exact complex amplitude, so errors never outlive the block.
"""

import numpy as np

from app.core.audio.layout import (
    CONTROL,
    FADE,
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
from app.core.numbers.kernel import kernel
from app.core.numbers.noise import uniform
from app.core.numbers.powers import exp

LANES = 20
_SEEDS = 2 * LANES
_HIGHEST = 20_000.0
_CLICK_SAMPLES = 1200


@kernel
def _power(re: float, im: float, times: int) -> tuple[float, float]:
    """Raise a complex number to a whole power, by squaring."""
    a, b = 1.0, 0.0
    while times > 0:
        if times & 1:
            a, b = a * re - b * im, a * im + b * re
        re, im = re * re - im * im, 2.0 * re * im
        times >>= 1
    return a, b


@kernel
def _seed(re: float, im: float, zr: float, zi: float, y: Array, work: Array) -> None:
    """Write the first 2k samples of a partial to y, doubling their number at each step."""
    y[0] = re
    work[0] = im
    done = 1
    while done < _SEEDS:
        more = min(done, _SEEDS - done)
        for j in range(more):
            y[done + j] = y[j] * zr - work[j] * zi
            work[done + j] = y[j] * zi + work[j] * zr
        zr, zi = zr * zr - zi * zi, 2.0 * zr * zi
        done += more


@kernel
def _run(row: Array, y: Array, work: Array, out: Array) -> None:
    """Add a block of one partial to `out`; its amplitude stays where it was."""
    zr, zi = row[STEP_RE], row[STEP_IM]
    _seed(row[RE], row[IM], zr, zi, y, work)
    kr, ki = _power(zr, zi, LANES)
    first = 2.0 * kr
    second = kr * kr + ki * ki
    length = len(out)
    for j in range(length - _SEEDS):
        y[j + _SEEDS] = first * y[j + LANES] - second * y[j]
    for j in range(length):
        out[j] += y[j]


@kernel
def _turn(row: Array, hz: float, length: int) -> None:
    """Set a partial's steps for a frequency of the note, one sample and one block wide."""
    angle = TAU * row[RATIO] * hz / RATE
    shrink = exp(-row[FADE])
    s, c = sin_cos(angle)
    row[STEP_RE] = shrink * c
    row[STEP_IM] = shrink * s
    row[TICK_RE], row[TICK_IM] = _power(row[STEP_RE], row[STEP_IM], length)


@kernel
def _move(row: Array, re: float, im: float) -> None:
    """Multiply a partial's amplitude by a complex number."""
    a, b = row[RE], row[IM]
    row[RE] = a * re - b * im
    row[IM] = a * im + b * re


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
        row[RE] = 0.0
        row[IM] = -level
        power += level * level
        _turn(row, v.hz, TICK)
    for p in range(v.partials):
        bank[p, IM] /= np.sqrt(power)


@kernel
def _still(v: Record, bank: Array, first: int, y: Array, work: Array, out: Array) -> float:
    """Render a tick at one frequency from sample `first` of it; return the loudest amplitude."""
    loudest = 0.0
    for p in range(v.partials):
        row = bank[p]
        size = abs(row[RE]) + abs(row[IM])
        if size < SILENCE:
            continue
        loudest = max(loudest, size)
        _run(row, y, work, out[first:])
        if first == 0:
            _move(row, row[TICK_RE], row[TICK_IM])
        else:
            re, im = _power(row[STEP_RE], row[STEP_IM], TICK - first)
            _move(row, re, im)
    return loudest


@kernel
def _gliding(v: Record, bank: Array, now: int, y: Array, work: Array, out: Array) -> float:
    """Render a tick whose frequency moves, one control block at a time."""
    loudest = 0.0
    for at in range(0, TICK, CONTROL):
        age = float(now + at - v.start)
        hz = v.hz + (v.hz_to - v.hz) * (at + CONTROL) / TICK
        hz *= 1.0 + v.drop * exp(-5.0 * max(age, 0.0) / v.drop_samples)
        begin = max(v.start - now - at, 0)
        for p in range(v.partials):
            row = bank[p]
            if begin >= CONTROL:
                continue
            _turn(row, hz, CONTROL - begin)
            _run(row, y, work, out[at + begin : at + CONTROL])
            _move(row, row[TICK_RE], row[TICK_IM])
            loudest = max(loudest, abs(row[RE]) + abs(row[IM]))
    return loudest


@kernel
def bank_tick(v: Record, bank: Array, now: int, y: Array, work: Array, out: Array) -> float:
    """Render a tick of a modal voice into `out`; return its loudest amplitude, 0..1."""
    for j in range(TICK):
        out[j] = 0.0
    dropping = v.drop != 0.0 and now < v.start + 2.0 * v.drop_samples
    if dropping or v.hz != v.hz_to:
        loudest = _gliding(v, bank, now, y, work, out)
        for p in range(v.partials):
            _turn(bank[p], v.hz_to, TICK)
    else:
        loudest = _still(v, bank, max(v.start - now, 0), y, work, out)
    if v.noise > 0.0 and now < v.start + _CLICK_SAMPLES:
        _click(v, now, out)
    return loudest


@kernel
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
