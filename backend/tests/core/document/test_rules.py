import math

from app.core.document import judge
from app.core.document.rules import Bound, rules
from app.core.document.spans import Span
from app.core.document.values import Constant


def only(rule, **data):
    (found,) = rules(judge({**data, "rules": {"r": rule}}))
    return found


NOTE = {"voice": "bell", "degree": 0}


def test_the_examples_say_what_they_mean(example):
    found = {rule.id: rule for rule in rules(judge(example("trappist-1")))}

    assert list(found) == ["before", "breath", "conjunctions", "ground", "star", "transits"]
    assert found["conjunctions"].when.pairs == "neighbours"
    assert found["ground"].when.held
    assert found["ground"].when.of == ("h",)
    assert found["transits"].when.about == "star"


def test_groups_are_their_members(example):
    rule = only(
        {"when": {"event": "appear", "of": ["a", "p"]}, "note": NOTE},
        bodies={"a": {}},
        series={"p": {"n": 2}},
    )

    assert rule.when.of == ("a", "p-0", "p-1")


def test_with_a_wall_is_any_wall_and_with_the_floor_is_the_floor():
    any_wall = only({"when": {"event": "collision", "with": "wall"}, "note": NOTE}).when
    floor = only({"when": {"event": "collision", "with": "floor"}, "note": NOTE}).when

    assert (any_wall.walls, any_wall.with_) == (True, ())
    assert (floor.walls, floor.with_) == (False, ("floor",))


def test_a_crossing_has_values_one_or_many_in_radians():
    one = only(
        {"when": {"event": "crossing", "measure": "body.angle", "at": 90}, "note": NOTE}
    ).when
    many = only(
        {"when": {"event": "crossing", "measure": "body.x", "at": [1, 2]}, "note": NOTE}
    ).when

    assert one.at == (math.pi / 2,)
    assert many.at == (1.0, 2.0)


def test_a_rule_that_sets_needs_no_moment_and_is_always_on():
    rule = only({"set": {"music.harmony": 0.2}})

    assert rule.when.held
    assert rule.when.where == ()
    assert rule.set == {"music.harmony": Constant(0.2)}


def test_conditions_bound_measures():
    where = {"body.speed": {"above": 2}, "event.wall": "floor", "body.angle": {"below": 180}}
    when = only({"when": {"event": "collision", "where": where}, "note": NOTE}).when

    assert when.where == (
        Bound("body.angle", below=math.pi),
        Bound("body.speed", above=2.0),
        Bound("event.wall", equal="floor"),
    )


def test_the_metronome_and_togetherness_are_spans():
    rule = only({"when": {"every": "1/8"}, "note": NOTE, "together": {"within": "5 ms"}})

    assert rule.when.every == Span(0.5, "beat")
    assert rule.together.within == Span(0.005)
    assert rule.together.keep == "sum"
