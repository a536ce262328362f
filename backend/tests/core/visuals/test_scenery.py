import numpy as np
import pytest

from app.core.document import parse
from app.core.visuals import scenery

LOW, HIGH = np.array([-1.0, 0.0, 0.0]), np.array([1.0, 0.5, 0.0])


def test_rods_reach_from_their_pivots_to_their_bodies():
    document = parse('{"world": "earth", "bodies": {"a": {"x": 1, "rod": {"length": 2}}, "b": {}}}')
    hung = scenery.pivots(document)
    frame = np.arange(12.0).reshape(2, 6)
    (rod,) = scenery.rods(hung, ("a", "b"), frame)
    assert rod.tolist() == [[1.0, 0.0, 0.0], [0.0, 1.0, 2.0]]
    assert scenery.rods(hung, ("b",), frame[:1]) == []


def test_a_floor_lies_under_the_bodies():
    (line,) = scenery.lines(parse('{"physics": {"floor": 0.25}}'), LOW, HIGH)
    assert line[:, 1].tolist() == [0.25, 0.25]
    assert line[0, 0] < -1.0 < 1.0 < line[1, 0]


def test_walls_are_there_where_bodies_reach_them():
    small = parse('{"dimensions": 2, "boundary": {"box": [2, 2]}}')
    (square,) = scenery.lines(small, LOW, HIGH)
    assert square.shape == (5, 3)
    assert np.abs(square[:, :2]).max() == 1.0
    assert scenery.lines(parse("{}"), LOW, HIGH) == []
    deep = parse('{"boundary": {"box": [2, 2, 2]}}')
    assert len(scenery.lines(deep, LOW, HIGH)) == 2


def test_a_string_hangs_where_a_rule_waits():
    document = parse(
        '{"bodies": {"a": {}}, "rules": {"r": {"when": {"event": "crossing", "measure": "body.x",'
        ' "at": [-0.5, 0.5]}, "note": {"pitch": "A4"}}}}'
    )
    strings = scenery.lines(document, LOW, HIGH)
    assert [line[:, 0].tolist() for line in strings] == [[-0.5, -0.5], [0.5, 0.5]]
    assert strings[0][1, 1] == pytest.approx(0.54)


def test_a_box_has_eight_corners():
    assert len({tuple(one) for one in scenery.corners(LOW, HIGH + 1.0).tolist()}) == 8


def test_a_grid_has_four_to_ten_lines_the_wider_way_at_round_lengths():
    for wide in (0.003, 1.0, 7.0, 20.0, 390.0):
        low, high = np.zeros(3), np.array([wide, 0.5 * wide, 0.0])
        upright = [line for line in scenery.grid(low, high) if line[0, 0] == line[1, 0]]
        assert 4 <= len(upright) <= 11
        step = upright[1][0, 0] - upright[0][0, 0]
        assert round(step / 10 ** np.floor(np.log10(step) + 1e-9), 6) in (1, 2, 5)
