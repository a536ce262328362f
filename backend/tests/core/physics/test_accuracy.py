"""What is promised of the accuracy, and not already a law of one module of the engine."""

import math

import numpy as np
import pytest
import rebound
from scipy.optimize import brentq

from app.core.physics import Watch

SPACE = {"gravity": [0, 0, 0], "air_resistance": 0, "friction": 0, "elasticity": 1}
PYTHAGORAS = {"a": (3, [1, 3, 0]), "b": (4, [-2, -1, 0]), "c": (5, [1, -1, 0])}
ULP = 2.0**-52


@pytest.mark.parametrize("wanted", [{"integrator": "yoshida4"}, {"accuracy": "high"}])
@pytest.mark.parametrize(("period", "eccentricity"), [(0.5, 0.9), (2, 0.3), (2, 0.05), (10, 0.6)])
def test_apsides_are_heard_within_a_millisecond_for_ten_minutes(play, wanted, period, eccentricity):
    """Half a period apart, from the far end on. Plain Verlet is 0.5 ms to 1.9 s off."""
    gravitation, far = 4 * math.pi**2, 1 + eccentricity
    bodies = {
        "sun": {"fixed": True, "mass": 1},
        "p": {"position": [far, 0, 0], "velocity": [0, math.sqrt(gravitation * (2 / far - 1)), 0],
              "mass": 0},
    }  # fmt: skip
    physics = {"gravitation": gravitation, "softening": 0, **wanted}
    said = {"clock": {"unit": "day", "rate": 1 / period}, "world": "orbits", "physics": physics}
    played = play({**said, "bodies": bodies}, 600, (Watch("apsis", about="sun"),))
    heard = np.array([one.heard_s for one in played.events])

    assert len(heard) >= 600 / (period / 2)
    # 1 ms is asked for; the worst here is 0.32 ms, of yoshida4 at e = 0.05.
    assert np.abs(heard - np.arange(len(heard)) * period / 2).max() < 1e-3


def test_impact_under_drag_at_60_hz_is_within_a_tenth_of_a_millisecond(play):
    k, g = 0.5, 9.81
    physics = {"gravity": [0, -g, 0], "air_resistance": k, "floor": 0}
    ball = {"position": [0, 5.1, 0], "radius": 0.1}
    # A clock of days is not stepped as at 120 Hz: its tick, a 60th, is the step.
    said = {"clock": {"unit": "day", "rate": 2}, "physics": physics, "boundary": "open"}
    exact = brentq(lambda t: 5 - g / k * (t - (1 - math.exp(-k * t)) / k), 0.5, 3)

    # The arc ends where the drag does and errs by h² k v / 8 between: 0.016 ms measured by others.
    assert play({**said, "bodies": {"a": ball}}, 1).times()[0] == pytest.approx(exact, abs=1e-4)


def test_a_radial_infall_at_60_hz_is_within_a_tenth_of_a_millisecond(play):
    bodies = {
        "sun": {"fixed": True, "mass": 10, "radius": 0.3},
        "stone": {"position": [2, 0, 0], "mass": 0.001, "radius": 0.1},
    }
    physics = {**SPACE, "gravitation": 1, "softening": 0}
    said = {"clock": {"unit": "day", "rate": 2}, "physics": physics, "boundary": "open"}
    r, x = 2.0, 0.4 / 2.0
    exact = math.sqrt(r**3 / 20.0) * (math.acos(math.sqrt(x)) + math.sqrt(x * (1 - x)))

    assert play({**said, "bodies": bodies}, 1.5).times()[0] == pytest.approx(exact, abs=1e-4)


def test_elastic_collisions_keep_momentum_and_energy_to_the_last_digits(play):
    """Unequal spheres in a world without walls: each impact adds a rounding of its impulse."""
    rng = np.random.default_rng(11)
    mass = rng.uniform(0.5, 3, 100)
    bodies = {
        f"b{k:03}": {"position": rng.uniform(-5, 5, 3).tolist(), "mass": float(mass[k]),
                     "velocity": rng.normal(0, 1, 3).tolist(), "radius": 0.4}
        for k in range(100)
    }  # fmt: skip
    played = play({"physics": SPACE, "boundary": {"periodic": [11] * 3}, "bodies": bodies}, 20)
    total = np.einsum("i,tik->tk", mass, played.frames[:, :, 3:])
    size = np.sum(mass * np.linalg.norm(played.frames[0, :, 3:], axis=1))

    assert len(played.times()) > 300
    assert np.abs(total - total[0]).max() / size < 1e-13
    assert played.world.energy_error() < 1e-13


