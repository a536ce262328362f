import pytest

from app.core.document import judge
from app.core.physics import build, edits
from app.core.physics.engine import layout
from app.errors import ParameterError


def built(**said):
    return build.build(judge({"title": "t", **said}), 1)


@pytest.mark.parametrize(
    ("path", "cell"),
    [("physics.gravitation", layout.GRAVITATION), ("physics.air_resistance", layout.AIR),
     ("physics.energy_dissipation", layout.DISSIPATION), ("physics.temperature", layout.TEMPERATURE)],
)  # fmt: skip
def test_each_number_has_its_cell(path, cell):
    made = built(bodies={"a": {}})
    edits.set_parameter(path, 0.25, made.body, made.par, made.specs)

    assert made.par[cell] == 0.25


def test_the_worlds_elasticity_does_not_touch_a_body_with_its_own():
    made = built(bodies={"a": {}, "b": {"elasticity": 0.9}})
    edits.set_parameter("physics.elasticity", 0.1, made.body, made.par, made.specs)

    assert made.body[layout.BOUNCE].tolist() == [0.1, 0.9]


def test_what_cannot_change_is_refused_by_name():
    made = built(bodies={"a": {}})
    with pytest.raises(ParameterError, match=r"physics\.accuracy"):
        edits.set_parameter("physics.accuracy", "high", made.body, made.par, made.specs)


@pytest.mark.parametrize(("dimensions", "inertia"), [(2, 2.0), (3, 2.5)])
def test_spin_can_be_turned_on_and_off(dimensions, inertia):
    made = built(bodies={"a": {}})
    arrays = (made.body, made.par, made.specs)
    edits.set_parameter("physics.spin", True, *arrays, dimensions=dimensions)
    on = made.par[layout.INERTIA]
    made.body[layout.SZ] = 3.0
    edits.set_parameter("physics.spin", False, *arrays, dimensions=dimensions)

    assert (on, made.par[layout.INERTIA]) == (inertia, 0.0)
    assert made.body[layout.SZ].tolist() == [0.0]


def test_who_stands_where_an_edit_put_it_is_told_from_who_was_brought_there():
    before = built(bodies={"a": {}, "b": {"x": 1}, "c": {"x": 2}})
    before.body[0] += 0.5
    after = built(bodies={"a": {}, "b": {"x": 9}, "c": {"x": 2, "radius": 3}, "d": {}})
    edits.carry_over(after, before.specs, before.body, before.tag, 1.0)

    # b was moved, c grew, d is new.
    assert edits.placed(after, before.specs, before.body).tolist() == [0, 1, 1, 1]


def test_newcomers_are_told_from_those_who_stay():
    before = built(bodies={"a": {}, "c": {}})
    before.body[0] = [5.0, 6.0]
    after = built(bodies={"a": {}, "b": {"x": 1}, "c": {"velocity": [1, 0, 0]}})
    entered = edits.carry_over(after, before.specs, before.body, before.tag, 3.5)

    assert entered == [1]
    assert after.body[0].tolist() == [5.0, 1.0, 6.0]
    assert after.body[layout.VX].tolist() == [0.0, 0.0, 1.0]
    assert after.body[layout.BORN].tolist() == [0.0, 3.5, 0.0]
