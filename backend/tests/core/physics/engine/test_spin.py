import numpy as np
import pytest

EARTH = {"gravity": [0, -9.81, 0], "air_resistance": 0, "floor": 0, "spin": True}


def slid(play, dimensions, seconds=3.0):
    ball = {"position": [0, 0.1, 0], "velocity": [2, 0, 0], "radius": 0.1, "mass": 1}
    physics = {**EARTH, "friction": 0.3, "elasticity": 0}
    said = {"dimensions": dimensions, "physics": physics, "boundary": "open", "bodies": {"a": ball}}
    return play(said, seconds)


@pytest.mark.parametrize(("dimensions", "share"), [(3, 5 / 7), (2, 2 / 3)])
def test_a_sliding_ball_ends_rolling_at_its_share_of_the_speed(play, dimensions, share):
    played = slid(play, dimensions)
    speed = played.frames[-1, 0, 3]
    rolling = 2 * (1 - share) / (0.3 * 9.81)

    assert speed == pytest.approx(2 * share, rel=1e-12)
    # It slides until then, and rolls for ever after.
    assert played.frames[int(rolling * 120) - 2, 0, 3] > 2 * share
    assert played.frames[int(rolling * 120) + 2 :, 0, 3] == pytest.approx(speed, rel=1e-12)


def test_a_bounce_with_friction_turns_sliding_into_spin(play):
    """A glancing bounce that grips loses two sevenths of the speed along the floor."""
    ball = {"position": [0, 1.1, 0], "velocity": [0.5, 0, 0], "radius": 0.1, "mass": 1}
    physics = {**EARTH, "friction": 1, "elasticity": 0.5}
    played = play({"physics": physics, "boundary": "open", "bodies": {"a": ball}}, 0.6)

    assert played.frames[-1, 0, 3] == pytest.approx(0.5 * 5 / 7, rel=1e-12)


def test_a_ball_rolls_down_a_slope_at_five_sevenths_of_its_pull(play):
    ball = {"position": [0, 0.1, 0], "radius": 0.1, "mass": 1}
    physics = {**EARTH, "gravity": [1, -9.81, 0], "friction": 0.5, "elasticity": 0}
    played = play({"physics": physics, "boundary": "open", "bodies": {"a": ball}}, 2)

    # A friction nine tenths of that slips and grips by turns, 1e-3 off.
    assert played.world.frame()[0, 3] == pytest.approx(5 / 7 * 2, rel=1e-12)


def test_a_heap_of_spinning_balls_comes_to_rest(play):
    said = {
        "dimensions": 2, "boundary": {"box": [3, 30]},
        "physics": {**EARTH, "floor": -15, "friction": 0.5, "elasticity": 0.4},
        "series": {"s": {"n": 30, "radius": 0.15, "mass": 1,
                         "x": [round(-1.2 + 0.35 * (k % 7) + 0.01 * (k % 3), 3) for k in range(30)],
                         "y": [round(-14 + 0.4 * (k // 7), 3) for k in range(30)]}},
    }  # fmt: skip
    played = play(said, 10)

    assert np.abs(played.frames[-1, :, 3:]).max() < 0.02
    assert max(played.times()) < 8
