from app.core.document import judge
from app.core.document.points import points
from app.core.document.spans import Span


def test_a_point_of_the_gas_is_as_written(example):
    point = next(one for one in points(judge(example("gas"))) if one.id == "heat")

    assert (point.at, point.over, point.curve) == (Span(16.0, "bar"), Span(8.0, "bar"), "linear")
    assert point.changes["physics.temperature"] == 400


def test_points_come_in_ascending_id():
    found = points(judge({"story": {"b": {"at": 0}, "a": {"at": 1}}}))

    assert [point.id for point in found] == ["a", "b"]


def test_a_harmony_tie_moves_what_it_names_and_what_is_spelled_out_goes_before_it():
    tie = {"frequency": 432, "tempo": 90, "scale": "dorian", "intensity": 0.9}
    said = {
        "a": {"at": 0, "harmony": 0.25},
        "b": {"at": 1, "harmony": tie, "changes": {"music.tempo": 70}},
    }
    number, spelled = points(judge({"story": said}))

    assert number.changes == {"music.harmony": 0.25}
    assert spelled.changes == {
        "music.base_frequency": 432, "music.tempo": 70, "music.scale": "dorian", "music.harmony": 0.9,
    }  # fmt: skip
