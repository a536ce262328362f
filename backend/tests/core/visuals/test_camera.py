import itertools
import math

import numpy as np
import pytest

from app.core.document import parse
from app.core.visuals import camera

PLAIN = parse('{"dimensions": 2}')
BOX = np.array(list(itertools.product((-3.0, 3.0), (-1.0, 2.0), (0.0, 0.5))))


@pytest.mark.parametrize("shape", [(640, 360), (360, 640)])
@pytest.mark.parametrize("turn", [0, 60, 200])
def test_everything_that_must_be_seen_is_in_the_picture(shape, turn):
    document = parse(f'{{"visual": {{"camera": {{"rotation": {turn}}}}}}}')
    seen = camera.fitted(document, BOX, width=shape[0], height=shape[1]).project(BOX)
    assert (seen[:, 0] >= 0).all()
    assert (seen[:, 0] <= shape[0]).all()
    assert (seen[:, 1] >= 0).all()
    assert (seen[:, 1] <= shape[1]).all()


def test_up_is_up_right_is_right_and_near_is_large():
    eye = camera.fitted(PLAIN, BOX, width=400, height=300)
    (x, y, near), (x2, _, _), (_, y2, _), (_, _, far) = eye.project(
        np.array([[0.0, 0.5, 0.0], [1.0, 0.5, 0.0], [0.0, 1.5, 0.0], [0.0, 0.5, -2.0]])
    )
    assert x2 > x
    assert y2 < y
    assert far < near


def test_zoom_brings_nearer():
    close = parse('{"visual": {"camera": {"zoom": 2}}}')
    one = camera.fitted(PLAIN, BOX, width=400, height=300).away
    assert camera.fitted(close, BOX, width=400, height=300).away == pytest.approx(one / 2)


def test_axes_are_of_unit_length_and_square_to_each_other():
    turn = camera.axes(0.7, -0.92)
    assert turn @ turn.T == pytest.approx(np.eye(3), abs=1e-12)


def test_orbits_are_seen_leaning_back_and_a_said_rotation_is_taken():
    orbits = parse(
        '{"bodies": {"s": {"mass": 1, "fixed": true}, "p": {"orbit": {"about": "s", "period": 2}}}, "world": "orbits"}'
    )
    assert camera.viewpoint(orbits) == (0.0, -0.92)
    assert camera.viewpoint(parse('{"visual": {"camera": {"rotation": 90}}}'))[0] == pytest.approx(
        math.pi / 2
    )
