import math

import numpy as np
import pytest

from app.core.document import judge
from app.core.physics import Watch, World
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


def test_energy_error_is_nan_where_energy_is_not_meant_to_last():
    one, _ = world()

    assert math.isnan(one.energy_error())


def test_a_measure_that_is_none_is_refused_by_name():
    with pytest.raises(ParameterError, match="wobble"):
        world()[0].measure("body.wobble", "bob")
    with pytest.raises(ParameterError, match="wobble"):
        world()[0].measure("universe.wobble")
