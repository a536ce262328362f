import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.document import judge
from app.core.story import Clock

PACES = st.lists(
    st.tuples(st.integers(1, 5000), st.floats(40, 200), st.floats(0.1, 5)), min_size=1, max_size=6
)


def clock_of(**data):
    return Clock.of(judge(data))


def test_a_second_of_a_plain_universe_is_a_second_and_two_beats_of_120():
    instant = clock_of().instant(120)

    assert (instant.universe_time, instant.beat, instant.bar) == (1.0, 2.0, 0.5)


def test_a_hundred_days_at_a_day_a_beat_take_fifty_seconds():
    clock = clock_of(clock={"unit": "day", "rate": 1, "per": "beat", "epoch": 2457700})

    assert clock.instant(50 * 120).universe_time == 100.0
    assert clock.epoch == 2457700.0


@given(hours=st.integers(1, 1000))
def test_time_does_not_drift_over_hours(hours):
    clock = clock_of(clock={"rate": 0.1})
    tick = hours * 3600 * 120

    # One product and one sum: within two roundings of the exact value, however late.
    assert clock.instant(tick).universe_time == pytest.approx(hours * 360, rel=5e-16)


@given(paces=PACES)
@settings(max_examples=60)
def test_every_scale_is_continuous_over_changes_of_pace(paces):
    clock, tick = clock_of(clock={"per": "beat"}), 0
    for ticks, tempo, scale in paces:
        tick += ticks
        before = clock.instant(tick)
        clock = clock.changed(tick, {"music.tempo": tempo, "physics.time_scale": scale})

        assert clock.instant(tick) == before


@given(paces=PACES, start=st.integers(-3, 3), count=st.integers(1, 9))
@settings(max_examples=60)
def test_times_counted_from_the_anchor_are_those_of_each_instant(paces, start, count):
    clock, tick = clock_of(), 0
    for ticks, tempo, scale in paces:
        tick += ticks
        clock = clock.changed(tick, {"music.tempo": tempo, "physics.time_scale": scale})
    wanted = [clock.instant(tick + start + k).universe_time for k in range(count)]

    gone, unit, anchor, before = clock.count(tick + start)
    ticks = range(gone, gone + count)

    assert [before if k == -1 else anchor + k * unit for k in ticks] == wanted


@given(paces=PACES)
@settings(max_examples=60)
def test_the_tick_before_a_change_stays_where_it_was(paces):
    clock, tick = clock_of(), 0
    for ticks, tempo, scale in paces:
        tick += ticks
        before = clock.instant(tick - 1)
        clock = clock.changed(tick, {"music.tempo": tempo}).changed(
            tick, {"physics.time_scale": scale}
        )

        assert clock.instant(tick - 1) == before


@given(tick=st.integers(0, 10**7), offset=st.floats(0, 0.999), tempo=st.floats(40, 200))
def test_a_time_and_a_beat_find_their_tick_again(tick, offset, tempo):
    clock = clock_of(music={"tempo": tempo}, clock={"per": "beat", "rate": 0.3})
    instant = clock.instant(tick, offset)

    for found in (clock.tick_of_time(instant.universe_time), clock.tick_of_beat(instant.beat)):
        assert found[0] + found[1] == pytest.approx(tick + offset, abs=1e-8)
        assert 0 <= found[1] < 1


def test_per_second_tempo_moves_the_beats_and_leaves_the_world_alone():
    clock = clock_of().changed(120, {"music.tempo": 60})

    assert clock.instant(240).universe_time == 2.0
    assert clock.instant(240).beat == 3.0


def test_per_beat_tempo_moves_the_world_too():
    clock = clock_of(clock={"per": "beat"}).changed(120, {"music.tempo": 60})

    assert clock.instant(240).universe_time == 3.0


def test_the_time_scale_multiplies_the_rate():
    assert clock_of(physics={"time_scale": 0.5}).instant(120).universe_time == 0.5


def test_a_meter_changes_the_bars_from_there_on():
    clock = clock_of(music={"meter": "3/4"}).changed(360, {"music.meter": "4/4"})

    assert clock.instant(360).bar == 2.0
    assert clock.instant(360 + 240).bar == 3.0


def test_an_edit_that_is_not_about_pace_leaves_the_clock_as_it_is():
    clock = clock_of()

    assert clock.changed(77, {"physics.gravity": [0, 1, 0]}) is clock
    assert clock.changed(77, judge({"title": "the same pace"})) is clock


def test_a_snapshot_restores_the_same_clock():
    clock = clock_of().changed(120, {"music.tempo": 77}).changed(500, {"music.tempo": 143.7})

    assert Clock.restore(clock.snapshot()) == clock


def test_a_ramp_of_tempo_comes_close_to_its_integral():
    clock = clock_of(music={"tempo": 60})
    for tick in range(1200):
        clock = clock.changed(tick, {"music.tempo": 60 + 60 * tick / 1200})

    # Steps of a tick on a straight line from 1 to 2 beats a second lose half a step in 10 s.
    assert clock.instant(1200).beat == pytest.approx(15 - 0.5 / 120, abs=1e-9)
    assert math.isclose(clock.instant(1200).universe_time, 10, rel_tol=1e-14)
