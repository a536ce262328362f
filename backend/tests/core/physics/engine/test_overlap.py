import numpy as np
import pytest

STILL = {"gravity": [0, 0, 0], "elasticity": 1, "friction": 0}


def start(play, bodies, **said):
    return play({"physics": STILL, "boundary": "open", "bodies": bodies, **said}, 0).world.frame()


def test_overlapping_bodies_part_as_their_masses_are(play):
    bodies = {
        "a": {"position": [-0.1, 0, 0], "radius": 0.5, "mass": 1},
        "b": {"position": [0.2, 0, 0], "radius": 0.5, "mass": 3},
    }
    x = start(play, bodies)[:, 0]

    # 0.7 too near: the lighter takes three quarters of it.
    assert x == pytest.approx([-0.1 - 0.525, 0.2 + 0.175], abs=1e-15)


def test_a_body_that_stays_is_not_moved(play):
    bodies = {
        "a": {"fixed": True, "radius": 0.5},
        "b": {"position": [0, 0.6, 0], "radius": 0.5, "mass": 1},
    }

    assert start(play, bodies)[:, 1] == pytest.approx([0, 1.0], abs=1e-15)


def test_two_bodies_in_one_place_part_along_x(play):
    frame = start(play, {"a": {"radius": 0.5, "mass": 1}, "b": {"radius": 0.5, "mass": 1}})

    assert frame[:, :3] == pytest.approx(np.array([[-0.5, 0, 0], [0.5, 0, 0]]), abs=1e-15)


@pytest.mark.parametrize("collide", [True, False])
def test_only_what_collides_is_parted(play, collide):
    one = {"radius": 0.5, "mass": 1, "collide": collide}
    frame = start(play, {"a": one, "b": {**one, "position": [0.2, 0, 0]}})

    assert (frame[1, 0] - frame[0, 0] == pytest.approx(1.0)) == collide


def test_a_body_in_a_wall_is_set_against_it(play):
    frame = start(
        play, {"a": {"position": [3.9, 0, 0], "radius": 0.5}}, boundary={"box": [8, 8, 8]}
    )

    assert frame[0, 0] == 3.5


def test_across_the_edge_of_a_periodic_world_they_part_too(play):
    one = {"radius": 0.5, "mass": 1}
    bodies = {"a": {**one, "position": [-1.9, 0, 0]}, "b": {**one, "position": [1.9, 0, 0]}}
    x = start(play, bodies, boundary={"periodic": [4, 4, 4]})[:, 0]

    assert x == pytest.approx([-1.5, 1.5], abs=1e-15)


def test_parting_is_silent_and_gives_no_speed(play):
    rng = np.random.default_rng(5)
    bodies = {
        f"b{k}": {"position": [*rng.uniform(-1, 1, 2).tolist(), 0], "radius": 0.2, "mass": 1}
        for k in range(20)
    }
    said = {"dimensions": 2, "physics": STILL, "boundary": "open", "bodies": bodies}
    played = play(said, 1)
    apart = np.linalg.norm(played.frames[0, :, None, :3] - played.frames[0, None, :, :3], axis=2)
    np.fill_diagonal(apart, np.inf)

    assert played.events == []
    assert np.abs(played.frames[:, :, 3:]).max() == 0.0
    assert apart.min() > 0.4 * (1 - 2e-9)


def test_touching_bodies_stay_to_the_last_bit(play):
    bodies = {f"b{k}": {"position": [-0.4 + 0.2 * k, 0, 0], "radius": 0.1} for k in range(5)}
    frame = start(play, bodies)

    assert frame[:, 0].tolist() == [-0.4 + 0.2 * k for k in range(5)]
