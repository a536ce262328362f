import json
import math

import numpy as np
import pytest

from app.core.document import judge, parse
from app.core.performance import Performance
from app.core.performance.checkpoint import packed, unpacked
from app.errors import InputError

TICKS = 260
EDIT_AT = 130


def heard(document, throw, step, *, resume=False):
    """Play with a ball thrown in at tick 130, in runs of `step` ticks; give all that came of it."""
    performance = Performance(document)
    gathered = {"events": [], "notes": [], "controls": [], "samples": [], "frames": []}
    while performance.tick < TICKS:
        if performance.tick == EDIT_AT:
            performance.edit(performance.document.patched(throw))
        if resume:
            performance = Performance.resume(performance.snapshot())
        goal = EDIT_AT if performance.tick < EDIT_AT else TICKS
        piece = performance.run(min(step, goal - performance.tick))
        for name in gathered:
            found = getattr(piece, name)
            gathered[name] += [found.tobytes()] if name in ("samples", "frames") else list(found)
    for name in ("samples", "frames"):
        gathered[name] = b"".join(gathered[name])
    return gathered


@pytest.fixture(scope="module")
def whole(busy, throw):
    return heard(busy, throw, TICKS)


def test_the_busy_universe_has_something_of_everything(whole):
    kinds = {event.kind for event in whole["events"]}
    assert {"collision", "every", "story", "appear"} <= kinds
    assert {note.rule for note in whole["notes"]} == {"hits", "beat", "hum", "appear"}
    assert any(control.ends for control in whole["controls"])
    assert len({control.hz for control in whole["controls"]}) > 3
    assert np.abs(np.frombuffer(whole["samples"], dtype=np.float32)).max() > 0.05


@pytest.mark.parametrize("step", [1, 2, 60])
def test_any_cut_gives_the_same_bytes(busy, throw, whole, step):
    assert heard(busy, throw, step) == whole


def test_going_on_from_a_snapshot_gives_the_same_bytes(busy, throw, whole):
    assert heard(busy, throw, 13, resume=True) == whole


def test_a_still_is_the_coming_tick_unheard_and_changes_nothing(busy, throw):
    one, other = Performance(busy), Performance(busy)
    for ticks in (7, EDIT_AT, 25):
        for performance in (one, other):
            performance.run(ticks)
            performance.edit(performance.document.patched(throw))
        still, coming = one.still(), Performance.resume(other.snapshot()).run(1)

        assert (still.tick, still.roster, still.visual) == (
            coming.tick,
            coming.roster,
            coming.visual,
        )
        assert still.frames.tobytes() == coming.frames.tobytes()
        assert still.looks.tobytes() == coming.looks.tobytes()
        assert (still.notes, still.events, still.samples.any()) == ((), (), False)
        assert one.snapshot() == other.snapshot()
        ours, theirs = one.run(50), other.run(50)
        assert ours.samples.tobytes() == theirs.samples.tobytes()
        assert ours.meters == theirs.meters


def test_a_slice_covers_its_ticks(busy):
    performance = Performance(busy)
    first, second = performance.run(7), performance.run(5)
    assert (first.tick, first.ticks, second.tick) == (0, 7, 7)
    assert first.samples.shape == (7 * 400, 2)
    assert first.samples.dtype == np.float32
    assert first.frames.shape == (7, 3, 6)
    assert second.universe_time == pytest.approx(7 / 120)
    assert first.roster == ("a", "b", "c")
    assert performance.tick == 12


def test_no_ticks_are_an_empty_slice(busy):
    piece = Performance(busy).run(0)
    assert piece.samples.shape == (0, 2)
    assert piece.frames.shape == (0, 3, 6)


def test_ids_ascend_and_onsets_lie_in_their_ticks(whole):
    ids = [note.id for note in whole["notes"]]
    assert ids == list(range(len(ids)))
    for note in whole["notes"]:
        assert note.tick * 400 <= note.sample < (note.tick + 1) * 400
        assert 0.0 <= note.offset < 1.0


def test_a_thrown_ball_is_heard_in_the_tick_it_enters(whole):
    arrival = next(note for note in whole["notes"] if note.event == "appear")
    assert arrival.bodies == ("zz-ball",)
    assert arrival.voice == "pluck"
    # The universe is on a grid of sixteenths, but who throws a ball does not wait for a line.
    assert (arrival.tick, arrival.offset) == (EDIT_AT, 0.0)


def test_an_edit_leaves_what_came_before_and_what_stays_in_motion(busy, throw):
    one, other = Performance(busy), Performance(busy)
    for performance in (one, other):
        performance.run(100)
    other.edit(other.document.patched(throw))
    assert other.roster == (*one.roster, "zz-ball")
    assert other.radii == (*one.radii, 0.04)
    assert other.run(1).frames[0, :3].tolist() == one.run(1).frames[0].tolist()


