"""From a document to the engine's arrays."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.core.document import Document
from app.core.document.bodies import crowds, roster
from app.core.document.body import BodySpec, OrbitSpec
from app.core.document.worlds import boundary, clock, natural_gravitation, physics
from app.core.numbers.angles import TAU, sin_cos
from app.core.physics.engine import layout as at
from app.core.physics.scenery import chains, clumps, scene, take_freedom
from app.core.physics.sow import key_of, sown
from app.errors import TooLarge

BODIES_MAX = 10_000
PRECISE_MAX = 16  # bodies `accuracy: high` extrapolates; more of them are stepped by yoshida4
MEDIA = {"none": (0.0, 0.0), "air": (1.225, 1.81e-5), "water": (998.0, 1.0e-3)}  # at 15-20 °C
FEATHER = 1e30  # 1/mass of a body without mass: everything moves it, it moves nothing

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Built:
    """A universe as arrays, as it is at tick 0."""

    specs: tuple[BodySpec, ...]  # ascending id
    body: Floats
    tag: Ints
    par: Floats
    ctl: Ints
    scene: Floats
    links: tuple[str, ...]  # the ids of its last rows
    natural: float  # the G of nature in the universe's units


def members(document: Document, seed: int) -> tuple[BodySpec, ...]:
    """Give every body of a universe as it starts, crowds sown, in ascending id."""
    planar = physics(document).dimensions == 2
    every = list(roster(document))
    for crowd in crowds(document):
        every.extend(sown(crowd, seed=seed, planar=planar))
    if len(every) > BODIES_MAX:
        raise TooLarge(f"{len(every)} bodies; a universe has at most {BODIES_MAX}")
    return tuple(sorted(every, key=lambda one: one.id))


def build(document: Document, seed: int) -> Built:
    """Make the arrays of a universe."""
    specs = members(document, seed)
    place = {one.id: i for i, one in enumerate(specs)}
    body = np.zeros((at.BODY_ROWS, len(specs)))
    tag = np.zeros((at.TAG_ROWS, len(specs)), np.int64)
    for i, one in enumerate(specs):
        _fill(body, tag, i, one, place)
    par, ctl = np.zeros(at.PARS), np.zeros(at.CTLS, np.int64)
    ctl[at.SEED] = seed
    ctl[at.PLANAR] = physics(document).dimensions == 2
    rows = scene(document, specs, ctl)
    clumps(rows, body, tag, ctl)
    chains(rows, tag, ctl)
    parameters(document, body, tag, par, ctl, specs)
    take_freedom(rows, body, par, ctl)
    links = tuple(sorted(document.data.get("links", {})))
    return Built(specs, body, tag, par, ctl, rows, links, natural_gravitation(document))


def parameters(
    document: Document, body: Floats, tag: Ints, par: Floats, ctl: Ints, specs: tuple[BodySpec, ...]
) -> None:
    """Write what the document says of physics and boundary."""
    spec = physics(document)
    par[at.PULL_X : at.PULL_Z + 1] = spec.gravity
    par[at.GRAVITATION] = spec.gravitation
    par[at.SOFTENING2] = spec.softening**2
    par[at.AIR] = spec.air_resistance
    par[at.DISSIPATION] = spec.energy_dissipation
    par[at.TEMPERATURE] = spec.temperature
    par[at.SEE_X : at.SEE_Z + 1] = spec.observer
    # Worlds that count in seconds are stepped as at 120 Hz however fast they are played.
    par[at.STEP] = 1.0 / 120.0 if clock(document).unit == "second" else np.inf
    ctl[at.PLANAR] = spec.dimensions == 2
    ctl[at.FINE] = spec.integrator == "yoshida4" or spec.accuracy == "high"
    ctl[at.PRECISE] = spec.accuracy == "high" and len(specs) <= PRECISE_MAX
    par[at.INERTIA] = inertia(spec.spin, spec.dimensions)
    par[at.PRESSURE] = spec.pressure
    par[at.FLUID], par[at.VISCOSITY] = medium(spec.medium)
    _walls(document, par, ctl)
    if ctl[at.PLANAR]:
        body[at.Z], body[at.VZ], par[at.PULL_Z] = 0.0, 0.0, 0.0
    surfaces(body, specs, spec.elasticity, spec.friction)
    couplings(body, tag, par, ctl)


def inertia(spins: bool, dimensions: int) -> float:
    """Give mass · radius² over the moment of inertia of a disc or a ball; 0 where nothing spins."""
    return (2.0 if dimensions == 2 else 2.5) if spins else 0.0


def surfaces(body: Floats, specs: tuple[BodySpec, ...], elasticity: float, friction: float) -> None:
    """Write how bodies bounce and rub: their own way, or the world's."""
    for i, one in enumerate(specs):
        body[at.BOUNCE, i] = elasticity if one.elasticity is None else one.elasticity
        body[at.RUB, i] = friction if one.friction is None else one.friction


