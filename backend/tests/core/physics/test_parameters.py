"""Each parameter of the physics changes the motion as its meaning says, flat and in space."""

import math

import numpy as np
import pytest

from app.core.document import judge
from app.core.parameters import PARAMETERS
from app.core.physics import World
from app.core.story import Clock

BARE = {"gravity": [0, 0, 0], "air_resistance": 0, "friction": 0, "elasticity": 1}
TICK = 1 / 120
R, M = 0.1, 2.0
FLOORED = {"gravity": [0, -10, 0], "floor": 0, "air_resistance": 0}


class Lab:
    """Plays small worlds of one number of dimensions."""

    def __init__(self, play, dimensions):
        self.play, self.dimensions = play, dimensions

    def world(self, physics, bodies, seconds, **said):
        boundary = said.pop("boundary", "open")
        document = {"dimensions": self.dimensions, "physics": {**BARE, **physics}, "bodies": bodies}
        return self.play({**document, "boundary": boundary, **said}, seconds)

    def speed(self, physics, seconds=1.0, **body):
        """Give the velocity of a lone body after so long."""
        one = {"mass": M, "collide": False, **body}
        return self.world(physics, {"a": one}, seconds).world.frame()[0, 3:]

    def pull(self, physics, *, apart=2.0):
        """Give how a body of mass 3 so far along x pulls a test body, by its first tick."""
        bodies = {
            "a": {"mass": 0, "collide": False},
            "b": {"mass": 3, "position": [apart, 0, 0], "fixed": True, "collide": False},
        }
        return self.world(physics, bodies, TICK).world.frame()[0, 3] / TICK


@pytest.fixture(params=[2, 3])
def lab(play, request):
    return Lab(play, request.param)


def gravity(lab):
    g = [1.0, -2.0, 3.0 if lab.dimensions == 3 else 0.0]
    assert lab.speed({"gravity": [1, -2, 3]}) == pytest.approx(g, abs=1e-13)


def gravitation(lab):
    # The place moves a little within the tick it is measured in.
    assert lab.pull({"gravitation": 5, "softening": 0}) == pytest.approx(5 * 3 / 4, rel=1e-3)


def softening(lab):
    exact = 5 * 3 * 2 / (4 + 1.5**2) ** 1.5
    assert lab.pull({"gravitation": 5, "softening": 1.5}) == pytest.approx(exact, rel=1e-3)


def friction(lab):
    ball = {"position": [0, R, 0], "velocity": [3, 0, 0], "radius": R, "mass": M}
    physics = {**FLOORED, "friction": 0.25, "elasticity": 0}
    assert lab.world(physics, {"a": ball}, 0.5).world.frame()[0, 3] == pytest.approx(
        3 - 0.25 * 10 * 0.5, rel=1e-12
    )


def elasticity(lab):
    ball = {"position": [0, 1 + R, 0], "radius": R, "mass": M}
    played = lab.world({**FLOORED, "elasticity": 0.6}, {"a": ball}, 1.2)
    first, second = (one.approach_speed for one in played.events[:2])
    assert second / first == pytest.approx(0.6, rel=1e-12)


def air_resistance(lab):
    left = lab.speed({"air_resistance": 0.8}, velocity=[2, 0, 0])[0]
    assert left == pytest.approx(2 * math.exp(-0.8), rel=1e-12)


def medium(lab):
    density = 2 * 998.0
    mass = density * 4 / 3 * math.pi * R**3
    sinks = lab.speed({"gravity": [0, -10, 0], "medium": "water"}, TICK, mass=mass, radius=R)[1]
    # Half of its weight is carried; drag has not begun.
    assert sinks == pytest.approx(-5 * TICK, rel=1e-3)
    syrup = {"medium": {"fluid_density": 0, "viscosity": 1}}
    slowed = lab.speed(syrup, velocity=[2, 0, 0], radius=R)[0]
    assert slowed == pytest.approx(2 * math.exp(-6 * math.pi * R / M), rel=1e-9)
    thin = lab.speed({"medium": "air"}, velocity=[2, 0, 0], radius=R)[0]
    # Newton's drag, 0.44 ρ π r² v² / 2, of air at 15 degrees: v falls as 1 / (1 + c v t).
    drag = 0.22 * 1.225 * math.pi * R * R / M
    assert thin == pytest.approx(2 / (1 + 2 * drag), rel=1e-4)


def density(lab):
    world = lab.world({"density": 30}, {"a": {"radius": 0.5}}, 0).world
    assert world.measure("body.mass", "a") == pytest.approx(30 * 4 / 3 * math.pi / 8, rel=1e-14)


