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


def test_distances_are_those_to_the_nearest_image(play):
    bodies = {
        "a": {"position": [-1.75, 0, 0], "velocity": [1, 0, 0], "collide": False},
        "b": {"position": [1.75, 1, 0], "collide": False},
    }
    said = {"physics": {"gravity": [0, 0, 0]}, "boundary": {"periodic": [4, 4, 4]}}
    world = play({**said, "bodies": bodies}, 0).world
    far = math.hypot(0.5, 1)

    assert world.measure("pair.distance", "a", "b") == pytest.approx(far, rel=1e-14)
    assert world.measure("pair.closing", "a", "b") == pytest.approx(-0.5 / far, rel=1e-14)
    assert world.measure("body.distance", "a", about="b") == pytest.approx(far, rel=1e-14)
    assert world.measure("body.angle", "b", about="a") == pytest.approx(math.atan2(1, -0.5))
    assert world.measure("universe.closest") == pytest.approx(far, rel=1e-14)


def test_acceleration_is_what_changes_the_velocity(play):
    """Gravity and drag of the free, nothing of what lies still, and the pulls along rod and rails."""
    g, v = 9.81, 3.0
    bodies = {
        "bob": {"rod": {"length": 2, "angle": 30}, "collide": False},
        "drags": {"position": [4, 9, 0], "velocity": [v, 0, 0], "collide": False},
        "lies": {"position": [-4, 0.1, 0], "radius": 0.1, "elasticity": 0},
        "moon": {"orbit": {"about": "planet", "period": 1}, "collide": False, "mass": 0},
        "planet": {"orbit": {"about": "sun", "period": 4}, "collide": False},
        "sun": {"fixed": True, "collide": False},
    }
    physics = {"air_resistance": 0.5, "floor": 0, "friction": 0}
    bodies["moon"]["orbit"]["semi_major_axis"] = 0.25
    del bodies["moon"]["orbit"]["period"]
    bodies["planet"] |= {"mass": 4.0}
    said = {"physics": {**physics, "gravitation": 0.5}, "boundary": "open", "bodies": bodies}
    world = play(said, 0).world
    pull = {name: world.measure("body.acceleration", name) for name in world.roster}
    lone = play({**said, "physics": physics, "bodies": {"lies": bodies["lies"]}}, 0.5).world

    assert pull["sun"] == 0.0
    assert lone.measure("body.acceleration", "lies") == 0.0
    assert pull["moon"] > pull["planet"] > 0.0
    alone = {**said, "physics": {**physics, "gravitation": 0}}
    free = play({**alone, "bodies": {k: bodies[k] for k in ("bob", "drags")}}, 0).world
    assert free.measure("body.acceleration", "bob") == pytest.approx(g / 2, rel=1e-12)
    assert free.measure("body.acceleration", "drags") == pytest.approx(math.hypot(g, 0.5 * v))
    # A ball that has swung to the bottom is pulled up by its rod: v² / l.
    swung = play({**alone, "physics": {"air_resistance": 0}, "bodies": {"bob": bodies["bob"]}}, 2)
    spot = min(range(240), key=lambda k: abs(swung.frames[k, 0, 0]))
    again = play(
        {**alone, "physics": {"air_resistance": 0}, "bodies": {"bob": bodies["bob"]}}, spot / 120
    )
    speed2 = again.world.measure("body.speed", "bob") ** 2
    assert again.world.measure("body.acceleration", "bob") == pytest.approx(speed2 / 2, rel=0.05)


def test_spin_counts_in_the_energy_of_motion(play):
    """Pushed along a floor that grips, a ball loses two sevenths of its energy and keeps the rest."""
    ball = {"position": [0, 0.1, 0], "velocity": [2, 0, 0], "radius": 0.1, "mass": 3}
    physics = {"friction": 0.5, "elasticity": 0, "floor": 0, "air_resistance": 0, "spin": True}
    world = play({"physics": physics, "boundary": "open", "bodies": {"a": ball}}, 2).world

    for name in ("body.kinetic", "universe.kinetic"):
        assert world.measure(name, "a") == pytest.approx(6 * 5 / 7, rel=1e-12)
