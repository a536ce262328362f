import numpy as np
import pytest

from app.core.document import judge
from app.core.physics import build
from app.core.physics.engine import layout


def built(**said):
    return build.build(judge({"title": "t", **said}), 1)


def test_bodies_stand_in_ascending_id():
    made = built(bodies={"zoe": {}, "ann": {}}, series={"m": {"n": 3}})

    assert [one.id for one in made.specs] == ["ann", "m-0", "m-1", "m-2", "zoe"]


def test_density_gives_the_mass_nobody_said():
    made = built(physics={"density": 100}, bodies={"a": {"radius": 0.5}, "b": {"mass": 7}})

    assert made.body[layout.MASS] == pytest.approx([100 * 4 / 3 * np.pi * 0.125, 7])
    assert made.body[layout.INVERSE] == pytest.approx(1 / made.body[layout.MASS])


def test_nothing_moves_what_is_fixed_or_on_rails():
    made = built(bodies={"s": {"fixed": True}, "p": {"orbit": {"about": "s", "period": 1}}})

    assert made.body[layout.INVERSE].tolist() == [0, 0]
    assert made.tag[layout.KIND].tolist() == [layout.RAILS, layout.FIXED]


def test_a_body_bounces_its_own_way_or_the_worlds():
    made = built(physics={"elasticity": 0.4}, bodies={"a": {}, "b": {"elasticity": 0.9}})

    assert made.body[layout.BOUNCE].tolist() == [0.4, 0.9]


def test_a_floor_lies_within_the_box():
    made = built(physics={"floor": -2}, boundary={"box": [10, 20, 30]})

    assert made.par[layout.LOW_X : layout.HIGH_Z + 1].tolist() == [-5, -2, -15, 5, 10, 15]
