import math

import numpy as np
import pytest

STILL = {"gravity": [0, 0, 0], "air_resistance": 0, "friction": 0}


def lone(play, seconds, body, **said):
    physics = {**STILL, **said.pop("physics", {})}
    bodies = {"a": {"collide": False, **body}}
    return play({"physics": physics, "boundary": "open", "bodies": bodies, **said}, seconds)


def pull_at(play, field, position, **body):
    """Give the acceleration a field gives a body at a place."""
    played = lone(play, 0, {"position": position, **body}, fields={"f": field})
    played.world.advance(1, played.clock)
    return played.world.frame()[0, 3:] * 120


@pytest.mark.parametrize(
    ("falloff", "at_two"), [("none", 3), ("linear", 1.5), ("inverse", 1.5), ("inverse square", 0.75)]
)  # fmt: skip
def test_a_radial_field_pulls_toward_its_place_as_its_falloff_says(play, falloff, at_two):
    field = {"kind": "radial", "strength": 3, "radius": 4, "falloff": falloff,
             "position": [1, 0, 0]}  # fmt: skip

    assert pull_at(play, field, [3, 0, 0]) == pytest.approx([-at_two, 0, 0], rel=1e-3, abs=1e-9)
    assert pull_at(play, field, [6, 0, 0]) == pytest.approx([0, 0, 0], abs=1e-12)


def test_a_directional_field_pushes_along_its_direction(play):
    field = {"kind": "directional", "strength": 2, "toward": [0, 3, 4]}

    assert pull_at(play, field, [5, 5, 5]) == pytest.approx([0, 1.2, 1.6], rel=1e-12)


def test_a_vortex_pushes_a_quarter_turn_ahead(play):
    field = {"kind": "vortex", "strength": 2}

    assert pull_at(play, field, [3, 0, 0]) == pytest.approx([0, 2, 0], rel=1e-3, abs=0.02)


def test_charge_takes_a_field_by_charge_over_mass(play):
    field = {"kind": "directional", "strength": 2, "toward": [1, 0, 0], "tag": "charge"}

    assert pull_at(play, field, [0, 0, 0], mass=4, charge=-2)[0] == pytest.approx(-1)
    assert pull_at(play, field, [0, 0, 0], mass=4)[0] == 0.0


def test_a_tether_swings_in_two_pi_over_the_root_of_its_strength(play):
    field = {"kind": "spring", "strength": 9}
    played = lone(play, 10, {"position": [1, 0, 0]}, fields={"f": field})
    t = np.arange(1200) / 120

    assert played.frames[:, 0, 0] == pytest.approx(np.cos(3 * t), abs=1e-3)  # phase of verlet
    assert played.world.energy_error() < 2e-4  # (3 · h)² / 4 of verlet


@pytest.mark.parametrize("falloff", ["none", "inverse", "inverse square", "linear"])
def test_radial_fields_keep_the_energy_they_store(play, falloff):
    field = {"kind": "radial", "strength": 5, "radius": 50, "falloff": falloff}
    body = {"position": [2, 0, 0], "velocity": [0, 1, 0]}
    played = lone(play, 10, body, fields={"f": field}, physics={"softening": 0.1})

    assert played.world.energy_error() < 1e-3


def test_a_spring_between_two_bodies_swings_at_its_reduced_mass(play):
    bodies = {
        "a": {"position": [-1, 0, 0], "mass": 1, "collide": False},
        "b": {"position": [1.5, 0, 0], "mass": 3, "collide": False},
    }
    links = {"s": {"kind": "spring", "between": ["a", "b"], "stiffness": 12, "length": 2}}
    said = {"physics": STILL, "boundary": "open", "bodies": bodies, "links": links}
    played = play(said, 5)
    stretch = played.frames[:, 1, 0] - played.frames[:, 0, 0] - 2
    t = np.arange(600) / 120

    assert stretch == pytest.approx(0.5 * np.cos(4 * t), abs=2e-3)
    assert played.world.energy_error() < 1e-3


