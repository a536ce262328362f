import math

import numpy as np
import pytest
from scipy.optimize import brentq

from app.core.numbers.kernel import kernel
from app.core.physics.engine import impact


@kernel
def falls(d, v, a):
    return impact.falls(d, v, a)


@pytest.mark.parametrize(
    ("d", "v", "a", "time"),
    [
        (1.0, 0.0, -2.0, 1.0), (1.0, -2.0, 0.0, 0.5), (0.0, 3.0, -2.0, 3.0),
        (0.0, -1.0, 5.0, 0.0), (1.0, -1.0, 1.0, math.inf), (1.0, 1.0, 0.0, math.inf),
        (3.0, -4.0, 2.0, 1.0), (-1e-18, 2.0, -2.0, 2.0),
    ],
)  # fmt: skip
def test_a_parabola_reaches_the_wall_when_the_formula_says(d, v, a, time):
    assert falls(d, v, a) == pytest.approx(time, rel=1e-15)


def test_no_digits_are_lost_in_a_grazing_fall():
    # The textbook root (-v - √(v² - 2ad)) / a loses half of them here.
    exact = 2e-9 / (1.0 + math.sqrt(1.0 + 2e-9 * 1e-3))

    assert falls(1e-9, -1.0, -1e-3) == pytest.approx(exact, rel=1e-15)


def test_the_first_impact_under_drag_is_within_a_tenth_of_a_millisecond(play):
    k, g = 0.5, 9.81
    physics = {"gravity": [0, -g, 0], "air_resistance": k, "floor": 0}
    ball = {"position": [0, 5.1, 0], "radius": 0.1}
    # time_scale 2 makes steps of a 60th of a second; the engine halves them to what they were.
    clock = {"rate": 2}
    played = play(
        {"clock": clock, "physics": physics, "boundary": "open", "bodies": {"a": ball}}, 1
    )
    exact = brentq(lambda t: 5 - g / k * (t - (1 - math.exp(-k * t)) / k), 0.5, 3)

    assert played.times()[0] == pytest.approx(exact, abs=1e-6)  # 1e-4 is asked for


def test_the_first_impact_of_a_radial_infall_is_within_a_tenth_of_a_millisecond(play):
    bodies = {
        "sun": {"fixed": True, "mass": 10, "radius": 0.3},
        "stone": {"position": [2, 0, 0], "mass": 0.001, "radius": 0.1},
    }
    physics = {"gravity": [0, 0, 0], "gravitation": 1, "softening": 0, "elasticity": 1}
    played = play({"physics": physics, "boundary": "open", "bodies": bodies}, 2)
    r, x = 2.0, 0.4 / 2.0
    exact = math.sqrt(r**3 / (2 * 10.0)) * (math.acos(math.sqrt(x)) + math.sqrt(x * (1 - x)))

    assert played.times()[0] == pytest.approx(exact, abs=1e-4)


def test_a_gas_keeps_its_energy_and_no_two_bodies_overlap(play):
    said = {
        "dimensions": 2, "boundary": {"box": [10, 10]},
        "physics": {"gravity": [0, 0, 0], "elasticity": 1, "friction": 0},
        "crowds": {"gas": {"sow": "box", "n": 60, "speed": 1, "radius": 0.2}},
    }  # fmt: skip
    played = play(said, 20)
    places = played.frames[::40, :, :3]
    apart = np.linalg.norm(places[:, :, None] - places[:, None], axis=3)
    apart[:, range(60), range(60)] = np.inf

    assert len(played.times()) > 200
    assert played.world.energy_error() < 1e-13
    assert apart.min() > 0.4 - 1e-12
    assert np.abs(places).max() <= 4.8 + 1e-12
