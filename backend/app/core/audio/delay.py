"""Echoes that cross from side to side."""

from app.core.audio.filters import between
from app.core.audio.knobs import DELAY_FEEDBACK, DELAY_MIX, DELAY_TIME, NOW, TO
from app.core.audio.layout import DELAY_RING, RATE, TICK, Array, Record
from app.core.numbers.kernel import inner, kernel

_MASK = DELAY_RING - 1
_TONE = 0.55  # each echo a little darker than the last


@inner
def _taps(d: Record, early: int, late: int, part: float, at: int) -> tuple[float, float]:
    """Read both sides between an old delay and a new one, so that moving it fades."""
    a0 = d.delay_ring[0, (at - early) & _MASK]
    a1 = d.delay_ring[1, (at - early) & _MASK]
    if early == late:
        return a0, a1
    b0 = d.delay_ring[0, (at - late) & _MASK]
    b1 = d.delay_ring[1, (at - late) & _MASK]
    return a0 + (b0 - a0) * part, a1 + (b1 - a1) * part


@kernel
def delay(d: Record, knobs: Array, left: Array, right: Array) -> None:
    """Add echoes to a tick, in place; without mix it costs nothing and forgets."""
    if knobs[DELAY_MIX, NOW] == 0.0 and knobs[DELAY_MIX, TO] == 0.0:
        if d.delay_awake != 0:
            d.delay_ring[:, :] = 0.0
            d.delay_awake = 0
        return
    d.delay_awake = 1
    early = max(int(knobs[DELAY_TIME, NOW] * RATE), 1)
    late = max(int(knobs[DELAY_TIME, TO] * RATE), 1)
    tone_l, tone_r = d.delay_tone[0], d.delay_tone[1]
    for j in range(TICK):
        at = d.delay_at + j
        echo_l, echo_r = _taps(d, early, late, j / TICK, at)
        tone_l += _TONE * (echo_l - tone_l)
        tone_r += _TONE * (echo_r - tone_r)
        # The right hears the left's echo one time later, and the other way round.
        d.delay_ring[0, at & _MASK] = 0.5 * (left[j] + right[j]) + (
            between(knobs, DELAY_FEEDBACK, j / TICK) * tone_r
        )
        d.delay_ring[1, at & _MASK] = tone_l
        amount = between(knobs, DELAY_MIX, j / TICK)
        left[j] += amount * tone_l
        right[j] += amount * tone_r
    d.delay_at = (d.delay_at + TICK) & _MASK
    d.delay_tone[0] = tone_l if abs(tone_l) > 1e-18 else 0.0
    d.delay_tone[1] = tone_r if abs(tone_r) > 1e-18 else 0.0
