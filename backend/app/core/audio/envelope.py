"""The loudness of a voice, sample by sample, as a closed form of its age."""

from app.core.audio.layout import STEAL_SAMPLES, TICK, Array, Record
from app.core.numbers.kernel import kernel
from app.core.numbers.powers import exp


@kernel
def _rise(env: Array, now: int, start: int, length: float) -> None:
    """Multiply by a rise from 0 to 1 with no corner: 10x³ - 15x⁴ + 6x⁵."""
    for j in range(TICK):
        x = min(max((now + j - start) / length, 0.0), 1.0)
        env[j] *= x * x * x * (10.0 + x * (6.0 * x - 15.0))


@kernel
def _fall(env: Array, now: int, start: int, length: float, floor: float) -> None:
    """Multiply by a fall from 1 to `floor`, exponential to the ear when it is long.

    The factor (1 - x)³(1 + 3x + 6x²) lands it without a corner; below 250 ms less and less of
    the exponential is left, since its corner at the start would be heard as a click.
    """
    steep = min(length / 2400.0, 5.0)
    ratio = exp(-steep / length)
    e = exp(-steep * max(now - start, 0) / length)
    for j in range(TICK):
        x = min(max((now + j - start) / length, 0.0), 1.0)
        y = 1.0 - x
        env[j] *= floor + (1.0 - floor) * e * (y * y * y * (1.0 + x * (3.0 + 6.0 * x)))
        if now + j >= start:
            e *= ratio


@kernel
def shape(v: Record, now: int, env: Array) -> None:
    """Fill a tick with the loudness of a voice: gain, attack, decay, sustain, release, theft."""
    # Locals: a field of a record could change under each store, for all the compiler knows.
    gain = v.gain
    step = (v.gain_to - gain) / TICK
    for j in range(TICK):
        env[j] = gain + j * step
    if now < v.start + v.attack:
        _rise(env, now, v.start, v.attack)
    peak = v.start + int(v.attack)
    if v.sustain < 1.0:
        _decay(v, now, peak, env)
    if now + TICK > v.off:
        _fall(env, now, v.off, v.release, 0.0)
    if now + TICK > v.stolen:
        _fall(env, now, v.stolen, STEAL_SAMPLES, 0.0)


@kernel
def _decay(v: Record, now: int, peak: int, env: Array) -> None:
    sustain = v.sustain
    if now >= peak + v.decay:
        for j in range(TICK):
            env[j] *= sustain
    elif now + TICK > peak:
        _fall(env, now, peak, v.decay, v.sustain)


@kernel
def steady(v: Record, now: int) -> float:
    """Give the factor on the gain of a voice whose envelope does not move in this tick, else -1."""
    if now + TICK > v.off or now + TICK > v.stolen or now < v.start + v.attack:
        return -1.0
    if v.sustain == 1.0:
        return 1.0
    return v.sustain if now >= v.start + v.attack + v.decay else -1.0


@kernel
def over(v: Record, now: int) -> bool:
    """Say whether a voice has faded out by this sample."""
    return now >= v.off + v.release or now >= v.stolen + STEAL_SAMPLES