def peer(times, nudge=0.0):
    """Play the Pythagorean problem by REBOUND's IAS15, its first place off by so many parts."""
    one = rebound.Simulation()
    one.integrator = "ias15"
    for mass, (x, y, z) in PYTHAGORAS.values():
        one.add(m=mass, x=x * (1 + nudge), y=y, z=z)
    found = []
    for time in times:
        one.integrate(time)
        found.append([[p.x, p.y, p.z] for p in one.particles])
    return np.array(found)


def test_close_passes_agree_with_ias15_as_long_as_doubles_can(play):
    """Masses 3, 4, 5 let go at rest pass each other as close as 4e-4 at t = 15.8, and scatter.

    A start one ulp off tells how far doubles can know the answer: 64 ulps are ours, or 1e-9.
    """
    times = np.arange(1, 61)
    physics = {"gravitation": 1, "softening": 0, "accuracy": "high"}
    bodies = {name: {"mass": m, "position": place} for name, (m, place) in PYTHAGORAS.items()}
    played = play({"world": "orbits", "physics": physics, "bodies": bodies}, 60 + 1 / 120)
    exact = peer(times)
    unsure = np.abs(peer(times, ULP) - exact).max(axis=(1, 2))
    off = np.abs(played.frames[120 * times, :, :3] - exact).max(axis=(1, 2))

    assert np.all(off < np.maximum(1e-9, 64 * np.maximum.accumulate(unsure)))
    assert off[:16].max() < 1e-9  # through the closest pass
    assert played.world.energy_error() < 1e-9


def test_sixteen_bodies_are_the_most_that_accuracy_high_extrapolates(play):
    """One more falls back to steps of fourth order, which a close pass shows."""

    def error(count):
        ring = np.arange(count) * 2 * math.pi / count
        bodies = {
            f"b{k:02}": {"position": [math.cos(a), math.sin(a), 0.3 * math.sin(5 * a)], "mass": 1}
            for k, a in enumerate(ring)
        }
        physics = {"gravitation": 1, "softening": 0.01, "accuracy": "high"}
        return play(
            {"world": "orbits", "physics": physics, "bodies": bodies}, 1
        ).world.energy_error()

    assert error(16) < 1e-11
    assert error(17) > 1e-9


def test_a_bath_of_balls_holds_its_temperature_in_three_dimensions(play):
    said = {
        "boundary": {"box": [12, 12, 12]},
        "physics": {**SPACE, "temperature": 300},
        "crowds": {"gas": {"sow": "box", "n": 200, "radius": 0.2, "mass": 1}},
    }  # fmt: skip
    played = play(said, 60)
    speed2 = np.sum(played.frames[600::10, :, 3:] ** 2, axis=2)

    # Equipartition, k = 0.01 J/K. 55 s of 200 bodies with a memory of 1 s leave 0.6 % of chance.
    assert speed2.mean() / 3 / 0.01 == pytest.approx(300, rel=0.02)


@pytest.mark.parametrize("wanted", [{}, {"integrator": "yoshida4"}, {"accuracy": "high"}])
@pytest.mark.parametrize(("mass", "share", "apsides"), [(1, 1, 0), (16, 1, 0), (1, 1.005, 10)])
def test_a_circle_has_no_apsides_whatever_its_steps_make_of_it(play, wanted, mass, share, apsides):
    """Verlet makes an ellipse of 2e-4 of it, which is not to be heard; one of 0.01 is, twice a turn."""
    bodies = {
        "s": {"fixed": True, "mass": mass * 4 * math.pi**2},
        "p": {"position": [1, 0, 0], "velocity": [0, share * 2 * math.pi * math.sqrt(mass), 0]},
    }
    said = {
        "world": "orbits",
        "physics": {"gravitation": 1, "softening": 0, **wanted},
        "bodies": bodies,
    }
    told = play(said, 5, (Watch("apsis", of=("p",), about="s"),)).times("apsis")

    assert len(told) == apsides


def test_what_lies_against_its_centre_has_no_apsides(play):
    """Drawn together they bounce ever less, and then lie still: from there on nothing is told."""
    bodies = {
        "s": {"mass": 10, "radius": 0.3},
        "p": {"mass": 1, "radius": 0.2, "position": [0.8, 0.01, 0]},
    }
    physics = {
        "gravity": [0, 0, 0],
        "gravitation": 5,
        "softening": 0,
        "elasticity": 0.5,
        "friction": 0.3,
    }
    said = {"physics": physics, "boundary": "open", "bodies": bodies}
    played = play(said, 4, (Watch("apsis", of=("p",), about="s"),))

    assert played.times("apsis")
    assert played.go_on(600).events == []
