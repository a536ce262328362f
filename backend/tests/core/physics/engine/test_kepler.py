import math

import numpy as np
import pytest

from app.core.numbers.kernel import kernel
from app.core.physics.engine import kepler


@kernel
def solved(mean, eccentricity):
    return kepler.eccentric_anomaly(mean, eccentricity)


@pytest.mark.parametrize("eccentricity", [0.0, 0.1, 0.5, 0.9, 0.99])
def test_the_anomaly_solves_keplers_equation(eccentricity):
    for mean in np.linspace(-20, 20, 1001):
        e = solved(mean, eccentricity)
        rest = e - eccentricity * math.sin(e) - mean

        assert abs(rest - 2 * math.pi * round(rest / (2 * math.pi))) < 2e-14  # grain of 20 radians


def test_an_orbit_on_rails_keeps_energy_and_momentum_to_rounding(play):
    orbit = {"about": "sun", "semi_major_axis": 2, "eccentricity": 0.6, "inclination": 30,
             "node": 40, "argument": 50}  # fmt: skip
    bodies = {"sun": {"fixed": True, "mass": 4}, "p": {"orbit": orbit, "mass": 0}}
    said = {"world": "orbits", "physics": {"gravitation": 1}, "bodies": bodies}
    played = play(said, 30)
    r, v = played.frames[:, 0, :3], played.frames[:, 0, 3:]
    energy = 0.5 * np.sum(v * v, axis=1) - 4 / np.linalg.norm(r, axis=1)
    momentum = np.cross(r, v)

    assert energy == pytest.approx(-4 / 4, rel=1e-12)
    assert np.ptp(momentum, axis=0) == pytest.approx(0, abs=1e-12)
    tilt = momentum[0, 2] / np.linalg.norm(momentum[0])
    assert tilt == pytest.approx(math.cos(math.radians(30)), abs=1e-14)


def test_a_moon_on_rails_goes_about_its_planet_wherever_that_is(play):
    bodies = {
        "sun": {"fixed": True, "mass": 1},
        "planet": {"orbit": {"about": "sun", "semi_major_axis": 5}, "mass": 0.1},
        "moon": {"orbit": {"about": "planet", "semi_major_axis": 0.5}},
    }
    said = {"world": "orbits", "physics": {"gravitation": 1}, "bodies": bodies}
    played = play(said, 3)
    moon, planet = played.frames[:, 0], played.frames[:, 1]

    assert np.linalg.norm((moon - planet)[:, :3], axis=1) == pytest.approx(0.5, abs=1e-13)
    # Its velocity is the change of its place, the planet's own included.
    slope = (moon[2:, :3] - moon[:-2, :3]) * 60
    assert slope == pytest.approx(moon[1:-1, 3:], abs=1e-5)  # h²/6 of its third derivative