def test_what_the_story_moved_stays_moved_unless_the_edit_says_otherwise(busy):
    performance = Performance(busy)
    performance.run(200)  # the ramp ended at 1.3 s, tick 156
    performance.edit(performance.document.patched({"title": "another"}))
    assert performance.clock.tempo == 140
    performance.edit(performance.document.patched({"music": {"tempo": 90}}))
    assert performance.clock.tempo == 90


def test_another_seed_is_another_performance():
    document = parse(
        '{"dimensions": 2, "crowds": {"g": {"sow": "box", "n": 5, "speed": 2, "radius": 0.1}}}'
    )
    frames = [Performance(document, seed=seed).run(1).frames.tobytes() for seed in (1, 1, 2)]
    assert frames[0] == frames[1] != frames[2]


def test_silence_is_there_within_two_ticks(busy):
    performance = Performance(busy)
    assert performance.run(90).meters.peak > 0.01
    performance.silence()
    performance.run(2)
    assert performance.run(1).meters.peak < 1e-3


def test_meters_are_of_the_slices_own_samples(busy):
    piece = Performance(busy).run(120)
    assert piece.meters.peak == pytest.approx(np.abs(piece.samples).max())
    assert piece.meters.rms == pytest.approx(
        math.sqrt((piece.samples.astype(float) ** 2).mean()), rel=1e-4
    )


def test_a_checkpoint_of_another_engine_is_refused(busy):
    state = unpacked(Performance(busy).snapshot())
    with pytest.raises(InputError, match="of engine -1"):
        Performance.resume(packed({**state, "engine": -1}))


def test_what_rings_on_follows_the_chord():
    """C major for a bar of two seconds, then A minor: G leaves the strings and A comes."""
    chords = {"each": "1 bar", "list": ["I", "vi"]}
    triads = {"resonance": 0.5, "harmony_complexity": 0.25}
    said = {"music": {**triads, "chords": chords}}
    performance = Performance(parse(json.dumps(said)))
    strings = performance._instrument._desk["string_hz"][0]
    g, a = 195.9977, 220.0

    performance.run(239)
    assert np.any(np.isclose(strings, g))
    assert not np.any(np.isclose(strings, a))
    performance.run(2)
    assert np.any(np.isclose(strings, a))
    assert not np.any(np.isclose(strings, g))


BLOWN = {
    "title": "t", "world": "space", "boundary": "open", "clock": {"unit": "day", "rate": 1e8},
    "bodies": {"a": {"velocity": [1e9, 0, 0], "collide": False}, "b": {"collide": False}},
    "rules": {
        "hum": {"when": {"while": True}, "of": "b",
                "note": {"pitch": {"from": "body.speed", "range": ["C3", "C5"]}}},
        "look": {"when": {"while": True}, "of": "a", "look": {"hue": {"from": "body.x"}}},
    },
}  # fmt: skip


def test_a_universe_that_blows_up_ends_with_an_event_and_never_shows_nan(busy):
    """Nor does the room beside it hear anything of it."""
    alone = Performance(busy).run(120)
    blown, beside = Performance(judge(BLOWN)), Performance(busy)
    pieces = [blown.run(60), beside.run(60), blown.run(60), beside.run(60)]
    ends = [e for piece in pieces for e in piece.events if e.kind == "blowup"]

    assert [(one.tick, one.bodies) for one in ends] == [(1, ("a",))]
    assert "a left all numbers at tick 1" in blown.ended
    for piece in pieces:
        assert np.isfinite(piece.frames).all()
        assert np.isfinite(piece.samples).all()
    sounds = np.concatenate([pieces[1].samples, pieces[3].samples])
    assert sounds.tobytes() == alone.samples.tobytes()
    assert beside.ended == ""


def test_what_blew_up_ends_again_from_a_snapshot_and_goes_on_after_an_edit():
    blown = Performance(judge(BLOWN))
    blown.run(30)
    again = Performance.resume(blown.snapshot())
    assert again.ended == blown.ended
    again.edit(again.document.patched({"bodies": {"a": {"velocity": [0, 0, 0]}}}))
    piece = again.run(60)

    assert again.ended == ""
    assert not [one for one in piece.events if one.kind == "blowup"]


def test_the_energy_meter_shows_where_energy_is_to_last_and_is_absent_elsewhere(busy):
    ball = {"title": "t", "boundary": "open", "bodies": {"a": {"position": [0, 1, 0]}},
            "physics": {"floor": 0, "elasticity": 1, "friction": 0}}  # fmt: skip

    assert Performance(judge(ball)).run(600).meters.energy_error < 1e-13
    assert math.isnan(
        Performance(judge({**ball, "physics": {"floor": 0}})).run(60).meters.energy_error
    )
