import numpy as np
import pytest

from app.core.document import judge
from app.core.performance.checkpoint import packed, unpacked
from app.core.physics import Watch, World
from app.core.story import Clock

EVERYTHING = {
    "title": "t", "dimensions": 2, "boundary": {"box": [6, 6]},
    "physics": {"gravity": [0, -3, 0], "elasticity": 0.5, "friction": 0.4, "spin": True,
                "gravitation": 0.1, "temperature": 5, "air_resistance": 0.1, "pressure": 1},
    "crowds": {"c": {"sow": "box", "n": 40, "radius": 0.2, "speed": 1, "mass": 1}},
    "bodies": {
        "bob": {"rod": {"length": 2, "angle": 50}}, "star": {"fixed": True, "collide": False, "mass": 3},
        "moon": {"orbit": {"about": "star", "period": 2}, "mass": 0.1, "collide": False},
        "n": {"position": [1, 2.5, 0], "fixed": True, "collide": False},
        "m": {"position": [2, 2.5, 0], "mass": 1, "collide": False},
    },
    "links": {"l": {"kind": "rod", "between": ["n", "m"]}},
}  # fmt: skip
BRITTLE = {
    "l": {"kind": "rod", "between": ["n", "m"], "breaks": 6},
    "s": {"kind": "string", "between": ["c-00", "c-01"], "breaks": 4, "length": 3},
    **{
        f"s{k}": {"kind": "spring", "between": [f"c-{k}", f"c-{k + 1}"], "breaks": k / 2}
        for k in range(10, 30)
    },
}
WATCHES = (
    Watch("crossing", measure="body.acceleration", at=(2.0, 4.0)),
    Watch("crossing", measure="universe.kinetic", at=(20.0, 60.0)),
)


def worlds(said=EVERYTHING):
    document = judge(said)
    return [World.of(document, WATCHES, seed=3) for _ in range(2)], Clock.of(document)


@pytest.mark.parametrize(
    "more", [{}, {"physics": {**EVERYTHING["physics"], "accuracy": "high"}},
             {"boundary": {"periodic": [6, 6]}}, {"boundary": {"box": [6, 6], "walls": "absorb"}},
             {"links": BRITTLE}],
    ids=["plain", "high", "periodic", "absorb", "brittle"],
)  # fmt: skip
def test_restored_at_any_tick_it_goes_on_with_the_same_bits(more):
    (straight, other), clock = worlds({**EVERYTHING, **more})
    for ticks in (1, 7, 60, 1, 113):
        straight.advance(ticks, clock)
        other.restore(unpacked(packed(straight.snapshot())))
        names = ("body.acceleration", "body.kinetic")
        there = [straight.measure(name, body) for name in names for body in straight.roster]
        assert [other.measure(name, body) for name in names for body in other.roster] == there
        frames, events = straight.advance(30, clock)
        again, found = other.advance(30, clock)

        assert again.tobytes() == frames.tobytes()
        assert found == events
        assert other.measure("universe.kinetic") == straight.measure("universe.kinetic")


def test_a_snapshot_is_small_enough_to_keep():
    """26 numbers and 6 marks a body; neighbours and resting contacts on top where it is crowded."""
    gas = {"sow": "box", "n": 1000, "radius": 0.05, "speed": 1, "mass": 1}
    said = {"title": "t", "boundary": {"box": [20, 20, 20]}, "crowds": {"c": gas},
            "physics": {"gravity": [0, 0, 0], "elasticity": 1, "friction": 0}}  # fmt: skip
    (world, _), clock = worlds(said)
    world.advance(120, clock)

    assert len(packed(world.snapshot())) / 1000 < 264  # 219 for each of a thin gas


def test_what_is_kept_holds_no_scratch():
    (world, other), clock = worlds()
    world.advance(50, clock)
    kept = world.snapshot()
    before = np.array(other.frame())
    other.restore(kept)

    assert other.frame().tobytes() == world.frame().tobytes() != before.tobytes()
