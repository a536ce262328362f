"""Edits in the middle of everything: who is not spoken of goes on, and nothing is told twice."""

import random

import numpy as np
import pytest

from app.core.document import judge
from app.core.performance.checkpoint import packed, unpacked
from app.core.physics import Watch, World
from app.core.story import Clock
from app.errors import DocumentError
from tests.core.physics.test_any_universe import MEASURES, links, universe, watches

SEEDS = 16
PHYSICS = {
    "integrator": ("verlet", "yoshida4"), "accuracy": ("normal", "high"), "time_scale": (0.1, 1, 5),
    "gravity": ([0, 0, 0], [3, -9, 1]), "spin": (False, True), "elasticity": (0, 0.5, 1),
    "temperature": (0, 50), "medium": ("none", "water"), "pressure": (0, 100), "friction": (0, 1),
}  # fmt: skip
EDGES = ("open", {"box": [3] * 3}, {"box": [6] * 3, "walls": "absorb"}, {"periodic": [4] * 3})


def _without(draw, data):
    """Take out a body, and with it the links it is tied by."""
    name = draw.choice([one for one in data["bodies"] if one != "star"])
    tied = [key for key, link in data.get("links", {}).items() if name in link["between"]]
    return {"bodies": {name: None}, "links": dict.fromkeys(tied)}


def _with(draw, data):
    """Add a body, where others may be already."""
    new = {
        "position": draw.choice([[0, 0, 0], [1, -1, 0]]),
        "radius": draw.choice([0, 0.3]),
        "mass": 1,
    }
    return {"bodies": {f"n{draw.randrange(9)}": new}}


def _tied(draw, data):
    ends = [name for name, one in data["bodies"].items() if "rod" not in one and one.get("mass")]
    return {"links": {f"e{key}": link for key, link in links(draw, ends).items()}}


def _changed(draw, data):
    name = draw.choice([*PHYSICS])
    return {"physics": {name: draw.choice(PHYSICS[name])}}


CHANGES = (
    _without, _with, _tied, _changed, _changed,
    lambda draw, data: {"dimensions": 5 - data["dimensions"]},
    lambda draw, data: {"boundary": draw.choice(EDGES)},
    lambda draw, data: {},
)  # fmt: skip


def edited(draw, document):
    """Give a changed document; the draws that the judge refuses are drawn again."""
    while True:
        try:
            return document.patched(draw.choice(CHANGES)(draw, document.data))
        except DocumentError:
            continue


def shoved(draw, document):
    one, word = draw.choice([*document.data["bodies"]]), draw.choice(["velocity", "position"])
    return draw.choice([{}, {one: {word: [draw.uniform(-1, 1) for _ in range(3)]}}])


@pytest.mark.parametrize("seed", range(SEEDS))
def test_whatever_is_edited_a_restored_world_goes_on_with_the_same_bits(seed):
    """Bodies, links, dimensions, walls and ways of stepping change; snapshots are taken in between."""
    draw = random.Random(seed)
    document, seen = judge(universe(draw)), ()
    world, clock = World.of(document, seen, seed=seed), Clock.of(document)
    for _ in range(6):
        ticks = draw.randrange(2, 40)
        cut = draw.randrange(1, ticks)
        other = World.of(document, seen, seed=seed)
        other.restore(unpacked(packed(world.snapshot())))
        frames, told = world.advance(ticks, clock)
        parts = [other.advance(part, clock) for part in (cut, ticks - cut)]

        assert np.concatenate([part for part, _ in parts]).tobytes() == frames.tobytes()
        assert np.isfinite(frames).all()
        if world.blown:
            return
        assert repr([one for _, found in parts for one in found]) == repr([*told])
        flat = document.data["dimensions"] == 2
        assert not (flat and frames[:, :, 2::3].any())
        whole = [name for name in MEASURES if name.startswith("universe.")]
        assert np.isfinite([world.measure(name) for name in whole]).all()
        document = edited(draw, document)
        clock = clock.changed(world.tick, document)
        seen = watches(draw, World.of(document, (), seed=seed).roster)
        world.edit(document, seen, clock, pushes=shoved(draw, document))


def begun(said):
    document = judge({"title": "t", **said})
    return World.of(document, (), seed=1), Clock.of(document), document


HEAP = {
    "dimensions": 2, "boundary": {"box": [4, 20]}, "physics": {"elasticity": 0.3, "friction": 0.3},
    "bodies": {f"b{row}{k}": {"position": [k - 1.5 + 0.02 * (row % 2), 1.02 * row - 9.4, 0], "radius": 0.5, "mass": 1}
               for row in range(6) for k in range(4)},
}  # fmt: skip


