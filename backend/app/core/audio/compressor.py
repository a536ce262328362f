"""A compressor that hears both sides as one."""

from app.core.audio.filters import between
from app.core.audio.knobs import COMPRESSION, NOW, THRESHOLD, TO
from app.core.audio.layout import CONTROL, TICK, Array, Record
from app.core.numbers.kernel import inner, kernel
from app.core.numbers.powers import exp, log

_DECIBEL = 4.3429448190325175  # 10 / ln 10
_ATTACK = 0.15351827510938587  # of the way a control block: 10 ms
_RELEASE = 0.011049610706077684  # 150 ms
_KNEE = 6.0


@kernel
def reduction(level: float, threshold: float, ratio: float) -> float:
    """Give the decibels taken away at a level in decibels, round a knee 6 dB wide."""
    over = level - threshold
    slope = 1.0 - 1.0 / ratio
    if over <= -0.5 * _KNEE:
        return 0.0
    if over >= 0.5 * _KNEE:
        return slope * over
    x = over + 0.5 * _KNEE
    return slope * x * x / (2.0 * _KNEE)


@inner
def _power(left: Array, right: Array, at: int) -> float:
    total = 0.0
    for j in range(at, at + CONTROL):
        total += left[j] * left[j] + right[j] * right[j]
    return total / CONTROL


@kernel
def compress(d: Record, knobs: Array, left: Array, right: Array) -> None:
    """Rein in a tick, in place; a ratio of 1 leaves it alone."""
    if knobs[COMPRESSION, NOW] == 1.0 and knobs[COMPRESSION, TO] == 1.0:
        d.power, d.squeeze = 0.0, 0.0
        return
    for at in range(0, TICK, CONTROL):
        part = (at + CONTROL) / TICK
        power = _power(left, right, at)
        d.power += (_ATTACK if power > d.power else _RELEASE) * (power - d.power)
        level = _DECIBEL * log(d.power + 1e-12)
        squeeze = reduction(
            level, between(knobs, THRESHOLD, part), between(knobs, COMPRESSION, part)
        )
        gain = exp(-d.squeeze / (2.0 * _DECIBEL))
        step = (exp(-squeeze / (2.0 * _DECIBEL)) - gain) / CONTROL
        for j in range(CONTROL):
            left[at + j] *= gain + j * step
            right[at + j] *= gain + j * step
        d.squeeze = squeeze
