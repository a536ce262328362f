"""Pushes move bodies of a performance, exactly and for every reader alike."""

import numpy as np
import pytest

from app.core.document import judge
from app.core.performance.performance import Performance
from app.core.performance.push import obey
from app.core.performance.take import Entry, play

SPACE = {
    "dimensions": 2,
    "physics": {"gravity": [0, 0, 0], "softening": 0},
    "bodies": {
        "a": {"position": [0, 0, 0], "velocity": [1, 0, 0], "collide": False},
        "b": {"position": [0, 5, 0], "collide": False},
        "fixed": {"position": [9, 9, 0], "fixed": True, "mass": 1},
        "moon": {"orbit": {"about": "fixed", "period": 3}},
    },
}
PUSH = {"push": {"a": {"velocity": [0, 2, 0]}}}


def places(pieces, name):
    return np.concatenate([p.frames[:, p.roster.index(name)] for p in pieces])


def played(journal, ticks=240, step=120, document=SPACE):
    return list(play(judge(document), journal=journal, ticks=ticks, step=step))


def test_a_pushed_body_goes_on_from_where_it_was_with_the_velocity_given():
    way = places(played([Entry(120, 2, PUSH)]), "a")

    # A second at 1 along x, then a second at 2 along y: the end of the last frame is one tick short.
    assert way[120, :2] == pytest.approx([1, 0], abs=1e-9)
    assert way[-1, :2] == pytest.approx([1, 2 * 119 / 120], abs=1e-9)
    assert places(played([Entry(120, 2, PUSH)]), "b")[-1, :2] == pytest.approx([0, 5])


def test_the_same_push_again_works_again():
    twice = [Entry(60, 2, PUSH), Entry(120, 3, {"push": {"a": {"velocity": [0, 0, 0]}}}),
             Entry(180, 4, PUSH)]  # fmt: skip
    way = places(played(twice), "a")

    assert way[-1, 1] == pytest.approx(2 * 0.5 + 2 * 59 / 120, abs=1e-9)


def test_a_push_may_carry_a_body_elsewhere():
    way = places(played([Entry(60, 2, {"push": {"b": {"position": [3, 4, 0]}}})]), "b")

    assert way[60, :2] == pytest.approx([3, 4])


def test_the_document_stays_as_it_is_and_later_edits_leave_the_motion_alone():
    performance = Performance(judge(SPACE))
    before = performance.document.text
    obey(performance, PUSH)
    assert performance.document.text == before

    edit = {"music": {"tempo": 90}}
    way = places(played([Entry(60, 2, PUSH), Entry(120, 3, edit)]), "a")
    assert way[-1, 1] == pytest.approx(2 * 179 / 120, abs=1e-9)


@pytest.mark.parametrize("step", [1, 7, 50, 240])
def test_the_bytes_do_not_depend_on_how_the_stretch_is_cut(step):
    journal = [Entry(33, 2, PUSH), Entry(90, 3, {"push": {"b": {"velocity": [0.1, -3, 0]}}})]

    one, other = played(journal), played(journal, step=step)

    assert (
        np.concatenate([p.samples for p in one]).tobytes()
        == np.concatenate([p.samples for p in other]).tobytes()
    )
    assert places(one, "a").tobytes() == places(other, "a").tobytes()


def test_a_snapshot_after_a_push_goes_on_with_the_same_bits():
    first = Performance(judge(SPACE))
    first.run(30)
    obey(first, PUSH)
    first.run(7)
    second = Performance.resume(first.snapshot())

    assert first.run(60).frames.tobytes() == second.run(60).frames.tobytes()


@pytest.mark.parametrize("name", ["fixed", "moon", "nobody"])
def test_what_does_not_move_freely_is_passed_by(name):
    pushed = [Entry(60, 2, {"push": {name: {"velocity": [5, 5, 0], "position": [0, 0, 0]}}})]
    way = places(played(pushed), "moon")

    assert way[-1] == pytest.approx(places(played([]), "moon")[-1], abs=1e-9)


def test_in_a_flat_world_nothing_leaves_the_plane():
    way = places(played([Entry(60, 2, {"push": {"a": {"velocity": [0, 0, 9]}}})]), "a")

    assert not way[:, 2].any()


def test_a_parameter_that_a_story_moved_stays_moved():
    hot = SPACE | {
        "story": {"fall": {"at": "bar 1", "changes": {"physics.gravity": [0, -2, 0]}}},
    }
    way = places(
        played([Entry(60, 2, {"push": {"b": {"velocity": [0, 0, 0]}}})], document=hot), "b"
    )

    fell = way[-1, 1] - way[60, 1]
    assert fell == pytest.approx(-((179 / 120) ** 2), rel=0.02)
