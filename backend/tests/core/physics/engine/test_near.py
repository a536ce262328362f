"""Through the world: who is not found near is not met."""

import numpy as np
import pytest


def ballistic(play, n, box, seconds):
    """Let equal balls of no gravity fly in a box; give the smallest gap ever seen at a tick."""
    said = {
        "boundary": {"box": [box, box, box]},
        "physics": {"gravity": [0, 0, 0], "elasticity": 1, "friction": 0},
        "crowds": {"c": {"sow": "box", "n": n, "radius": 0.3, "speed": 5}},
    }  # fmt: skip
    frames = play(said, seconds).frames[::3, :, :3]
    apart = np.linalg.norm(frames[:, :, None] - frames[:, None], axis=3)
    apart[:, range(n), range(n)] = np.inf
    return apart.min() - 0.6


def test_cells_miss_nobody(play):
    assert ballistic(play, 120, 6.0, 2) > -1e-12


def test_neither_do_all_pairs_of_a_few(play):
    assert ballistic(play, 20, 3.0, 2) > -1e-12


def test_one_far_away_does_not_cost_the_others_their_neighbours(play):
    bodies = {
        f"b{k:02d}": {"position": [2.0 * k, 0, 0], "radius": 0.5, "mass": 1,
                      "velocity": [1 if k % 2 == 0 else -1, 0, 0]}
        for k in range(30)
    }  # fmt: skip
    bodies["far"] = {"position": [1e6, 1e6, 1e6], "radius": 0.5, "mass": 1}
    physics = {"gravity": [0, 0, 0], "elasticity": 1}
    played = play({"physics": physics, "boundary": "open", "bodies": bodies}, 0.6)

    assert len(played.times()) == 15


@pytest.mark.parametrize("n", [20, 150])
@pytest.mark.parametrize("dimensions", [2, 3])
@pytest.mark.parametrize("edge", ["box", "periodic"])
def test_whoever_touches_is_on_the_list_and_in_order(play, n, dimensions, edge):
    """Against all pairs, at every tenth tick: nobody within reach is missing from either list."""
    size, radius = (12.0 if dimensions == 2 else 5.0) * (n / 150) ** (1 / dimensions), 0.2
    said = {
        "dimensions": dimensions, "boundary": {edge: [size] * dimensions},
        "physics": {"gravity": [0, 0, 0], "elasticity": 1, "friction": 0},
        "crowds": {"c": {"sow": "box", "n": n, "radius": radius, "speed": 3}},
    }  # fmt: skip
    played = play(said, 0.1)
    for _ in range(10):
        played = played.go_on(10)
        kept = played.world.snapshot()
        gap = kept["body"][:3, :, None] - kept["body"][:3, None, :]
        if edge == "periodic":
            gap[:dimensions] -= size * np.round(gap[:dimensions] / size)
        close = np.linalg.norm(gap, axis=0) <= 2 * radius
        first, near = kept["first"], kept["near"]
        for i in range(n):
            listed = np.where(near < 0, -1 - near, near)[first[i] : first[i + 1]]
            assert set(np.flatnonzero(close[i])) - {i} <= set(listed)
            assert np.all(np.diff(listed > i) >= 0)
    assert len(played.events) > 0
