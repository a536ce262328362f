import numpy as np
import pytest

STILL = {"gravity": [0, 0, 0], "elasticity": 1, "friction": 0, "air_resistance": 0}


def test_a_body_goes_round_a_periodic_world(play):
    body = {"velocity": [3, 0, 0], "mass": 1}
    said = {"physics": STILL, "boundary": {"periodic": [4, 4, 4]}, "bodies": {"a": body}}
    x = play(said, 4).frames[:, 0, 0]
    t = np.arange(480) / 120

    assert np.abs(x).max() <= 2
    assert np.cos(np.pi / 2 * x) == pytest.approx(np.cos(np.pi / 2 * 3 * t), abs=1e-12)


def test_two_meet_round_the_edge(play):
    bodies = {
        "a": {"position": [-1.5, 0, 0], "velocity": [-1, 0, 0], "radius": 0.1, "mass": 1},
        "b": {"position": [1.5, 0, 0], "velocity": [1, 0, 0], "radius": 0.1, "mass": 1},
    }
    said = {"physics": STILL, "boundary": {"periodic": [4, 4, 4]}, "bodies": bodies}
    played = play(said, 1)

    assert played.times() == pytest.approx([0.4], abs=1e-14)
    assert played.frames[-1, :, 3].tolist() == [1, -1]


def test_a_periodic_gas_keeps_energy_momentum_and_distance(play):
    said = {
        "dimensions": 2, "boundary": {"periodic": [8, 8]}, "physics": STILL,
        "crowds": {"gas": {"sow": "box", "n": 60, "radius": 0.2, "speed": 2}},
    }  # fmt: skip
    played = play(said, 10)
    gap = played.frames[::30, :, None, :2] - played.frames[::30, None, :, :2]
    apart = np.linalg.norm(gap - 8 * np.round(gap / 8), axis=3)
    apart[:, range(60), range(60)] = np.inf

    assert len(played.times()) > 300
    assert played.world.energy_error() < 1e-13
    assert apart.min() > 0.4 - 1e-12
    assert played.frames[-1, :, 3:].sum(axis=0) == pytest.approx(
        played.frames[0, :, 3:].sum(axis=0), abs=1e-11
    )


def test_an_absorbing_wall_keeps_what_hits_it(play):
    bodies = {
        "a": {"velocity": [2, 0, 0], "mass": 1, "radius": 0.5},
        "b": {"position": [0, 3, 0], "mass": 1, "radius": 0.5},
    }
    said = {"physics": STILL, "boundary": {"box": [5, 8, 8], "walls": "absorb"}, "bodies": bodies}
    played = play(said, 3)
    hit = played.events

    assert [(one.kind, one.wall) for one in hit] == [("collision", "right")]
    assert hit[0].universe_time == pytest.approx(1.0, abs=1e-14)
    assert played.frames[-1, 0].tolist() == [2, 0, 0, 0, 0, 0]
    assert played.world.measure("universe.count") == 1


def test_what_was_absorbed_stays_so_through_an_edit(play):
    from app.core.document import judge

    said = {
        "title": "law", "physics": STILL, "boundary": {"box": [5, 8, 8], "walls": "absorb"},
        "bodies": {"a": {"velocity": [2, 0, 0], "mass": 1, "radius": 0.5}},
    }  # fmt: skip
    played = play(said, 2)
    played.world.edit(judge({**said, "title": "new"}), (), played.clock)
    played.go_on(60)

    assert played.world.measure("universe.count") == 0
    assert played.world.frame()[0, 3] == 0.0
