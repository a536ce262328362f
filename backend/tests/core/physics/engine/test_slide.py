import numpy as np
import pytest

GRAVITY, GRIP, SPEED = 10.0, 0.4, 2.0


@pytest.fixture(scope="module")
def slid(play):
    """A ball set on the floor with a push."""
    return play(
        {
            "dimensions": 2,
            "physics": {"gravity": [0, -GRAVITY, 0], "friction": GRIP, "elasticity": 0,
                        "air_resistance": 0, "floor": 0},
            "bodies": {"a": {"position": [0, 0.1, 0], "velocity": [SPEED, 0, 0], "radius": 0.1}},
        },
        2,
    )  # fmt: skip


def test_a_ball_slides_as_far_as_coulomb_says(slid):
    far = SPEED**2 / (2 * GRIP * GRAVITY)

    assert slid.frames[-1, 0, 0] == pytest.approx(far, rel=1e-9)


def test_friction_slows_it_evenly(slid):
    speeds = slid.frames[:50, 0, 3]  # it takes 60 ticks to stop

    assert np.diff(speeds) == pytest.approx(-GRIP * GRAVITY / 120, rel=1e-9)


def test_friction_never_pushes_it_back(slid):
    assert slid.frames[:, 0, 3].min() >= 0.0
    assert not slid.frames[-1, 0, 3:].any()


def test_the_floor_carries_it(slid):
    assert slid.frames[:, 0, 1] == pytest.approx(0.1, rel=1e-12)
