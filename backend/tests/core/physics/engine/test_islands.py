import numpy as np
import pytest


def stack(x, *names):
    """Balls one above the other."""
    return {
        name: {"position": [x, 0.2 + 0.4 * k, 0], "radius": 0.2, "mass": 1}
        for k, name in enumerate(names)
    }


@pytest.fixture(scope="module")
def piles(play):
    """Two stacks far apart, asleep after two seconds."""
    bodies = {**stack(-3, "a", "b", "c"), **stack(3, "d", "e", "f")}
    physics = {"elasticity": 0.2, "friction": 0.5, "air_resistance": 0, "floor": 0}
    return play({"dimensions": 2, "physics": physics, "bodies": bodies}, 2)


def test_what_sleeps_does_not_move_by_a_bit(piles):
    after = piles.go_on(60)

    assert np.ptp(after.frames, axis=0).max() == 0.0


def test_only_the_pile_that_is_struck_wakes(play, piles):
    bodies = {**stack(-3, "a", "b", "c"), **stack(3, "d", "e", "f")}
    bodies["z"] = {"position": [-9, 0.2, 0], "velocity": [5, 0, 0], "radius": 0.2, "mass": 3}
    physics = {"elasticity": 0.2, "friction": 0.0, "air_resistance": 0, "floor": 0}
    struck = play({"dimensions": 2, "physics": physics, "bodies": bodies}, 1.5)
    moved = np.abs(struck.frames[-1, :, 0] - struck.frames[60, :, 0])

    assert moved[0] > 0.1  # struck at 1.1 s, and not yet at the other pile
    assert moved[3:6].max() == 0.0
