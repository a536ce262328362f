import math

import pytest
from scipy.special import ellipk


@pytest.fixture(scope="module")
def two(play):
    bodies = {
        "sun": {"fixed": True, "mass": 4},
        "p": {"position": [2, 0, 0], "velocity": [0, 1, 0], "mass": 0.5},
        "q": {"orbit": {"about": "sun", "semi_major_axis": 3, "eccentricity": 0.2}, "mass": 0},
    }
    physics = {"gravitation": 1, "softening": 0}
    return play({"world": "orbits", "physics": physics, "bodies": bodies}, 0).world


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("body.x", 2), ("body.y", 0), ("body.z", 0), ("body.speed", 1), ("body.height", 0),
        ("body.distance", 2), ("body.angle", 0), ("body.angular_speed", 0.5),
        ("body.angular_momentum", 1), ("body.acceleration", 1), ("body.kinetic", 0.25),
        ("body.age", 0), ("body.mass", 0.5), ("body.radius", 0),
    ],
)  # fmt: skip
def test_each_measure_is_its_formula(two, name, value):
    assert two.measure(name, "p", about="sun") == pytest.approx(value, rel=1e-14, abs=1e-15)


def test_the_orbit_of_this_instant(two):
    pull, r = 4.5, 2.0
    inverse = 2 / r - 1 / pull
    eccentricity = 1 - 1 * r / pull  # it is at its apocentre: v² r / GM = 1 - e

    assert two.measure("body.period", "p", about="sun") == pytest.approx(
        2 * math.pi / math.sqrt(pull * inverse**3), rel=1e-14
    )
    assert two.measure("body.eccentricity", "p", about="sun") == pytest.approx(
        eccentricity, rel=1e-14
    )
    assert two.measure("body.phase", "p", about="sun") == pytest.approx(math.pi)


def test_rails_give_the_numbers_they_were_laid_with(two):
    period = 2 * math.pi * math.sqrt(27 / 4)

    assert two.measure("body.period", "q") == pytest.approx(period, rel=1e-14)
    assert two.measure("body.eccentricity", "q") == 0.2
    assert two.measure("body.phase", "q") == 0.0


def test_measures_of_a_pair(two):
    assert two.measure("pair.distance", "p", "q") == pytest.approx(0.4, rel=1e-14)
    assert two.measure("pair.angle", "p", "q", "sun") == pytest.approx(0, abs=1e-14)
    own = two.measure("body.period", "p", about="sun")
    other = two.measure("body.period", "q", about="sun")
    assert two.measure("pair.ratio", "p", "q", "sun") == pytest.approx(
        max(own, other) / min(own, other)
    )


@pytest.mark.parametrize("angle", [5, 60, 150])
def test_a_pendulum_knows_its_period_at_any_point_of_the_swing(play, angle):
    body = {"rod": {"length": 2, "angle": angle}, "collide": False}
    said = {"physics": {"air_resistance": 0}, "boundary": "open", "bodies": {"p": body}}
    exact = 4 * math.sqrt(2 / 9.81) * ellipk(math.sin(math.radians(angle) / 2) ** 2)
    played = play(said, 0.3)

    assert played.world.measure("body.period", "p") == pytest.approx(exact, rel=1e-6)
    assert play(said, 0).world.measure("body.angle", "p") == pytest.approx(math.radians(angle))
