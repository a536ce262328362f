"""Undo and redo against a model of plain lists, and what must hold whatever was done."""

import json
import random
from uuid import uuid4

import pytest

from app.errors import Conflict, Forbidden
from app.services import past, undo, universes
from app.services.conditions import at
from app.services.undo import Stacks

KEYS = ("tempo", "volume", "harmony", "damping", "resonance")
START = {"tempo": 60, "volume": 0.5}


@pytest.fixture
def studio(works, caller, universe):
    """A universe that two people edit, and functions to do it."""
    ada, ben = caller("ada"), caller("ben")
    document = {"music": dict(START), "bodies": {"a": {"x": 1}}}
    view = universe(ada, document=document, visibility="public", link_role="editor")
    return Studio(works, view.id, {"ada": ada, "ben": ben})


class Studio:
    def __init__(self, works, universe_id, people):
        self.works, self.id, self.people = works, universe_id, people

    def edit(self, who, patch, gesture=None):
        return self.works.run(
            lambda work: universes.edit(work, self.id, patch, gesture=gesture), self.people[who]
        )

    def music(self, who, gesture=None, **values):
        return self.edit(who, {"music": values}, gesture)

    def turn(self, act, who, **more):
        return self.works.run(
            lambda work: getattr(undo, act)(work, self.id, **more), self.people[who]
        )

    def document(self):
        view = self.works.run(lambda work: universes.read(work, self.id), self.people["ada"])
        return json.loads(view.document)


@pytest.mark.databases
def test_one_s_own_gesture_is_taken_back_whole_and_done_again(studio):
    for place in (2, 3, 4):
        studio.edit("ada", {"bodies": {"a": {"x": place}}}, gesture="drag")
    studio.music("ben", tempo=90)

    taken = studio.turn("undo", "ada")
    after = studio.document()
    again = studio.turn("redo", "ada")

    assert (after["bodies"], after["music"]["tempo"]) == ({"a": {"x": 1}}, 90)
    assert (taken.act, len(taken.revs), taken.left) == ("undo", 3, ())
    assert studio.document()["bodies"] == {"a": {"x": 4}}
    assert (again.act, again.revs) == ("redo", (taken.rev,))


@pytest.mark.databases
def test_what_others_wrote_since_is_left_and_told(studio):
    studio.music("ada", tempo=80, volume=0.9)
    later = studio.music("ben", tempo=100)

    taken = studio.turn("undo", "ada")

    assert studio.document()["music"] == {"tempo": 100, "volume": 0.5}
    assert taken.left == ({"path": "$.music.tempo", "rev": later.rev, "by": "ben"},)


def test_a_body_another_has_touched_since_is_not_taken_away_by_an_undo(studio):
    studio.edit("ada", {"bodies": {"b": {"x": 5}}})
    studio.edit("ben", {"bodies": {"b": {"colour": "#ff0000"}}})

    taken = studio.turn("undo", "ada")

    assert studio.document()["bodies"]["b"] == {"x": 5, "colour": "#ff0000"}
    assert [one["path"] for one in taken.left] == ["$.bodies.b"]


def test_a_body_another_has_removed_since_does_not_come_back_in_part(studio):
    studio.edit("ada", {"bodies": {"a": {"x": 9}}})
    studio.edit("ben", {"bodies": {"a": None}})

    studio.turn("undo", "ada")

    assert "a" not in studio.document().get("bodies", {})


def test_what_was_removed_comes_back_whole(studio):
    studio.edit("ada", {"bodies": {"a": None}})

    studio.turn("undo", "ada")

    assert studio.document()["bodies"] == {"a": {"x": 1}}


def test_a_change_of_one_s_own_ends_what_could_be_done_again(studio):
    studio.music("ada", tempo=80)
    studio.turn("undo", "ada")
    studio.music("ada", volume=1)

    with pytest.raises(Conflict) as refused:
        studio.turn("redo", "ada")

    assert refused.value.code == "nothing_to_redo"


def test_nobody_undoes_what_others_did_or_the_making(studio):
    studio.music("ben", tempo=80)

    with pytest.raises(Conflict) as refused:
        studio.turn("undo", "ada")

    assert refused.value.code == "nothing_to_undo"


def test_who_may_not_edit_any_more_may_not_undo(studio, works):
    studio.music("ben", tempo=80)
    works.run(
        lambda work: universes.change(work, studio.id, condition=at(2), link_role="viewer"),
        studio.people["ada"],
    )

    with pytest.raises(Forbidden):
        studio.turn("undo", "ben")


