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
    with pytest.raises(ParameterError, match=r"physics\.spin"):
        edits.set_parameter("physics.spin", True, made.body, made.par, made.specs)


def test_newcomers_are_told_from_those_who_stay():
    before = built(bodies={"a": {}, "c": {}})
    before.body[0] = [5.0, 6.0]
    after = built(bodies={"a": {}, "b": {"x": 1}, "c": {"velocity": [1, 0, 0]}})
    entered = edits.carry_over(after, before.specs, before.body, before.tag, 3.5)

    assert entered == [1]
    assert after.body[0].tolist() == [5.0, 1.0, 6.0]
    assert after.body[layout.VX].tolist() == [0.0, 0.0, 1.0]
    assert after.body[layout.BORN].tolist() == [0.0, 3.5, 0.0]
