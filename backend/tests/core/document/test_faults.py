import pytest

from app.core.document.faults import faults, hint, takes
from app.core.document.shapes import Either, Fields, Flag, Keyed, List, Number, Text, Words

NUMBER = Number(0, 10, "m")


def told(shape, value):
    return [f"{one.path}: {one.message}" for one in faults(shape, value, "$")]


def test_a_number_out_of_range_is_told_with_its_range_and_unit():
    shape = Fields({"speed": NUMBER})

    assert told(shape, {"speed": 11}) == ["$.speed: speed is 11; it may be 0 to 10 m"]
    assert told(shape, {"speed": 10}) == []
    assert "not finite" in told(shape, {"speed": float("nan")})[0]


def test_beyond_takes_the_lower_bound_out():
    assert told(Number(0, 1, beyond=True), 0)
    assert not told(Number(0, 1, beyond=True), 1e-9)


def test_whole_numbers_may_be_spelled_as_fractions():
    assert not told(Number(0, 9, whole=True), 3.0)
    assert told(Number(0, 9, whole=True), 3.5)


@pytest.mark.parametrize(
    "shape",
    [NUMBER, Words(("a",)), Text("text"), Flag(), List(NUMBER), Fields({}), Keyed(NUMBER, 1)],
)
def test_null_is_of_no_shape(shape):
    assert not takes(shape, None)
    assert told(shape, None)[0].startswith("$: null is not ")


def test_a_near_miss_is_asked_about():
    assert told(Words(("minor", "major")), "minr")[0].endswith("; did you mean minor?")
    assert told(Fields({"bounce": NUMBER}), {"bounse": 1})[0].endswith("; did you mean bounce?")


def test_what_is_known_and_not_to_be_had_says_why():
    assert told(Words(("a",), {"b": "is not built yet"}), "b") == [
        '$: "b" is not built yet; here works one of a'
    ]
    assert told(Fields({}, refused={"b": "is not built yet"}), {"b": 1}) == [
        '$.b: "b" is not built yet'
    ]


def test_alternatives_are_told_apart_by_what_is_in_them():
    ramp = Fields({"from": NUMBER}, says="ramp")
    rate = Fields({"per_minute": NUMBER}, says="rate")
    shape = Either((ramp, rate, List(NUMBER), List(List(NUMBER))))

    assert not told(shape, {"per_minute": 3})
    assert not told(shape, [[1]])
    assert told(shape, [[11]])[0].startswith("$[0][0]")
    assert "ramp or rate" in told(shape, True)[0]


def test_control_characters_are_no_text():
    assert told(Text("text"), "a\x1bb")
    assert not told(Text("text"), "a\nb\tc")


def test_every_hint_is_a_phrase():
    for shape in (
        NUMBER,
        Words(("a", "b")),
        Text("text"),
        Flag(),
        Flag(only=True),
        List(NUMBER),
        Keyed(NUMBER, 1),
    ):
        assert hint(shape)
