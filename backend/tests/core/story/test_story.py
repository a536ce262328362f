import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.document import judge
from app.core.parameters import PARAMETERS
from app.core.story import Clock, Story


def played(data, ticks):
    """Ask a story tick by tick, as a performance does: what changed when, what was reached."""
    document = judge(data)
    story, clock = Story.of(document), Clock.of(document)
    changes, reached = {}, []
    for tick in range(ticks):
        values = story.at(clock, tick)
        clock = clock.changed(tick, values)
        reached += story.reached(clock, tick)
        if values:
            changes[tick] = values
    return changes, reached


def one(**point):
    return {"story": {"only": {"title": "only", **point}}}


def test_a_change_at_once_happens_at_one_tick_only():
    changes, _ = played(one(at=1, changes={"physics.friction": 0.5}), 360)

    assert changes == {120: {"physics.friction": 0.5}}


def test_a_change_at_the_very_start_is_heard_from_tick_zero():
    changes, reached = played(one(at=0, changes={"physics.friction": 0.5}), 120)

    assert changes == {0: {"physics.friction": 0.5}}
    assert [(r.tick, r.offset) for r in reached] == [(0, 0.0)]


def test_bar_seventeen_starts_after_sixteen_bars():
    changes, reached = played(one(at="bar 17", changes={"physics.friction": 0.5}), 4000)

    assert list(changes) == [16 * 240]
    assert [(r.tick, r.offset) for r in reached] == [(16 * 240, 0.0)]


def test_a_ramp_is_straight_and_ends_exactly():
    data = one(at=1, changes={"physics.temperature": 400}, over=2)
    changes, _ = played({"physics": {"temperature": 100}, **data}, 600)

    assert list(changes) == list(range(120, 361))
    assert changes[240]["physics.temperature"] == pytest.approx(250)
    assert changes[360]["physics.temperature"] == 400


def test_a_smooth_ramp_starts_and_ends_gently():
    changes, _ = played(one(at=0, changes={"music.volume": 0}, over=1, curve="smooth"), 200)

    assert changes[60]["music.volume"] == pytest.approx(0.35)
    assert changes[1]["music.volume"] == pytest.approx(0.7, abs=1e-3)
    assert changes[120]["music.volume"] == 0


def test_a_step_does_not_wait_for_its_span():
    changes, _ = played(one(at=1, changes={"music.volume": 0}, over=1, curve="step"), 400)

    assert changes[120] == {"music.volume": 0}


def test_vectors_move_as_a_whole():
    changes, _ = played(one(at=0, changes={"physics.gravity": [2, 9.81, 0]}, over=1), 200)

    assert changes[60]["physics.gravity"] == pytest.approx((1, 0, 0))


def test_words_change_at_once():
    changes, _ = played(one(at=1, changes={"music.scale": "minor"}, over=1), 400)

    assert changes[120] == {"music.scale": "minor"}


def test_a_ramp_goes_on_from_where_the_one_before_it_ended():
    story = {
        "a": {"at": 0, "changes": {"music.volume": 0.1}},
        "b": {"at": 1, "changes": {"music.volume": 0.3}, "over": 1},
    }
    changes, _ = played({"story": story}, 300)

    assert changes[180]["music.volume"] == pytest.approx(0.2)


@given(start=st.floats(0, 8), span=st.floats(0, 6), tempo=st.integers(40, 200))
@settings(max_examples=40, deadline=None)
def test_a_ramp_of_tempo_arrives_and_every_point_is_reached_once(start, span, tempo):
    data = {
        "clock": {"per": "beat"},
        "story": {
            "fast": {"at": f"{start:.3f} beats", "changes": {"music.tempo": tempo}, "over": f"{span:.3f} beats"},
            "later": {"at": "15 beats"},
        },
    }  # fmt: skip
    changes, reached = played(data, 2800)

    assert list(changes.values())[-1] == {"music.tempo": tempo}
    assert [r.point for r in reached] == ["fast", "later"]
    assert all(0 <= r.offset < 1 for r in reached)


@given(at=st.floats(0, 20).map(lambda x: round(x, 4)))
@settings(max_examples=40, deadline=None)
def test_a_point_in_seconds_is_reached_at_its_second(at):
    _, reached = played(one(at=at), 2600)

    assert (reached[0].tick + reached[0].offset) / 120 == pytest.approx(at, abs=1e-9)


NUMBERS = [row for row in PARAMETERS.values() if row.kind == "number" and row.live and row.default is not None]  # fmt: skip


@pytest.mark.parametrize("row", NUMBERS, ids=lambda row: row.path)
@pytest.mark.parametrize(("at", "over"), [("bar 2", "1 bar"), (2.0, 2.0)])
def test_every_number_may_be_moved_over_bars_or_seconds(row, at, over):
    goal = row.low + 0.4 * (row.high - row.low)
    changes, _ = played(one(at=at, changes={row.path: goal}, over=over), 720)
    values = [said[row.path] for said in changes.values()]
    assert min(changes) == 240
    assert (values[0], values[-1]) == (pytest.approx(row.default), goal)
    assert sorted(values, reverse=goal < row.default) == values
    if row.path != "music.tempo":  # which moves the bars it is counted in
        assert len(values) in (241, 242)  # a hair may fall short of the last tick
        assert values[120] == pytest.approx((row.default + goal) / 2)


@pytest.mark.parametrize(
    ("curve", "quarter"), [("step", 1.0), ("linear", 0.25), ("smooth", 0.15625)]
)
def test_each_curve_is_where_its_formula_has_it(curve, quarter):
    changes, _ = played(one(at=1, changes={"music.volume": 0.0}, over=1, curve=curve), 300)
    assert min(changes) == 120
    assert 0.7 - changes[150]["music.volume"] == pytest.approx(0.7 * quarter)


@pytest.mark.parametrize(
    ("path", "value"),
    [(row.path, next(one for one in row.choices if one != row.default)) for row in PARAMETERS.values() if row.kind == "word" and row.live],
)  # fmt: skip
def test_every_word_may_be_changed_at_a_bar(path, value):
    changes, _ = played(one(at="bar 2", changes={path: value}), 360)
    assert changes == {240: {path: value}}