def particle_mass(lab):
    crowd = {"c": {"sow": "box", "n": 2, "extent": 3}}
    world = lab.world({"particle_mass": 7}, {}, 0, crowds=crowd).world
    assert [world.measure("body.mass", name) for name in world.roster] == [7, 7]


def particle_radius(lab):
    ball = {"position": [0, 2, 0], "mass": M}
    hit = lab.world({**FLOORED, "particle_radius": 0.75}, {"a": ball}, 1).events[0]
    assert hit.universe_time == pytest.approx(math.sqrt(2 * 1.25 / 10), rel=1e-12)


def time_scale(lab):
    played = lab.world({"time_scale": 3}, {"a": {"velocity": [1, 0, 0]}}, 1)
    assert played.world.frame()[0, 0] == pytest.approx(3, rel=1e-12)


def energy_dissipation(lab):
    bodies = {
        "a": {"velocity": [3, 0, 0], "mass": 1, "collide": False},
        "b": {"velocity": [1, 0, 0], "mass": 3, "collide": False},
    }
    a, b = lab.world({"energy_dissipation": 0.6}, bodies, 2).world.frame()[:, 3]
    assert a + 3 * b == pytest.approx(6, rel=1e-12)
    assert a - b == pytest.approx(2 * math.exp(-0.6), rel=1e-9)


def temperature(lab):
    crowd = {"c": {"sow": "box", "n": 400, "radius": 0, "mass": 1, "collide": False, "extent": 3}}
    world = lab.world({"temperature": 200}, {}, 6, crowds=crowd).world
    # 400 bodies, all but e^-6 of them kicked: 1/sqrt(400) of chance a degree of freedom, twice.
    assert world.measure("universe.temperature") == pytest.approx(200, rel=0.15)


def pressure(lab):
    ball = {"position": [1.4, 0, 0], "radius": R, "mass": M, "collide": False}
    edge = {"box": [4, 40, 40]}
    world = lab.world({"pressure": 150}, {"a": ball}, TICK, boundary=edge).world
    # Half a length from the wall on the right: the surface stands at 1.5 of 2.
    assert world.frame()[0, 3] == pytest.approx(-150 * math.pi * R * R * 0.5 / M * TICK, rel=1e-3)


def floor(lab):
    ball = {"position": [0, 1, 0], "radius": R, "mass": M}
    physics = {**FLOORED, "floor": -0.5, "elasticity": 0}
    assert lab.world(physics, {"a": ball}, 3).world.frame()[0, 1] == pytest.approx(-0.4, rel=1e-12)


def _orbit_error(lab, **physics):
    bodies = {
        "sun": {"fixed": True, "mass": 1},
        "p": {"position": [1.3, 0, 0], "velocity": [0, 0.7, 0], "mass": 1e-9},
    }
    said = {"gravitation": 1, "softening": 0, **physics}
    return lab.world(said, bodies, 20, world="orbits").world.energy_error()


def integrator(lab):
    assert _orbit_error(lab, integrator="yoshida4") < 1e-3 * _orbit_error(lab)


def accuracy(lab):
    assert _orbit_error(lab, accuracy="high") < 1e-12 < _orbit_error(lab, integrator="yoshida4")


def spin(lab):
    ball = {"position": [0, R, 0], "velocity": [2, 0, 0], "radius": R, "mass": M}
    physics = {**FLOORED, "friction": 0.5, "elasticity": 0, "spin": True}
    share = 2 / 3 if lab.dimensions == 2 else 5 / 7
    assert lab.world(physics, {"a": ball}, 2).world.frame()[0, 3] == pytest.approx(2 * share)


LAWS = {
    f"physics.{law.__name__}": law
    for law in (
        gravity, gravitation, softening, friction, elasticity, air_resistance, medium, density,
        particle_mass, particle_radius, time_scale, energy_dissipation, temperature, pressure,
        floor, integrator, accuracy, spin,
    )
}  # fmt: skip


@pytest.mark.parametrize("path", sorted(one for one in PARAMETERS if one.startswith("physics.")))
def test_a_parameter_does_what_its_meaning_says(lab, path):
    LAWS[path](lab)


@pytest.mark.parametrize("kind", ["radial", "directional", "vortex", "spring"])
def test_a_field_pulls_as_its_kind_says(lab, kind):
    field = {
        "kind": kind,
        "strength": 3,
        "toward": [1, 0, 0] if kind == "directional" else [0, 0, 1],
    }
    bodies = {"a": {"position": [2, 0, 0], "mass": M, "collide": False}}
    pull = lab.world({}, bodies, TICK, fields={"f": field}).world.frame()[0, 3:] / TICK
    exact = {
        "radial": [-3, 0, 0], "directional": [3, 0, 0], "vortex": [0, 3, 0], "spring": [-6, 0, 0],
    }  # fmt: skip

    # A tick's way turns a vortex by 5e-5 and softens a radial pull by 1e-3.
    assert pull == pytest.approx(exact[kind], rel=2e-3, abs=1e-3)


