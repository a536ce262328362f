"""A room: eight delay lines that feed each other through a Hadamard matrix.

Each line loses what its length costs at the decay asked for, and more above 5 kHz, by the published
curve of `decay_s`. Sources: Jot & Chaigne (1991), AES 90th convention; Schlecht & Habets (2017).
"""

import math

import numpy as np

from app.core.audio.knobs import NOW, PRE_DELAY, REVERB_DECAY, REVERB_MIX, TO
from app.core.audio.layout import (
    ECHO_LENGTHS,
    ECHO_LINES,
    ECHO_RING,
    LN_1000,
    PRE_RING,
    RATE,
    TICK,
    Array,
    Record,
)
from app.core.audio.rings import put, take
from app.core.numbers.angles import sin_cos
from app.core.numbers.kernel import inner, kernel
from app.core.numbers.powers import exp

LENGTHS = np.array(ECHO_LENGTHS, dtype=np.int64)
_SHORTER = 2.8  # how much shorter the highest tones ring
_BEND_HZ = 5000.0
_BEND = 0.3394542588633758  # tan(π · 5000 / 48000)
_MEAN = sum(ECHO_LENGTHS) / len(ECHO_LENGTHS)
_EIGHTH = 1.0 / math.sqrt(8.0)
_DIFFUSION = 0.5
_BEFORE = 12  # the row of scratch where the old lines go while the decay moves
_DIFFUSERS = np.array([[142, 229], [107, 197]], dtype=np.int64)
_ASLEEP = 1e-11
_RUMBLE = 0.0117  # of the way a sample: 90 Hz
_QUIET_TICKS = 16


def decay_s(hz: float, decay: float) -> float:
    """Give the seconds a tone takes to fall by 60 dB in a room of that decay."""
    shelf = math.exp(-LN_1000 * _MEAN * (_SHORTER - 1.0) / (RATE * decay))
    x = (math.tan(math.pi * hz / RATE) / _BEND) ** 2
    loss = math.log((shelf * shelf * x + shelf) / (x + shelf)) / 2
    return 1.0 / (1.0 / decay - loss * RATE / (_MEAN * LN_1000))


@inner
def _tune(coefficients: Array, decay: float) -> None:
    """Set each line's gain and shelf for a decay in seconds."""
    s, c = sin_cos(math.pi * _BEND_HZ / RATE)
    for i in range(ECHO_LINES):
        loss = LN_1000 * LENGTHS[i] / (RATE * decay)
        flat = exp(-loss)
        shelf = exp(-loss * (_SHORTER - 1.0))
        root = np.sqrt(shelf)
        k = root * s / c
        coefficients[i, 0] = flat * (shelf + k) / (1.0 + k)
        coefficients[i, 1] = flat * (k - shelf) / (1.0 + k)
        coefficients[i, 2] = (k - 1.0) / (1.0 + k)


@inner
def _ahead(d: Record, knobs: Array, left: Array, right: Array, send: Array, work: Array) -> None:
    """Keep a tick in the pre-delay and take the send from it, moving between two delays."""
    early = int(knobs[PRE_DELAY, NOW] * RATE)
    late = int(knobs[PRE_DELAY, TO] * RATE)
    for channel in range(2):
        signal = left if channel == 0 else right
        out = send[channel]
        put(d.pre_ring[channel], d.pre_at, signal)
        take(d.pre_ring[channel], d.pre_at - late, out)
        if early != late:
            take(d.pre_ring[channel], d.pre_at - early, work)
            for j in range(TICK):
                out[j] = work[j] + (out[j] - work[j]) * (j / TICK)
    d.pre_at = (d.pre_at + TICK) & (PRE_RING - 1)


@inner
def _lighten(d: Record, send: Array) -> None:
    """Keep what lies below 90 Hz out of the room, where it would only blur."""
    low, other = d.rumble[0], d.rumble[1]
    for j in range(TICK):
        low += _RUMBLE * (send[0, j] - low)
        other += _RUMBLE * (send[1, j] - other)
        send[0, j] -= low
        send[1, j] -= other
    d.rumble[0] = low if abs(low) > _ASLEEP else 0.0
    d.rumble[1] = other if abs(other) > _ASLEEP else 0.0


