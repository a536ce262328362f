import itertools

import pytest

from app.core.music.choice import chosen
from app.core.music.scale import Mode
from app.core.music.tuning import Tuning

TUNING = Tuning()
SCALE = Mode.of(TUNING, key=2, scale="dorian").classes
CHORD = frozenset(TUNING.classes((2, 5, 9)))
WISHES = [i * 37.0 - 3000.0 for i in range(150)]


def shares(harmony, dissonance):
    found = [
        chosen(TUNING, c, scale=SCALE, chord=CHORD, harmony=harmony, dissonance=dissonance)
        for c in WISHES
    ]
    return sum(one.in_chord for one in found), sum(not one.in_scale for one in found)


def test_the_choice_is_the_least_cost_over_every_step_there_is():
    for cents, harmony, dissonance in itertools.product(WISHES[::7], (0.0, 0.4, 1.0), (0.3, 1.0)):

        def cost(step, cents=cents, harmony=harmony, dissonance=dissonance):
            place = step % 12
            return (
                abs(TUNING.cents(step) - cents)
                + 350 * harmony * (place not in CHORD)
                + 350 * (1 - dissonance) * (place not in SCALE)
            )

        found = chosen(
            TUNING, cents, scale=SCALE, chord=CHORD, harmony=harmony, dissonance=dissonance
        )
        assert cost(found.step) == pytest.approx(min(cost(step) for step in range(-60, 61)))


def test_the_share_of_chord_tones_never_falls_as_harmony_rises():
    counts = [shares(harmony / 10, 0.0)[0] for harmony in range(11)]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1] == len(WISHES)


def test_nothing_is_outside_the_scale_at_no_dissonance_and_that_share_never_falls():
    counts = [shares(0.0, dissonance / 10)[1] for dissonance in range(11)]
    assert counts[0] == 0
    assert counts == sorted(counts)
    assert counts[-1] > 0


def test_without_harmony_and_with_full_dissonance_the_nearest_step_wins():
    for cents in WISHES:
        found = chosen(TUNING, cents, scale=SCALE, chord=CHORD, harmony=0.0, dissonance=1.0)
        assert found.step == TUNING.nearest(cents)
