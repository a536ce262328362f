import math

import pytest

from app.core.document import judge
from app.core.physics import World
from app.core.story import Clock

KEEPS = {"title": "t", "boundary": "open", "physics": {"elasticity": 1, "friction": 0, "floor": -9},
         "bodies": {"a": {"position": [0, 1, 0]}, "b": {"position": [2, 1, 0]}}}  # fmt: skip
ABOUT = {"about": "s", "period": 1}


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({}, True),
        ({"links": {"l": {"kind": "spring", "between": ["a", "b"]}}}, True),
        ({"fields": {"f": {"kind": "radial", "strength": 1}}}, True),
        ({"physics": {"pressure": 5}, "boundary": {"box": [9, 9, 9]}}, True),
        ({"bodies": {"s": {"fixed": True}, "p": {"orbit": ABOUT, "collide": False}}}, True),
        ({"bodies": {"s": {"fixed": True}, "p": {"orbit": ABOUT}}}, False),
        ({"bodies": {"s": {"fixed": True}, "p": {"orbit": ABOUT, "collide": False}},
          "physics": {"gravitation": 1}}, False),
        ({"physics": {"friction": 0.1}}, False),
        ({"physics": {"elasticity": 0.9}}, False),
        ({"physics": {"air_resistance": 0.1}}, False),
        ({"physics": {"medium": "air"}}, False),
        ({"physics": {"energy_dissipation": 0.1}}, False),
        ({"physics": {"temperature": 1}}, False),
        ({"fields": {"f": {"kind": "vortex", "strength": 1}}}, False),
        ({"links": {"l": {"kind": "spring", "between": ["a", "b"], "damping": 1}}}, False),
        ({"links": {"l": {"kind": "string", "between": ["a", "b"]}}}, False),
        ({"links": {"l": {"kind": "rod", "between": ["a", "b"], "breaks": 9}}}, False),
        ({"boundary": {"box": [9, 9, 9], "walls": "absorb"}}, False),
        ({"boundary": {"periodic": [9, 9, 9]}}, False),  # it falls round the world for ever
        ({"boundary": {"periodic": [9, 9, 9]}, "physics": {"gravity": [0, 0, 0]}}, True),
    ],
)  # fmt: skip
def test_the_energy_meter_is_there_where_energy_is_to_last(said, kept):
    document = judge(KEEPS).patched(said)
    one, clock = World.of(document, (), seed=1), Clock.of(document)
    one.advance(30, clock)

    assert math.isnan(one.energy_error()) != kept
    assert not kept or one.energy_error() < 1e-3
