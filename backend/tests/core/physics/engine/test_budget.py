"""The cost of a tick has a bound counted in impacts and substeps, and reaching it is told."""

import numpy as np

IMPACTS = 1024  # a tick, of so few bodies


def told(played):
    return [one for one in played.events if one.kind == "overload"]


def test_a_rattle_faster_than_the_budget_ends_in_its_tick_and_is_told(play):
    """A ball with 0.2 m to fly at 100 km/s would hit walls 4,166 times in a tick."""
    said = {
        "boundary": {"box": [1, 1, 1]}, "physics": {"gravity": [0, 0, 0], "elasticity": 1},
        "bodies": {"a": {"radius": 0.4, "mass": 1, "velocity": [1e5, 0, 0]}},
    }  # fmt: skip
    played = play(said, 3)
    hits = [one for one in played.events if one.kind == "collision"]

    assert len(hits) <= IMPACTS
    assert [(one.tick, one.bodies) for one in told(played)] == [(0, ("a",))]
    assert np.abs(played.frames[1:, 0, :3]).max() <= 0.1 + 1e-12


def test_a_swarm_of_points_is_stepped_no_finer_than_its_budget_and_told_once_a_second(play):
    """Two hundred points in free fall onto each other ask for 4,096 substeps; they get 52."""
    said = {
        "boundary": "open", "physics": {"gravity": [0, 0, 0], "gravitation": 5, "softening": 0},
        "crowds": {"c": {"sow": "ball", "n": 200, "extent": 2, "radius": 0.001, "mass": 1}},
    }  # fmt: skip
    played = play(said, 1.5)
    ticks = [one.tick for one in told(played)]

    assert ticks
    assert all(np.diff(ticks) >= 120)
    assert np.isfinite(played.frames).all()


def test_few_bodies_in_a_knot_keep_within_it_and_nothing_is_told(play):
    """Fifty bodies fall together with softening: that is what the budget is wide enough for."""
    said = {
        "boundary": "open", "physics": {"gravity": [0, 0, 0], "gravitation": 1, "softening": 0.2,
                                        "elasticity": 0.5, "friction": 0},
        "crowds": {"c": {"sow": "ball", "n": 50, "extent": 2, "radius": 0.1, "mass": 1}},
    }  # fmt: skip
    played = play(said, 5)
    counts = np.bincount([one.tick for one in played.events if one.kind == "collision"])

    assert counts.max() <= IMPACTS
    assert told(played) == []
    assert np.isfinite(played.frames).all()
