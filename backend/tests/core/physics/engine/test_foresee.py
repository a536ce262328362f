"""Through the world: impacts that only come about within a substep are met all the same."""

import pytest

STILL = {"gravity": [0, 0, 0], "elasticity": 1, "friction": 0, "air_resistance": 0}


def balls(*said):
    """Make balls on the x axis: (place, velocity, mass)."""
    return {
        f"b{k}": {"position": [x, 0, 0], "velocity": [v, 0, 0], "mass": m, "radius": 0.01}
        for k, (x, v, m) in enumerate(said)
    }


def test_a_light_ball_struck_by_heavy_ones_meets_whom_nobody_foresaw(play):
    """Three blows within two ticks make it four times as fast as anybody was before."""
    bodies = balls((-0.05, 9, 1e9), (0.0, 0.0, 1e3), (0.025, 0.0, 1e-3), (0.3, 0.0, 1e-6))
    played = play({"physics": STILL, "boundary": "open", "bodies": bodies}, 1 / 120 * 3)
    # 9 m/s, then 18, then 36 but for a millionth, the ratio of the masses.
    first = 0.03 / 9
    second = first + 0.005 / 18
    third = second + 0.255 / 36

    assert played.times()[:3] == pytest.approx([first, second, third], rel=3e-6)


@pytest.mark.parametrize("speed", [0.0, 1.0, -3.0])
def test_a_gap_that_closes_by_bending_alone_is_foreseen(play, speed):
    """Side by side at the same speed, only one of them is pulled down onto the other's path."""
    bodies = {
        "a": {"position": [0, 0, 0], "velocity": [speed, 0, 0], "mass": 1, "radius": 0.1},
        "b": {"position": [0, -0.3, 0], "velocity": [speed, 0, 0], "mass": 1, "radius": 0.1,
              "charge": 1},
    }  # fmt: skip
    field = {"kind": "directional", "toward": [0, 1, 0], "strength": 8, "tag": "charge"}
    said = {"physics": STILL, "boundary": "open", "bodies": bodies, "fields": {"up": field}}

    assert play(said, 0.5).times()[:1] == pytest.approx([(2 * 0.1 / 8) ** 0.5], abs=1e-9)
