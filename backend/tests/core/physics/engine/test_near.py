"""Through the world: who is not found near is not met."""

import numpy as np


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