@pytest.mark.parametrize("every", [60, 7])
def test_a_heap_that_rests_does_not_hear_of_edits_elsewhere(every):
    """Solved from nothing after each edit it would sink by 0.03 and come to rest again, 300 times."""
    world, clock, document = begun(HEAP)
    world.advance(600, clock)
    before, told = world.frame(), []
    for k in range(0, 600, every):
        new = {"fixed": True, "collide": False}
        # Those who come and go stand before and behind the heap in the order of the bodies.
        changed = document.patched({"bodies": {f"a{k % 3}": new, f"z{k % 2}": new}})
        world.edit(changed, (), clock)
        told += world.advance(every, clock)[1]
    there = [world.roster.index(name) for name in HEAP["bodies"]]

    assert told == []
    assert world.frame()[there, :3] == pytest.approx(before[:, :3], abs=0.005)


def test_what_is_woken_comes_to_rest_once_more_and_says_so_once():
    world, clock, document = begun(HEAP)
    world.advance(600, clock)
    world.edit(document, (), clock, pushes={"b50": {"velocity": [1, 5, 0]}})
    told = [one.bodies for one in world.advance(900, clock)[1] if one.kind == "rest"]

    assert ("b50",) in told
    assert len(told) == len(set(told))
    assert not world.frame()[:, 3:].any()


def test_walls_feel_on_over_an_edit():
    gas = {"g": {"sow": "box", "n": 40, "speed": 3, "radius": 0.1, "mass": 1}}
    still = {"gravity": [0, 0, 0], "elasticity": 1, "friction": 0}
    said = {"dimensions": 2, "boundary": {"box": [8, 8]}, "physics": still, "crowds": gas}
    world, clock, document = begun(said)
    world.advance(600, clock)
    felt = world.measure("universe.pressure")
    world.edit(document, (), clock)

    assert world.measure("universe.pressure") == felt > 1


def test_one_of_two_links_that_broke_leaves_the_other():
    bodies = {"n": {"fixed": True}, "b": {"position": [0, -1, 0], "mass": 1}}
    ties = {"a": {"kind": "rod", "between": ["n", "b"], "breaks": 3},
            "z": {"kind": "spring", "between": ["n", "b"], "stiffness": 100}}  # fmt: skip
    world, clock, document = begun({"boundary": "open", "bodies": bodies, "links": ties})
    told = [one.kind for one in world.advance(60, clock)[1]]
    twin, _, _ = begun({"boundary": "open", "bodies": bodies, "links": ties})
    twin.advance(60, clock)
    world.edit(document, (), clock)

    assert told == ["break"]
    assert world.advance(60, clock)[0] == pytest.approx(twin.advance(60, clock)[0], abs=1e-12)


def test_a_world_laid_flat_lies_in_its_plane():
    world, clock, document = begun({"boundary": "open", "bodies": {"a": {"mass": 1}}})
    world.edit(document, (), clock, pushes={"a": {"velocity": [1, 0, 3]}})
    world.advance(30, clock)
    world.edit(document.patched({"dimensions": 2}), (), clock)
    frames, _ = world.advance(31, clock)

    assert not frames[:, 0, [2, 5]].any()
    assert frames[-1, 0, 0] == pytest.approx(0.5, abs=1e-12)


CIRCLES = {
    "boundary": "open", "physics": {"gravity": [0, 0, 0]},
    "bodies": {"s": {"fixed": True, "mass": 1, "collide": False},
               **{name: {"orbit": {"about": "s", "period": period}, "collide": False}
                  for name, period in (("p", 2), ("q", 1.5), ("r", 0.5))}},
}  # fmt: skip
CIRCLING = (
    Watch("conjunction", about="s"),
    Watch("crossing", of=("p", "q", "r"), measure="body.x", at=(0.0,)),
    Watch("crossing", of=("p",), measure="body.angle", about="s", at=(0.0, 1.5707963267948966)),
)


def circled(every):
    document = judge({"title": "t", **CIRCLES})
    world, clock = World.of(document, CIRCLING, seed=1), Clock.of(document)
    told = []
    for _ in range(0, 1440, every):
        told += world.advance(every, clock)[1]
        world.edit(document, CIRCLING, clock)
    return [(one.kind, one.bodies, one.index, round(one.universe_time, 9)) for one in told]


@pytest.mark.parametrize("every", [1, 15])
def test_what_falls_on_the_tick_of_an_edit_is_told_once(every):
    """Conjunctions and crossings at whole ticks, an edit at each of these; 1440 ticks are 12 s."""
    assert sorted(circled(every)) == sorted(circled(1440))


def test_what_stays_as_it_is_crosses_nothing():
    """A circle keeps its speed but for rounding, which passed its own value 570 times in 20 s."""
    document = judge({"title": "t", **CIRCLES})
    speed = World.of(document, (), seed=1).measure("body.angular_speed", "p", about="s")
    values = (speed * (1 - 2e-16), speed, speed * (1 + 2e-16))
    seen = (Watch("crossing", of=("p",), measure="body.angular_speed", about="s", at=values),)
    told = World.of(document, seen, seed=1).advance(2400, Clock.of(document))[1]

    assert len(told) <= 3
