import math

import pytest


@pytest.fixture(scope="module")
def three(play):
    bodies = {
        "a": {"position": [0, 0, 0], "velocity": [3, 0, 0], "mass": 1, "collide": False},
        "b": {"position": [4, 0, 0], "velocity": [0, 4, 0], "mass": 2, "collide": False},
        "c": {"position": [0, 3, 0], "mass": 1, "collide": False},
    }
    physics = {"gravity": [0, -2, 0], "gravitation": 1, "softening": 0}
    return play({"physics": physics, "boundary": "open", "bodies": bodies}, 0).world


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kinetic", 4.5 + 16), ("momentum", math.hypot(3, 8)), ("centre", math.hypot(2, 0.75)),
        ("potential", 2 * 3 - 2 / 4 - 1 / 3 - 2 / 5), ("closest", 3.0), ("count", 3),
        ("temperature", 2 * 20.5 / (9 * 0.01)),
        ("spread", math.sqrt((32 + 9) / 4 - 4 - 0.5625)),
    ],
)  # fmt: skip
def test_each_measure_of_the_whole_is_its_formula(three, name, value):
    assert three.measure(f"universe.{name}") == pytest.approx(value, rel=1e-14)
