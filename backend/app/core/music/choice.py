"""Which pitch a wanted pitch becomes: the nearest, pulled toward the chord and the scale."""

from collections.abc import Collection
from dataclasses import dataclass

from app.core.music.tuning import Tuning

PULL_CENTS = 350.0


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen step of the tuning, and what it belongs to."""

    step: int
    in_chord: bool
    in_scale: bool


def chosen(
    tuning: Tuning,
    cents: float,
    *,
    scale: Collection[int],
    chord: Collection[int],
    harmony: float,
    dissonance: float,
) -> Choice:
    """Choose the step of least |cents away| + 350·harmony + 350·(1 - dissonance).

    The second term counts for a step outside the chord, the third for one outside the scale.
    At dissonance 0 nothing outside the scale is a candidate at all.

    Args:
        tuning: the steps there are.
        cents: the wanted pitch, cents above step 0.
        scale: step classes of the scale.
        chord: step classes of the chord.
        harmony: 0..1.
        dissonance: 0..1.
    """
    count = len(tuning.steps)
    middle = tuning.nearest(cents)
    best: tuple[float, float, int] | None = None
    for step in range(middle - count, middle + count + 1):
        place = step % count
        outside = place not in scale
        if outside and dissonance == 0.0:
            continue
        away = abs(tuning.cents(step) - cents)
        cost = away
        if place not in chord:
            cost += PULL_CENTS * harmony
        if outside:
            cost += PULL_CENTS * (1.0 - dissonance)
        if best is None or (cost, away, step) < best:
            best = (cost, away, step)
    assert best is not None  # every scale has a tone in every period
    step = best[2]
    return Choice(step, step % count in chord, step % count in scale)