def test_a_ball_in_water_reaches_the_speed_where_drag_is_its_weight(play):
    r, density = 0.05, 2000.0
    physics = {"gravity": [0, -9.81, 0], "medium": "water", "density": density}
    played = lone(play, 6, {"radius": r}, physics=physics)
    weight = (density - 998) * 4 / 3 * math.pi * r**3 * 9.81
    stokes, newton = 6 * math.pi * 1e-3 * r, 0.5 * 0.44 * 998 * math.pi * r * r
    speed = (-stokes + math.sqrt(stokes**2 + 4 * newton * weight)) / (2 * newton)

    assert -played.world.frame()[0, 4] == pytest.approx(speed, rel=1e-6)


def test_a_light_ball_rises_in_water(play):
    physics = {"gravity": [0, -9.81, 0], "medium": "water", "density": 500}

    assert lone(play, 1, {"radius": 0.1}, physics=physics).world.frame()[0, 1] > 0.5


def test_a_soft_wall_gives_back_what_it_took(play):
    physics = {"pressure": 50, "elasticity": 1}
    body = {"position": [0, 0, 0], "velocity": [1, 0, 0], "radius": 0.5, "mass": 2}
    played = lone(play, 12, body, physics=physics, boundary={"box": [8, 8, 8]})
    speed = np.abs(played.frames[:, 0, 3])

    assert speed.min() < 0.05
    assert speed.max() == pytest.approx(1, abs=1e-4)
    assert played.world.energy_error() < 1e-4
    assert played.world.measure("universe.pressure") >= 0


def test_the_pressure_of_a_gas_is_that_of_the_ideal_one(play):
    said = {
        "dimensions": 2, "boundary": {"box": [20, 20]},
        "physics": {**STILL, "elasticity": 1},
        "crowds": {"gas": {"sow": "box", "n": 100, "radius": 0.01, "mass": 1, "speed": 2}},
    }  # fmt: skip
    played = play(said, 5)
    felt = []
    for _ in range(40):
        played.world.advance(60, played.clock)
        felt.append(played.world.measure("universe.pressure"))

    # p A = N m <v²> / 2: 100 · 4 / 2 / 400; four standard errors of some 2,500 impacts.
    assert np.mean(felt) == pytest.approx(0.5, rel=0.08)


@pytest.mark.parametrize("kind", ["radial", "vortex", "spring"])
def test_a_field_reaches_over_the_seam_of_a_periodic_world(play, kind):
    """A body just beyond the edge is as near to a field just before it as it would be in the middle."""

    def swayed(shift):
        field = {"kind": kind, "strength": 3, "position": [shift, 0, 0], "radius": 2.5}
        body = {"position": [shift + 0.3, 0.2, 0], "mass": 1, "collide": False}
        said = {"physics": {"gravity": [0, 0, 0]}, "boundary": {"periodic": [6, 6, 6]},
                "bodies": {"a": body}, "fields": {"f": field}}  # fmt: skip
        return play(said, 1).frames[:, 0, :3] - [shift, 0, 0]

    apart = swayed(2.9) - swayed(0)
    apart -= 6 * np.floor(apart / 6 + 0.5)

    assert np.abs(apart).max() < 1e-10


@pytest.mark.parametrize("way", [{}, {"integrator": "yoshida4"}, {"accuracy": "high"}])
def test_what_is_lighter_than_any_step_can_follow_rises_at_its_last_speed_at_once(play, way):
    """A balloon in water: its lift is a million lengths / time², drag takes that within microseconds."""
    physics = {"gravity": [0, -10, 0], "medium": "water", "air_resistance": 0, **way}
    balloon = {"radius": 0.5, "mass": 0.001, "collide": False}
    played = play({"physics": physics, "boundary": "open", "bodies": {"a": balloon}}, 1)
    lift = 998 * 4 / 3 * math.pi * 0.125 * 10
    last = math.sqrt(lift / (0.22 * 998 * math.pi * 0.25))

    assert played.frames[2:, 0, 4] == pytest.approx(
        last, rel=1e-3
    )  # Stokes' drag is a ten-thousandth
    assert played.frames[-1, 0, 1] == pytest.approx(last, rel=0.02)
