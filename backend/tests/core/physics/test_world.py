import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from app.core.document import judge
from app.core.physics import Watch, World
from app.core.physics.engine import layout
from app.core.story import Clock
from app.errors import ParameterError

GAS = {
    "title": "gas", "dimensions": 2, "boundary": {"box": [8, 8]},
    "physics": {"gravity": [0, -1, 0], "elasticity": 0.9, "temperature": 50},
    "crowds": {"gas": {"sow": "box", "n": 30, "speed": 1, "radius": 0.2}},
    "bodies": {"bob": {"rod": {"length": 2, "angle": 50}}},
}  # fmt: skip
WATCHES = (Watch("crossing", measure="body.x", at=(0.0, 1.0)),)


def world(said=GAS):
    document = judge(said)
    return World.of(document, WATCHES, seed=7), Clock.of(document)


def run(one, clock, ticks, step):
    frames, events = [], []
    for _ in range(ticks // step):
        more, found = one.advance(step, clock)
        frames.append(more)
        events += found
    return np.concatenate(frames).tobytes(), events


@pytest.mark.parametrize("step", [2, 60])
def test_the_same_whatever_the_ticks_a_call(step):
    assert run(*world(), 240, step) == run(*world(), 240, 1)


def test_restored_it_goes_on_as_if_nothing_had_been():
    straight, clock = world()
    run(straight, clock, 120, 60)
    kept = straight.snapshot()
    wanted = run(straight, clock, 120, 60)
    fresh, _ = world()
    fresh.restore(kept)

    assert run(fresh, clock, 120, 60) == wanted
    assert fresh.tick == 240


def test_rooms_in_one_process_do_not_touch():
    alone = run(*world(), 120, 60)
    one, clock = world()
    other, _ = world({**GAS, "seed": 3})
    frames, events = [], []
    for _ in range(2):
        more, found = one.advance(60, clock)
        other.advance(60, clock)
        frames.append(more)
        events += found

    assert (np.concatenate(frames).tobytes(), events) == alone


def test_events_come_in_order_of_time():
    _, events = run(*world(), 240, 60)
    times = [(one.tick, one.offset) for one in events]

    assert len(times) > 30
    assert times == sorted(times)
    assert all(0 <= offset < 1 for _, offset in times)


def test_an_edit_leaves_the_motion_of_what_stays():
    one, clock = world()
    one.advance(60, clock)
    before = one.frame()
    patch = {"bodies": {"zz-a1": {"position": [0, 3, 0], "velocity": [1, 0, 0], "radius": 0.1}}}
    entered = one.edit(judge(GAS).patched(patch), WATCHES, clock)

    assert one.roster == (*sorted([*world()[0].roster, "zz-a1"]),)
    assert one.frame()[:-1].tobytes() == before.tobytes()
    assert [(event.kind, event.bodies, event.place) for event in entered] == [
        ("appear", ("zz-a1",), (0, 3, 0))
    ]
    assert one.measure("body.age", "zz-a1") == 0.0


def test_a_body_taken_out_is_gone_and_one_moved_is_where_it_was_put():
    one, clock = world()
    one.advance(60, clock)
    new = {"position": [1, 1, 0], "collide": False}  # it overlaps nobody
    less = {"bodies": {"bob": None, "new": new}}
    one.edit(judge(GAS).patched(less), WATCHES, clock)
    moved = judge(GAS).patched(less).patched({"bodies": {"new": {"position": [2, 0, 0]}}})
    one.advance(10, clock)
    one.edit(moved, WATCHES, clock)

    assert "bob" not in one.roster
    assert one.frame()[one.roster.index("new"), :3].tolist() == [2, 0, 0]


def test_a_parameter_set_bends_the_paths_from_then_on():
    body = {"collide": False}
    one, clock = world({"title": "t", "boundary": "open", "bodies": {"a": body}})
    one.advance(120, clock)
    one.set("physics.gravity", (0.0, 9.81, 0.0))
    one.advance(120, clock)

    assert one.frame()[0, 4] == pytest.approx(0, abs=1e-13)
    assert one.frame()[0, 1] == pytest.approx(-9.81, abs=1e-12)
    with pytest.raises(ParameterError, match="integrator"):
        one.set("physics.integrator", "yoshida4")


def test_a_blow_up_names_the_tick_and_the_body_and_never_shows_nan():
    bodies = {"a": {"velocity": [1e9, 0, 0], "collide": False}, "b": {"collide": False}}
    said = {"title": "t", "world": "space", "boundary": "open", "bodies": bodies}
    one, clock = world({**said, "clock": {"unit": "day", "rate": 1e8}})
    frames, events = one.advance(240, clock)
    more, none = one.advance(10, clock)
    end = [event for event in events if event.kind == "blowup"]

    assert [(event.tick, event.bodies) for event in end] == [(1, ("a",))]
    assert np.isfinite(frames).all()
    assert np.isfinite(more).all()
    assert none == []
    assert one.tick == 250


def test_a_blow_up_between_walls_shows_nobody_beyond_the_last_tick_of_numbers():
    """A kick of the bath flings next to no mass beyond all numbers: within the tick it is nowhere."""
    ball = {"mass": 1, "position": [0, 3, 0], "radius": 0.1}
    said = {"title": "t", "physics": {"temperature": 1000}, "bodies": {"a": ball}}
    document = judge(said)
    one, clock = World.of(document, (), seed=7), Clock.of(document)
    one._body[layout.MASS, 0] = 1e-320
    frames, events = one.advance(600, clock)

    assert [event.kind for event in events][-1] == "blowup"
    assert np.isfinite(frames).all()
    assert all(math.isfinite(event.impulse + sum(event.place)) for event in events)
    assert np.isfinite(one.frame()).all()
    one.edit(judge({**said, "physics": {"temperature": 0}}), (), clock)
    assert np.isfinite(one.advance(60, clock)[0]).all()


def test_energy_error_is_nan_where_energy_is_not_meant_to_last():
    one, _ = world()

    assert math.isnan(one.energy_error())


def test_a_measure_that_is_none_is_refused_by_name():
    with pytest.raises(ParameterError, match="wobble"):
        world()[0].measure("body.wobble", "bob")
    with pytest.raises(ParameterError, match="wobble"):
        world()[0].measure("universe.wobble")


def test_rooms_in_two_threads_do_not_touch_each_others_bits():
    """The kernels let go of the lock: two rooms play at the same time, each as if alone."""
    alone = run(*world(), 240, 6)
    with ThreadPoolExecutor(2) as pool:
        played = [pool.submit(run, *world(), 240, 6) for _ in range(4)]

    assert all(one.result() == alone for one in played)


def test_a_rank_is_the_place_among_all_and_an_index_that_among_its_own():
    one, _ = world()

    assert one.roster[3] == "gas-02"
    assert one.measure("body.rank", "gas-02") == 3
    assert one.measure("body.index", "gas-02") == 2


@pytest.mark.parametrize("restart", [False, True])
def test_bodies_come_go_and_are_pushed_at_any_tick(restart):
    """Who was pushed flies as pushed, who came falls from then on, nobody else is disturbed."""
    said = {"title": "t", "boundary": "open", "physics": {"air_resistance": 0},
            "bodies": {"a": {"collide": False}, "b": {"x": 1, "collide": False}}}  # fmt: skip
    one, clock = world(said)
    one.advance(61, clock)
    pushed = judge(said).patched(
        {"bodies": {"a": {"velocity": [3, 4, 0]}, "b": None, "c": {"x": 9, "collide": False}}}
    )
    entered = one.edit(pushed, (), clock)
    if restart:
        again = World.of(pushed, (), seed=7)
        again.restore(one.snapshot())
        one = again
    one.advance(59, clock)
    t, before = 59 / 120, 61 / 120
    a, c = one.frame()

    assert ([event.bodies for event in entered], one.roster) == ([("c",)], ("a", "c"))
    fallen = -9.81 / 2 * before**2 + 4 * t - 9.81 / 2 * t**2
    assert a[:3] == pytest.approx([3 * t, fallen, 0], abs=1e-12)
    assert c[:3] == pytest.approx([9, -9.81 / 2 * t**2, 0], abs=1e-12)


def test_many_measures_read_at_once_are_those_read_one_by_one():
    one, clock = world()
    asked = (
        ("body.x", "bob", "", ""), ("body.angle", "bob", "", ""), ("universe.kinetic", "", "", ""),
        ("pair.distance", "bob", one.roster[0], ""), ("body.period", one.roster[-1], "", ""),
    )  # fmt: skip
    for _ in range(3):
        found = one.measures(asked)
        assert found == [one.measure(*ask) for ask in asked]
        one.advance(7, clock)
    assert one.measures(()) == []
    assert one.place("bob") == tuple(one.frame()[one.roster.index("bob"), :3])