@inner
def _diffuse(d: Record, send: Array) -> None:
    """Smear onsets by two all-passes a side, so that the room answers softly."""
    mask = 511
    for channel in range(2):
        out = send[channel]
        for stage in range(2):
            ring = d.diffuser[2 * channel + stage]
            length = _DIFFUSERS[channel, stage]
            for j in range(TICK):
                late = ring[(d.diffuser_at + j - length) & mask]
                into = out[j] + _DIFFUSION * late
                ring[(d.diffuser_at + j) & mask] = into
                out[j] = late - _DIFFUSION * into
    d.diffuser_at = (d.diffuser_at + TICK) & mask


@inner
def _lose(c: Array, state: Array, out: Array) -> None:
    """Filter four lines side by side: one after another each would wait for its last sample."""
    x0, x1, x2, x3 = state[0, 0], state[1, 0], state[2, 0], state[3, 0]
    y0, y1, y2, y3 = state[0, 1], state[1, 1], state[2, 1], state[3, 1]
    for j in range(TICK):
        a, b, e, f = out[0, j], out[1, j], out[2, j], out[3, j]
        y0 = c[0, 0] * a + c[0, 1] * x0 - c[0, 2] * y0
        y1 = c[1, 0] * b + c[1, 1] * x1 - c[1, 2] * y1
        y2 = c[2, 0] * e + c[2, 1] * x2 - c[2, 2] * y2
        y3 = c[3, 0] * f + c[3, 1] * x3 - c[3, 2] * y3
        x0, x1, x2, x3 = a, b, e, f
        out[0, j], out[1, j], out[2, j], out[3, j] = y0, y1, y2, y3
    state[0, 0], state[1, 0], state[2, 0], state[3, 0] = x0, x1, x2, x3
    state[0, 1], state[1, 1], state[2, 1], state[3, 1] = y0, y1, y2, y3


@inner
def _echoes(d: Record, decay: float, work: Array) -> None:
    """Read each line's tick and let it lose what its length costs, fading to another decay."""
    for i in range(ECHO_LINES):
        take(d.lines[i], d.lines_at - LENGTHS[i], work[i])
    moving = d.coefficients_for != decay
    before = work[_BEFORE : _BEFORE + ECHO_LINES]
    if moving:
        _copy(work, before)
        _copy(d.shelf, d.shelf_before)
        _lose_all(d.coefficients, d.shelf_before, before)
        d.coefficients_for = decay
        _tune(d.coefficients, decay)
    _lose_all(d.coefficients, d.shelf, work)
    if moving:
        _fade(before, work)


@inner
def _copy(source: Array, out: Array) -> None:
    """Copy as many rows as `out` has, without making an array on the way."""
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = source[i, j]


@inner
def _lose_all(coefficients: Array, state: Array, lines: Array) -> None:
    for half in range(0, ECHO_LINES, 4):
        part = slice(half, half + 4)
        _lose(coefficients[part], state[part], lines[part])


@inner
def _fade(before: Array, lines: Array) -> None:
    """Fade the lines in from what they would have been, across the tick."""
    for i in range(ECHO_LINES):
        for j in range(TICK):
            lines[i, j] = before[i, j] + (lines[i, j] - before[i, j]) * (j / TICK)


