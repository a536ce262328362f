import numpy as np
import pytest

from app.core.performance import Entry, Performance, play


def samples(slices):
    return np.concatenate([piece.samples for piece in slices]).tobytes()


def test_a_take_plays_its_edits_at_their_ticks(busy, throw):
    slices = list(play(busy, journal=[Entry(50, 1, throw)], ticks=100, step=30))
    assert [(piece.tick, piece.ticks) for piece in slices] == [
        (0, 30),
        (30, 20),
        (50, 30),
        (80, 20),
    ]
    assert [len(piece.roster) for piece in slices] == [3, 3, 4, 4]
    live = Performance(busy)
    before = live.run(50)
    live.edit(live.document.patched(throw))
    assert samples(slices) == samples([before, live.run(50)])


def test_starting_later_gives_what_the_whole_gives_there(busy, throw):
    journal = [Entry(50, 1, throw), Entry(95, 2, {"physics": {"gravity": [0, 2, 0]}})]
    whole = samples(play(busy, journal=journal, ticks=120))
    for start in (0, 20, 50, 70, 95):
        assert (
            samples(play(busy, journal=journal, start=start, ticks=120 - start, step=17))
            == (whole[start * 400 * 8 :])
        )


def test_edits_of_one_tick_come_in_order_of_revision(busy):
    journal = [Entry(10, 2, {"music": {"tempo": 70}}), Entry(10, 1, {"music": {"tempo": 170}})]
    a = samples(play(busy, journal=journal, ticks=100))
    b = samples(play(busy, journal=[Entry(10, 1, {"music": {"tempo": 70}})], ticks=100))
    assert a == b


def test_edits_behind_the_end_are_not_played(busy):
    late = [Entry(60, 1, {"physics": {"gravity": [0, 9, 0]}})]
    assert samples(play(busy, journal=late, ticks=60)) == samples(play(busy, ticks=60))


@pytest.mark.parametrize("step", [1, 60])
def test_no_ticks_give_no_slices(busy, step):
    assert list(play(busy, ticks=0, step=step)) == []


def test_what_nobody_sees_sounds_the_same_and_has_neither_looks_nor_meters(busy, throw):
    looking = {
        "rules": {
            "colour": {"when": {"while": True}, "look": {"hue": {"from": "body.speed"}}},
            "flash": {"when": {"event": "collision"}, "look": {"glow": 1}},
        }
    }
    document, journal = busy.patched(looking), [Entry(50, 1, throw)]
    seen, unseen = (
        list(play(document, journal=journal, ticks=100, step=30, seen=seen))
        for seen in (True, False)
    )
    assert samples(seen) == samples(unseen)
    for name in ("events", "notes", "controls", "roster"):
        assert [getattr(one, name) for one in seen] == [getattr(one, name) for one in unseen]
    assert all(len(one.looks) for one in seen)
    assert not any(len(one.looks) for one in unseen)
    assert max(one.meters.rms for one in seen) > 0.0 == max(one.meters.rms for one in unseen)