@pytest.mark.parametrize("kind", ["spring", "rod", "string"])
def test_a_link_holds_as_its_kind_says(lab, kind):
    bodies = {
        "n": {"fixed": True, "collide": False},
        "a": {"position": [1, 0, 0], "velocity": [1, 0, 0], "mass": M, "collide": False},
    }
    link = {"kind": kind, "between": ["n", "a"], "stiffness": 8, "length": 1}
    x = lab.world({}, bodies, 0.5, links={"l": link}).frames[:, 0, 0]
    t = np.arange(60) * TICK
    # A spring swings at the root of 8 / 2; neither rod nor string lets it go.
    exact = 1 + np.sin(2 * t) / 2 if kind == "spring" else np.ones(60)

    assert x == pytest.approx(exact, abs=1e-4)


@pytest.mark.parametrize(
    ("boundary", "place"),
    [("open", 4.5), ({"box": [6, 6, 6]}, 1.5 - 2 * R), ({"periodic": [6, 6, 6]}, -1.5),
     ({"box": [6, 6, 6], "walls": "absorb"}, 3 - R)],
    ids=["open", "reflect", "periodic", "absorb"],
)  # fmt: skip
def test_the_edge_of_the_world_does_as_it_says(lab, boundary, place):
    ball = {"velocity": [4.5, 0, 0], "radius": R, "mass": M}
    world = lab.world({}, {"a": ball}, 1, boundary=boundary).world

    assert world.frame()[0, 0] == pytest.approx(place, abs=1e-12)


VALUES = {
    "physics.gravity": [1, -3, 0], "physics.gravitation": 2.0, "physics.softening": 0.5,
    "physics.friction": 0.9, "physics.elasticity": 0.2, "physics.air_resistance": 0.7,
    "physics.medium": "water", "physics.density": 100.0, "physics.particle_mass": 3.0,
    "physics.particle_radius": 0.3, "physics.time_scale": 2.0,
    "physics.energy_dissipation": 0.5, "physics.temperature": 90.0, "physics.pressure": 50.0,
    "physics.floor": -2.5, "physics.integrator": "yoshida4", "physics.accuracy": "high",
    "physics.spin": True,
}  # fmt: skip
CROWDED = {
    "title": "t", "boundary": {"box": [6, 6, 6]}, "physics": {"friction": 0.2, "gravitation": 0.1},
    "crowds": {"c": {"sow": "box", "n": 10, "extent": 1.5, "speed": 2}},
    "bodies": {"a": {"position": [2.2, 0, 0]}, "b": {"position": [-2.2, 0, 0], "mass": 5}},
}  # fmt: skip


def frames(document, change=None):
    """Play two seconds, changed at the start; with the world it ended as."""
    world, clock = World.of(document, (), seed=2), Clock.of(document)
    if change is not None:
        clock = change(world, clock)
    return world.advance(240, clock)[0]


@pytest.mark.parametrize("path", sorted(VALUES))
def test_a_parameter_changed_at_a_tick_is_the_parameter_from_then_on(path):
    """Moved by the story, or edited: at tick 0 either is the universe that said so itself."""
    plain, name = judge(CROWDED), path.removeprefix("physics.")
    said = plain.patched({"physics": {name: VALUES[path]}})

    def edited(world, _):
        clock = Clock.of(said)
        world.edit(said, (), clock)
        return clock

    def moved(world, clock):
        world.set(path, VALUES[path])
        return clock.changed(0, {path: VALUES[path]})

    wanted = frames(said)

    assert (wanted != frames(plain)).any()
    if name not in ("particle_mass", "particle_radius", "density"):
        # Crowds are sown by their radius; an edit does not sow those anew that are there.
        assert frames(plain, edited).tobytes() == wanted.tobytes()
    if PARAMETERS[path].live:
        assert frames(plain, moved).tobytes() == wanted.tobytes()


def test_every_parameter_of_the_physics_is_in_these_tables():
    assert LAWS.keys() == VALUES.keys() == {p for p in PARAMETERS if p.startswith("physics.")}


def test_natural_gravitation_comes_back_by_the_story():
    said = {"title": "t", "units": {"length": "au", "mass": "sun"}, "clock": {"unit": "day"},
            "world": "orbits", "bodies": {"s": {"mass": 1}, "p": {"position": [1, 0, 0]}}}  # fmt: skip
    natural = judge({**said, "physics": {"gravitation": "natural"}})

    def moved(world, clock):
        world.set("physics.gravitation", "natural")
        return clock

    assert frames(judge(said), moved).tobytes() == frames(natural).tobytes()
