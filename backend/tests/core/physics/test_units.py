"""Every measure has the unit the grammar gives it: told by measuring one world in other units.

The world is written twice, in lengths of 1 and ¼, and times and masses smaller still. Powers of two
change no digit, so each measure must change by exactly what its unit says.
"""

import pytest

from app.core.document.quantities import MEASURES, radians_of
from app.core.physics import Watch

# No two units have the same factor.
LENGTH, TIME, MASS = 2.0**2, 2.0**7, 2.0**19
FACTORS = {
    "": 1.0, "degree": 1.0, "length": LENGTH, "mass": MASS, "time": TIME,
    "degree/time": 1 / TIME, "length/time": LENGTH / TIME, "length/time²": LENGTH / TIME**2,
    "mass·length/time": MASS * LENGTH / TIME, "mass·length²/time": MASS * LENGTH**2 / TIME,
    "energy": MASS * LENGTH**2 / TIME**2, "K": MASS * LENGTH**2 / TIME**2,
    "Pa": MASS / (LENGTH * TIME**2),
}  # fmt: skip


def written(length, time, mass):
    """Write a world with a bit of everything in other units; the clock shows as much more time."""

    def at(*place):
        return [one * length for one in place]

    def fast(*velocity):
        return [one * length / time for one in velocity]

    return {
        "clock": {"unit": "day", "rate": time}, "boundary": {"box": at(8, 8, 8)},
        "physics": {"gravity": [0, -0.5 * length / time**2, 0], "elasticity": 1, "friction": 0,
                    "gravitation": 0.25 * length**3 / mass / time**2, "softening": 0.5 * length},
        "bodies": {
            "ball": {"position": at(-2, 1, 0.5), "velocity": fast(0.5, 1, 0.25), "mass": mass,
                     "radius": 0.25 * length},
            "bob": {"rod": {"length": 1.5 * length, "angle": 40, "pivot": at(3, 3, 0)}, "mass": mass,
                    "radius": 0.25 * length, "collide": False},
            "moon": {"orbit": {"about": "star", "eccentricity": 0.25,
                               "semi_major_axis": 2 * length}, "mass": 0,
                     "radius": 0.25 * length, "collide": False},
            "planet": {"position": at(1, 0, 0), "velocity": fast(0, 0.75, 0), "mass": 0.5 * mass,
                       "radius": 0.125 * length, "collide": False},
            "quick": {"position": at(2, -2, 1), "velocity": fast(4, 3, 2), "mass": mass,
                      "radius": 0.25 * length},
            "star": {"fixed": True, "mass": 4 * mass, "radius": 0.5 * length, "collide": False},
        },
    }  # fmt: skip


@pytest.fixture(scope="module")
def pair(play):
    """One world in both units, a little way on."""
    watches = (Watch("apsis", about="star"),)
    return [play(written(*by), 2.5, watches) for by in ((1, 1, 1), (LENGTH, TIME, MASS))]


@pytest.mark.parametrize("name", [one for one in MEASURES["body"] if one not in ("index", "rank")])
@pytest.mark.parametrize("body", ["ball", "bob", "moon", "planet", "star"])
def test_a_measure_of_a_body_is_in_its_unit(pair, body, name):
    about = "star" if body in ("planet", "ball") else ""
    small, large = (one.world.measure(f"body.{name}", body, about=about) for one in pair)

    assert large == pytest.approx(small * FACTORS[MEASURES["body"][name]], rel=1e-12)


@pytest.mark.parametrize("name", [one for one in MEASURES["pair"] if one != "rank"])
def test_a_measure_of_a_pair_is_in_its_unit(pair, name):
    small, large = (one.world.measure(f"pair.{name}", "planet", "moon", "star") for one in pair)

    assert small != 0
    assert large == pytest.approx(small * FACTORS[MEASURES["pair"][name]], rel=1e-12)


@pytest.mark.parametrize("name", MEASURES["universe"])
def test_a_measure_of_the_whole_is_in_its_unit(pair, name):
    small, large = (one.world.measure(f"universe.{name}") for one in pair)

    assert small != 0
    assert large == pytest.approx(small * FACTORS[MEASURES["universe"][name]], rel=1e-12)


@pytest.mark.parametrize("name", ["impulse", "approach_speed", "energy"])
def test_what_an_event_tells_is_in_its_unit(pair, name):
    found = [[one for one in world.events if one.kind == "collision"] for world in pair]

    assert len(found[0]) == len(found[1]) > 0
    for small, large in zip(*found, strict=True):
        assert getattr(large, name) == pytest.approx(
            getattr(small, name) * FACTORS[MEASURES["event"][name]], rel=1e-12
        )
        assert large.place == pytest.approx([one * LENGTH for one in small.place], abs=1e-12)


def test_angles_are_written_in_degrees_and_counted_in_radians(pair):
    """The world counts in radians; whoever writes or reads a rule counts in degrees."""
    world = pair[0].world
    turned = {name for name, unit in MEASURES["body"].items() if unit.startswith("degree")}

    assert turned == {"angle", "angular_speed", "phase"}
    assert radians_of("body.angle", 180) == pytest.approx(3.141592653589793)
    assert -3.2 < world.measure("body.angle", "bob") < 3.2
    mass, far, turning, speed = (
        world.measure(f"body.{name}", "planet", about="star")
        for name in ("mass", "distance", "angular_momentum", "angular_speed")
    )
    assert speed == pytest.approx(turning / (mass * far * far))  # radians a unit of the clock