@inner
def _fold(work: Array) -> None:
    """Multiply the eight lines by an orthogonal Hadamard matrix, in place."""
    for j in range(TICK):
        a, b = work[0, j] + work[1, j], work[0, j] - work[1, j]
        c, d = work[2, j] + work[3, j], work[2, j] - work[3, j]
        e, f = work[4, j] + work[5, j], work[4, j] - work[5, j]
        g, h = work[6, j] + work[7, j], work[6, j] - work[7, j]
        a, b, c, d = a + c, b + d, a - c, b - d
        e, f, g, h = e + g, f + h, e - g, f - h
        work[0, j], work[4, j] = (a + e) * _EIGHTH, (a - e) * _EIGHTH
        work[1, j], work[5, j] = (b + f) * _EIGHTH, (b - f) * _EIGHTH
        work[2, j], work[6, j] = (c + g) * _EIGHTH, (c - g) * _EIGHTH
        work[3, j], work[7, j] = (d + h) * _EIGHTH, (d - h) * _EIGHTH


@inner
def _feed(d: Record, work: Array, send: Array) -> float:
    """Write the folded lines and the send back; return the loudest sample written."""
    loudest = 0.0
    for i in range(ECHO_LINES):
        line, into = work[i], send[i & 1]
        sign = 1.0 - (i & 2)
        for j in range(TICK):
            line[j] += sign * into[j]
        for j in range(0, TICK, 8):
            loudest = max(loudest, abs(line[j]))
        put(d.lines[i], d.lines_at, line)
    d.lines_at = (d.lines_at + TICK) & (ECHO_RING - 1)
    return loudest


@inner
def _heard(work: Array, wet: Array) -> None:
    """Take left from the even lines and right from the odd ones, with signs of their own."""
    for j in range(TICK):
        wet[0, j] = work[0, j] - work[2, j] + work[4, j] - work[6, j]
        wet[1, j] = work[1, j] + work[3, j] - work[5, j] - work[7, j]


@kernel
def reverb(d: Record, knobs: Array, left: Array, right: Array, work: Array) -> None:
    """Add the room to a tick, in place.

    Args:
        d: the desk.
        knobs: (KNOBS, 2).
        left: (400,); right: (400,).
        work: (20, 400) of scratch: eight lines, two sends, two wet signals, eight lines.
    """
    send, wet = work[8:10], work[10:12]
    _ahead(d, knobs, left, right, send, work[0])
    if asleep(d, send):
        wet[:, :] = 0.0
    else:
        _lighten(d, send)
        _diffuse(d, send)
        _echoes(d, knobs[REVERB_DECAY, TO], work)
        _heard(work, wet)
        _fold(work)
        loudest = _feed(d, work, send)
        d.reverb_quiet = d.reverb_quiet + 1 if loudest < _ASLEEP else 0
    _blend(knobs, left, right, wet)


@inner
def asleep(d: Record, send: Array) -> bool:
    """Say whether the room is silent and nothing enters; clear it as it falls asleep."""
    for j in range(TICK):
        if abs(send[0, j]) + abs(send[1, j]) > 1e-14:
            d.reverb_quiet = 0
            return False
    if d.reverb_quiet < _QUIET_TICKS:
        return False
    if d.reverb_quiet == _QUIET_TICKS:
        d.lines[:, :] = 0.0
        d.shelf[:, :] = 0.0
        d.diffuser[:, :] = 0.0
        d.rumble[:] = 0.0
        d.reverb_quiet += 1
    return True


@inner
def _amounts(mix: float, decay: float) -> tuple[float, float]:
    """Give the levels of dry and wet, equal in power, the wet as loud whatever the decay."""
    s, c = sin_cos(0.5 * math.pi * mix)
    return c, s * min(0.62 / np.sqrt(decay), 1.6)


@inner
def _blend(knobs: Array, left: Array, right: Array, wet: Array) -> None:
    dry0, wet0 = _amounts(knobs[REVERB_MIX, NOW], knobs[REVERB_DECAY, NOW])
    dry1, wet1 = _amounts(knobs[REVERB_MIX, TO], knobs[REVERB_DECAY, TO])
    for j in range(TICK):
        part = j / TICK
        dry = dry0 + (dry1 - dry0) * part
        amount = wet0 + (wet1 - wet0) * part
        left[j] = dry * left[j] + amount * wet[0, j]
        right[j] = dry * right[j] + amount * wet[1, j]
