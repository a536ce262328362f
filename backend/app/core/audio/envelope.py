"""The loudness of a voice, sample by sample, as a closed form of its age."""

from app.core.audio.layout import STEAL_SAMPLES, TICK, Array, Record
from app.core.numbers.kernel import inner, kernel
from app.core.numbers.powers import exp


@inner
def _rise(env: Array, now: int, start: int, length: float) -> None:
    """Multiply by a rise from 0 to 1 with no corner: 10x³ - 15x⁴ + 6x⁵."""
    for j in range(TICK):
        x = min(max((now + j - start) / length, 0.0), 1.0)
        env[j] *= x * x * x * (10.0 + x * (6.0 * x - 15.0))


@inner
def _fall(
    env: Array, work: Array, now: int, start: int, length: float, floor: float
) -> None:  # fmt: skip
    """Multiply by a fall from 1 to `floor`, exponential to the ear when it is long.

    The factor (1 - x)³(1 + 3x + 6x²) lands it without a corner; below 250 ms less and less of
    the exponential is left, since its corner at the start would be heard as a click.
    """
    steep = min(length / 2400.0, 5.0)
    first = max(start - now, 0)
    age = now + first - start
    _powers(work, exp(-steep * age / length), exp(-steep / length))
    falling = env[first:]
    for j in range(TICK - first):
        x = min((age + j) / length, 1.0)
        y = 1.0 - x
        falling[j] *= floor + (1.0 - floor) * work[j] * (y * y * y * (1.0 + x * (3.0 + 6.0 * x)))


@inner
def _powers(out: Array, first: float, ratio: float) -> None:
    """Fill a tick with a geometric series, doubling how much of it there is at each step."""
    out[0] = first
    done = 1
    while done < TICK:
        more = min(done, TICK - done)
        for j in range(more):
            out[done + j] = out[j] * ratio
        ratio *= ratio
        done += more


@kernel
def shape(v: Record, now: int, env: Array, work: Array) -> None:
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
        _decay(v, now, peak, env, work)
    if now + TICK > v.off:
        _fall(env, work, now, v.off, v.release, 0.0)
    if now + TICK > v.stolen:
        _fall(env, work, now, v.stolen, STEAL_SAMPLES, 0.0)


@inner
def _decay(v: Record, now: int, peak: int, env: Array, work: Array) -> None:
    sustain = v.sustain
    if now >= peak + v.decay:
        for j in range(TICK):
            env[j] *= sustain
    elif now + TICK > peak:
        _fall(env, work, now, peak, v.decay, v.sustain)


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