@pytest.mark.databases
def test_an_undo_sent_again_is_not_done_again(studio):
    studio.music("ada", tempo=80)
    studio.music("ada", tempo=90)
    op_id = uuid4()

    first, again = (studio.turn("undo", "ada", op_id=op_id) for _ in range(2))

    assert (first.rev, first.patch, first.revs) == (again.rev, again.patch, again.revs)
    assert studio.document()["music"]["tempo"] == 80


def test_a_restore_is_undone_like_any_change(studio, works):
    studio.music("ada", tempo=80)
    works.run(lambda work: past.restore(work, studio.id, 1, condition=at(2)), studio.people["ada"])
    assert studio.document()["music"]["tempo"] == 60

    studio.turn("undo", "ada")

    assert studio.document()["music"]["tempo"] == 80


def test_undoing_everything_and_doing_it_again_ends_where_it_was(studio):
    draw, before = random.Random(1), studio.document()
    for step in range(25):
        studio.music("ada", gesture=draw.choice([None, f"g{step // 4}"]), **some(draw, step))
    after, turns = studio.document(), 0

    while True:
        try:
            studio.turn("undo", "ada")
        except Conflict:
            break
        turns += 1
    assert studio.document() == before
    for _ in range(turns):
        studio.turn("redo", "ada")

    assert studio.document() == after


class Model:
    """The same in lists: who wrote which member when, and what stood there before."""

    def __init__(self):
        self.values, self.writes, self.rev = dict(START), [], 1
        self.stacks = {"ada": ([], []), "ben": ([], [])}
        self.gesture = {}

    def write(self, who, values):
        self.rev += 1
        # Taking away what is not there writes nothing.
        values = {k: v for k, v in values.items() if v is not None or k in self.values}
        event = (self.rev, {key: self.values.get(key) for key in values})
        for key, value in values.items():
            self.values[key] = value
            self.writes.append((self.rev, who, key))
        self.values = {key: value for key, value in self.values.items() if value is not None}
        return event

    def edit(self, who, values, gesture):
        undoing, redoing = self.stacks[who]
        event = self.write(who, values)
        redoing.clear()
        if gesture and self.gesture.get(who) == gesture:
            undoing[-1].append(event)
        else:
            undoing.append([event])
        self.gesture[who] = gesture

    def turn(self, act, who):
        source, target = self.stacks[who] if act == "undo" else reversed(self.stacks[who])
        if not source:
            return None
        back, left = {}, set()
        for rev, before in reversed(source.pop()):
            for key, value in before.items():
                if any(r > rev and w != who and k == key for r, w, k in self.writes):
                    left.add(f"$.music.{key}")
                else:
                    back[key] = value
        target.append([self.write(who, back)])
        self.gesture[who] = None
        return left


def some(draw, step):
    values = {
        "tempo": 41 + step, "volume": step / 100, "harmony": step / 90,
        "damping": step / 80, "resonance": step / 70,
    }  # fmt: skip
    return {key: values[key] for key in draw.sample(KEYS, draw.choice([1, 1, 2, 3]))}


@pytest.mark.databases
@pytest.mark.parametrize("seed", range(3))
def test_interleaved_edits_and_undos_of_two_do_what_the_model_does(studio, seed):
    draw, model = random.Random(seed), Model()
    for step in range(60):
        who, act = (
            draw.choice(["ada", "ben"]),
            draw.choice(["edit", "edit", "undo", "undo", "redo"]),
        )
        if act == "edit":
            gesture, values = draw.choice([None, "g1", "g2"]), some(draw, step)
            if draw.random() < 0.2:
                values = dict.fromkeys(values)
            studio.music(who, gesture=gesture, **values)
            model.edit(who, values, gesture)
        else:
            left = model.turn(act, who)
            if left is None:
                with pytest.raises(Conflict):
                    studio.turn(act, who)
            else:
                assert {one["path"] for one in studio.turn(act, who).left} == left
        assert studio.document().get("music", {}) == model.values, (seed, step)


def test_stacks_are_read_from_the_log_alone():
    log = [
        (1, "create", None), (2, "edit", "g"), (3, "edit", "g"), (4, "edit", None),
        (5, "undo", None), (6, "edit", "g"), (7, "undo", None), (8, "undo", None),
    ]  # fmt: skip
    stacks = Stacks.of(log)

    assert (stacks.undo, stacks.redo) == ([], [[7], [8]])
    assert Stacks.of(log[:7]).undo == [[2, 3]]