def couplings(body: Floats, tag: Ints, par: Floats, ctl: Ints) -> None:
    """Work out whether anybody pulls or touches anybody."""
    ctl[at.MUTUAL] = bool(par[at.GRAVITATION] > 0 and np.any(body[at.MASS] > 0))
    touching = tag[at.TOUCH] > 0
    ctl[at.TOUCHING] = bool(np.any(touching))
    losses = par[[at.AIR, at.DISSIPATION, at.FLUID, at.VISCOSITY]]
    plain = np.all((tag[at.KIND] == at.FREE) | (tag[at.KIND] == at.FIXED)) and not np.any(losses)
    ctl[at.PLAIN] = bool(plain and not np.any(touching) and not ctl[at.LINKS] and not ctl[at.WRAP])
    ctl[at.ELASTIC] = bool(np.all(body[at.BOUNCE, touching] >= 1))


def medium(said: Any) -> tuple[float, float]:
    """Give density (kg/m³) and viscosity (Pa·s) of what bodies move in."""
    if isinstance(said, str):
        return MEDIA[said]
    return float(said.get("fluid_density", 0.0)), float(said.get("viscosity", 0.0))


def _walls(document: Document, par: Floats, ctl: Ints) -> None:
    edge = boundary(document)
    ctl[at.ABSORB] = edge.walls == "absorb"
    ctl[at.WRAP] = edge.kind == "periodic"
    if edge.kind == "periodic":
        par[at.WRAP_X : at.WRAP_Z + 1] = edge.size
    par[at.LOW_X : at.LOW_X + 3], par[at.HIGH_X : at.HIGH_X + 3] = -np.inf, np.inf
    if edge.kind == "box":
        # A box given flat has no walls toward or away from the viewer.
        for axis, length in enumerate(edge.size):
            if length > 0:
                par[at.LOW_X + axis], par[at.HIGH_X + axis] = -0.5 * length, 0.5 * length
    if edge.floor is not None:
        par[at.LOW_Y] = max(par[at.LOW_Y], edge.floor)


def _fill(body: Floats, tag: Ints, i: int, one: BodySpec, place: dict[str, int]) -> None:
    body[at.X : at.Z + 1, i] = one.position
    body[at.VX : at.VZ + 1, i] = one.velocity
    matter(body, tag, i, one)
    tag[at.KEY, i] = key_of(one.id)
    if one.orbit is not None:
        orbit(body, i, one.orbit)
        tag[at.ABOUT, i] = place[one.orbit.about]
    elif one.rod is not None:
        body[at.CX : at.CZ + 1, i] = one.rod.pivot
        body[at.LENGTH, i] = one.rod.length


def matter(body: Floats, tag: Ints, i: int, one: BodySpec) -> None:
    """Write what a body is, not where."""
    kind = at.FREE
    if one.fixed:
        kind = at.FIXED
    elif one.orbit is not None:
        kind = at.RAILS
    elif one.rod is not None:
        kind = at.ROD
    tag[at.KIND, i] = kind
    tag[at.TOUCH, i] = one.collide
    body[at.CHARGE, i] = one.charge
    body[at.MASS, i] = one.mass
    body[at.RADIUS, i] = one.radius
    mobile = kind in (at.FREE, at.ROD)
    body[at.INVERSE, i] = 0.0 if not mobile else 1.0 / one.mass if one.mass > 0 else FEATHER


def orbit(body: Floats, i: int, one: OrbitSpec) -> None:
    """Write Kepler elements: mean motion, and the two directions in the orbit's plane."""
    body[at.AXIS, i], body[at.ECCENTRICITY, i] = one.semi_major_axis, one.eccentricity
    body[at.MOTION, i], body[at.ANOMALY, i] = TAU / one.period, one.mean_anomaly
    (so, co), (sn, cn), (si, ci) = (
        sin_cos(angle) for angle in (one.argument, one.node, one.inclination)
    )
    body[at.PX : at.PZ + 1, i] = cn * co - sn * so * ci, sn * co + cn * so * ci, so * si
    body[at.QX : at.QZ + 1, i] = -cn * so - sn * co * ci, -sn * so + cn * co * ci, co * si
