import numpy as np
import pytest

from app.core.document import judge
from app.core.physics.build import members


def places(crowd, seed=1, **said):
    document = judge({"title": "t", "crowds": {"c": {"n": 200, **crowd}}, **said})
    return np.array([one.position for one in members(document, seed)])


def test_the_same_seed_sows_the_same_crowd_and_another_another():
    crowd = {"sow": "ball", "extent": 5}

    assert (places(crowd) == places(crowd)).all()
    assert (places(crowd) != places(crowd, seed=2)).any()


def test_a_crowd_is_sown_alike_whoever_else_is_there():
    crowd = {"sow": "disc", "extent": 5}
    other = {"bodies": {"zz": {"position": [0, 9, 0]}}}

    assert (places(crowd, **other)[:200] == places(crowd)).all()


@pytest.mark.parametrize("sow", ["disc", "ball", "box", "ring", "line"])
def test_a_crowd_stays_within_its_extent(sow):
    there = places({"sow": sow, "extent": 4, "radius": 0.01, "position": [1, 2, 0]}) - [1, 2, 0]
    far = np.abs(there).max(axis=1) if sow == "box" else np.linalg.norm(there, axis=1)

    assert far.max() <= 4 + 1e-12
    assert far.max() > 3.5
    if sow == "ring":
        assert far == pytest.approx(4)


def test_a_disc_is_filled_evenly():
    far = np.linalg.norm(places({"sow": "disc", "extent": 4, "radius": 0, "n": 2000}), axis=1)

    # Half of it lies within 1/√2 of the radius; four standard errors.
    assert np.mean(far < 4 / 2**0.5) == pytest.approx(0.5, abs=0.045)


def test_bodies_of_a_crowd_do_not_overlap():
    there = places({"sow": "box", "extent": 4, "radius": 0.15}, dimensions=2)
    apart = np.linalg.norm(there[:, None] - there[None], axis=2) + np.eye(200)

    assert apart.min() >= 0.3


def test_each_has_the_speed_said_and_no_common_direction():
    document = judge(
        {"title": "t", "crowds": {"c": {"sow": "ball", "n": 500, "speed": 2, "radius": 0}}}
    )
    velocity = np.array([one.velocity for one in members(document, 1)])

    assert np.linalg.norm(velocity, axis=1) == pytest.approx(2)
    assert np.abs(velocity.mean(axis=0)).max() < 4 * 2 / (3 * 500) ** 0.5
