"""Which pitch a wanted pitch becomes: the nearest, pulled toward the chord and the scale."""

import math
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
    pull, push = PULL_CENTS * harmony, PULL_CENTS * (1.0 - dissonance)
    best = (math.inf, math.inf, middle)
    for way in (range(middle, middle - count - 1, -1), range(middle + 1, middle + count + 1)):
        for step in way:
            away = abs(tuning.cents(step) - cents)
            # Farther on, the way alone costs more than the best one does.
            if away > best[0]:
                break
            place = step % count
            cost = away if place in chord else away + pull
            cost = cost if place in scale else cost + push if dissonance > 0.0 else math.inf
            best = min(best, (cost, away, step))
    step = best[2]
    return Choice(step, step % count in chord, step % count in scale)
