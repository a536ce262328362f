"""What becomes of a crowd, a series and what stands in a row when the document changes as it plays."""

import numpy as np
import pytest

from app.core.document import judge
from app.core.physics import World
from app.core.story import Clock

GAS = {"sow": "box", "n": 10, "speed": 2, "radius": 0.2, "mass": 1}


def universe(crowd=None, **said):
    return {
        "title": "t", "dimensions": 2, "boundary": {"box": [20, 20]},
        "physics": {"gravity": [0, 0, 0], "elasticity": 1, "friction": 0},
        "crowds": {"c": {**GAS, **(crowd or {})}}, **said,
    }  # fmt: skip


def edited(before, after, ticks=77):
    """Play for a while, edit; gives the world and where everybody was just before, by number."""
    document = judge(before)
    world, clock = World.of(document, (), seed=5), Clock.of(document)
    world.advance(ticks, clock)
    was = world.frame().copy()
    events = world.edit(judge(after), (), clock)
    return world, was, events


@pytest.mark.parametrize("n", [11, 14, 200])
def test_more_of_a_crowd_come_in_where_they_are_sown_and_the_others_fly_on(n):
    world, was, events = edited(universe(), universe({"n": n}))
    start = World.of(judge(universe({"n": n})), (), seed=5).frame()
    came = [world.roster.index(one.bodies[0]) for one in events]

    assert world.frame()[:10].tobytes() == was.tobytes()  # though c-9 is c-09 now
    assert {one.kind for one in events} == {"appear"}
    assert came == list(range(10, n))
    # Whoever was sown where one flies now makes room: the others are where they were sown.
    near = np.linalg.norm(start[10:, None, :3] - was[None, :, :3], axis=2).min(axis=1) < 0.4
    assert near.sum() <= 0.05 * n
    assert world.frame()[10:][~near] == pytest.approx(start[10:][~near], abs=0.4)


def test_fewer_of_a_crowd_are_the_first_of_it():
    world, was, events = edited(universe({"n": 12}), universe({"n": 9}))

    assert events == []
    assert world.roster == tuple(f"c-{k}" for k in range(9))
    assert world.frame().tobytes() == was[:9].tobytes()


@pytest.mark.parametrize(
    "other",
    [universe({"mass": 3}), universe({"radius": 0.25}), universe({"colour": "#ff0000"}),
     {**universe(), "boundary": {"box": [30, 30]}}, universe(seed=99)],
)  # fmt: skip
def test_what_a_crowd_is_made_of_and_what_is_around_it_move_nobody(other):
    world, was, events = edited(universe(), other)

    assert events == []
    assert world.frame()[:, 3:].tobytes() == was[:, 3:].tobytes()
    assert world.frame()[:, :3] == pytest.approx(was[:, :3], abs=0.1)  # but for room for the wider


def test_density_makes_them_heavier_where_they_are():
    light = universe()
    del light["crowds"]["c"]["mass"]
    heavy = {**light, "physics": {**light["physics"], "density": 480}}
    world, was, _ = edited(light, heavy)

    assert world.frame().tobytes() == was.tobytes()
    assert world.measure("body.mass", "c-3") == pytest.approx(480 * 4 / 3 * np.pi * 0.2**3)


@pytest.mark.parametrize("change", [{"extent": 3}, {"sow": "disc"}, {"position": [1, 0, 0]}])
def test_to_sow_it_another_way_sows_it_again(change):
    world, was, events = edited(universe(), universe(change))
    start = World.of(judge(universe(change)), (), seed=5).frame()

    assert events == []
    assert world.frame()[:, :3].tobytes() == start[:, :3].tobytes()
    assert world.frame()[:, 3:].tobytes() == was[:, 3:].tobytes()  # nothing was said of speed


def test_another_speed_starts_them_anew_from_where_they_are():
    world, was, _ = edited(universe(), universe({"speed": 5}))

    assert world.frame()[:, :3].tobytes() == was[:, :3].tobytes()
    assert np.linalg.norm(world.frame()[:, 3:], axis=1) == pytest.approx(5)


def test_a_series_that_grows_past_ten_goes_on():
    def row(n):
        return {"title": "t", "boundary": "open", "physics": {"gravity": [0, -1, 0]},
                "series": {"p": {"n": n, "x": {"from": 0, "step": 1}, "mass": 1}}}  # fmt: skip

    world, was, events = edited(row(10), row(12))

    assert world.frame()[:10].tobytes() == was.tobytes()
    assert [one.bodies[0] for one in events] == ["p-10", "p-11"]


def test_one_more_that_bounces_only_moves_the_others_aside():
    def balls(*names):
        return {"title": "t", "physics": {"floor": 0, "elasticity": 1},
                "bodies": {one: {"bounce": "1/4 bar"} for one in names}}  # fmt: skip

    world, was, _ = edited(balls("a", "b"), balls("a", "b", "c"), ticks=20)

    assert world.frame()[:2, 1:].tobytes() == was[:, 1:].tobytes()
    assert np.ptp(np.diff(world.frame()[:, 0])) == pytest.approx(0, abs=1e-12)
