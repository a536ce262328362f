import pytest


def test_a_ball_on_a_slope_of_pull_slides_or_sticks_by_coulomb(play):
    """Static friction holds up to mu times the weight; beyond it the rest accelerates."""

    def after(pull):
        physics = {"gravity": [pull, -10, 0], "friction": 0.3, "floor": 0, "air_resistance": 0}
        ball = {"position": [0, 0.1, 0], "radius": 0.1}
        return play(
            {"physics": physics, "boundary": "open", "bodies": {"a": ball}}, 1
        ).world.frame()[0]

    assert after(2.9)[0] == 0.0
    assert after(5.0)[3] == pytest.approx(2.0, rel=1e-12)
    assert after(5.0)[0] == pytest.approx(1.0, rel=1e-12)
