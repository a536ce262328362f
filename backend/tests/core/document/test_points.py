from app.core.document import judge
from app.core.document.points import points
from app.core.document.spans import Span


def test_a_point_of_the_gas_is_as_written(example):
    (point,) = points(judge(example("gas")))

    assert (point.at, point.over, point.curve) == (Span(16.0, "bar"), Span(8.0, "bar"), "linear")
    assert point.changes == {"physics.temperature": 400}


def test_points_come_in_ascending_id():
    found = points(judge({"story": {"b": {"at": 0}, "a": {"at": 1}}}))

    assert [point.id for point in found] == ["a", "b"]
