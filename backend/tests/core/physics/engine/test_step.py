import numpy as np
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


def test_a_tick_never_costs_more_than_its_budget(play):
    """Fifty bodies fall together into a knot; the rest of a tick's impacts go unbounced."""
    said = {
        "boundary": "open", "physics": {"gravity": [0, 0, 0], "gravitation": 1, "softening": 0.2,
                                        "elasticity": 0.5, "friction": 0},
        "crowds": {"c": {"sow": "ball", "n": 50, "extent": 2, "radius": 0.1, "mass": 1}},
    }  # fmt: skip
    played = play(said, 5)
    counts = np.bincount([one.tick for one in played.events if one.kind == "collision"])

    assert counts.max() <= 4096
    assert np.isfinite(played.frames).all()
