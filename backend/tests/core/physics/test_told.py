import gc
import weakref

from app.core.document import judge
from app.core.physics import World
from app.core.story import Clock

BOUNCING = judge({
    "title": "bouncing", "boundary": {"box": [4, 4, 4]},
    "physics": {"elasticity": 1, "friction": 0},
    "crowds": {"c": {"sow": "box", "n": 20, "radius": 0.1, "speed": 3}},
})  # fmt: skip


def played(ticks, calls):
    world, clock = World.of(BOUNCING, (), seed=1), Clock.of(BOUNCING)
    return [world.advance(ticks, clock)[1] for _ in range(calls)]


def test_what_was_told_stays_what_it_was_when_the_world_goes_on():
    late = played(30, 4)  # none looked at before the last call
    world, clock = World.of(BOUNCING, (), seed=1), Clock.of(BOUNCING)
    at_once = [list(world.advance(30, clock)[1]) for _ in range(4)]

    assert all(at_once)
    assert [list(one) for one in late] == at_once


def test_it_is_a_sequence_in_order_of_time():
    told = played(60, 1)[0]

    assert len(told) == len(list(told)) > 10
    assert [told[k] for k in range(len(told))] == told[:] == list(reversed(told))[::-1]
    assert told == played(60, 1)[0]
    times = [(one.tick, one.offset) for one in told]
    assert times == sorted(times)
    assert all(0 <= offset < 1 for _, offset in times)


def test_an_event_is_made_once():
    told = played(60, 1)[0]

    assert told[3] is told[3]


def test_where_nothing_happens_nothing_is_told():
    empty = judge({"title": "still", "bodies": {"a": {}}, "physics": {"gravity": [0, 0, 0]}})

    assert World.of(empty, (), seed=1).advance(60, Clock.of(empty))[1] == []


def test_what_is_told_holds_no_world():
    world = World.of(BOUNCING, (), seed=1)
    told, gone = world.advance(60, Clock.of(BOUNCING))[1], weakref.ref(world)
    del world
    gc.collect()

    assert gone() is None
    assert len(list(told)) > 10
