"""What surrounds the bodies, resolved: clock, units, physics and boundary of a universe."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.document.document import Document
from app.core.document.quantities import GRAVITATION, METRES, SECONDS

Vector = tuple[float, float, float]

BOX_M = 20.0


@dataclass(frozen=True, slots=True)
class ClockSpec:
    """How universe time runs; `rate` has the clock's time_scale in it already."""

    unit: str  # second | minute | hour | day | year: what universe time is counted in
    epoch: float  # date at tick 0, clock units
    rate: float  # clock units per heard second, or per beat
    per: str  # second | beat


@dataclass(frozen=True, slots=True)
class BoundarySpec:
    """The edge of the world, centred on the origin; the floor is apart from it."""

    kind: str  # open | box | periodic
    size: Vector  # full edge lengths of the box, length; zeros where open
    walls: str  # reflect | absorb
    floor: float | None  # height of the floor, length


@dataclass(frozen=True, slots=True)
class PhysicsSpec:
    """The physics of a universe in numbers; lengths and masses in its units, time in its clock's."""

    dimensions: int  # 2: everything stays at z = 0
    contacts: bool  # False in an `orbits` world: bodies collide only where they say so
    observer: Vector  # unit vector toward whoever sees the transits
    gravity: Vector  # length / time²
    gravitation: float  # G, length³ / mass / time²
    softening: float  # length
    friction: float
    elasticity: float
    air_resistance: float  # 1 / time
    medium: str | Mapping[str, float]  # none | air | water | {fluid_density, viscosity}
    density: float  # mass / length³
    energy_dissipation: float  # 1 / time
    temperature: float  # K; 0: off
    pressure: float  # Pa; 0: off
    integrator: str  # verlet | yoshida4
    accuracy: str  # normal | high
    spin: bool


def clock(document: Document) -> ClockSpec:
    """Give the clock of a universe."""
    said = document.data.get("clock", {})
    return ClockSpec(
        unit=said.get("unit", "second"),
        epoch=float(said.get("epoch", 0.0)),
        rate=float(said.get("rate", 1.0)) * document.value("physics.time_scale"),
        per=said.get("per", "second"),
    )


def physics(document: Document) -> PhysicsSpec:
    """Give the physics of a universe, presets and natural gravitation worked out."""
    value = document.value
    return PhysicsSpec(
        dimensions=document.data.get("dimensions", 3),
        contacts=contacts(document),
        observer=_unit(document.data.get("observer", (0.0, 0.0, 1.0))),
        gravity=vector(value("physics.gravity")),
        gravitation=gravitation(document),
        medium=value("physics.medium"),
        integrator=value("physics.integrator"),
        accuracy=value("physics.accuracy"),
        spin=value("physics.spin"),
        softening=float(value("physics.softening")),
        friction=float(value("physics.friction")),
        elasticity=float(value("physics.elasticity")),
        air_resistance=float(value("physics.air_resistance")),
        density=float(value("physics.density")),
        energy_dissipation=float(value("physics.energy_dissipation")),
        temperature=float(value("physics.temperature")),
        pressure=float(value("physics.pressure")),
    )


def contacts(document: Document) -> bool:
    """Tell whether bodies collide where they say nothing: everywhere but in an `orbits` world."""
    return document.data.get("world") != "orbits"


def gravitation(document: Document) -> float:
    """Give G in the document's units and its clock's unit of time, length³ / mass / time²."""
    said = document.value("physics.gravitation")
    return natural_gravitation(document) if said == "natural" else float(said)


def natural_gravitation(document: Document) -> float:
    """Give the G of nature in the document's units and its clock's unit of time."""
    units = document.data.get("units", {})
    length, mass = METRES[units.get("length", "m")], GRAVITATION[units.get("mass", "kg")]
    time = SECONDS[document.data.get("clock", {}).get("unit", "second")]
    return mass * time * time / (length * length * length)


def boundary(document: Document) -> BoundarySpec:
    """Give the edge of the world: a box of 20 lengths unless the document or an `orbits` world opens it."""
    said: Any = document.data.get("boundary")
    if said is None:
        said = {"box": [BOX_M] * 3} if contacts(document) else "open"
    floor = document.value("physics.floor")
    height = None if floor is None else float(floor)
    if said == "open":
        return BoundarySpec("open", (0.0, 0.0, 0.0), "reflect", height)
    kind = "box" if "box" in said else "periodic"
    return BoundarySpec(kind, vector(said[kind]), said.get("walls", "reflect"), height)


def radius_of(document: Document, said: Mapping[str, Any]) -> float:
    """Give the radius of a body as written: its own, or the world's."""
    return float(said.get("radius", document.value("physics.particle_radius")))


def mass_of(document: Document, said: Mapping[str, Any]) -> float:
    """Give the mass of a body as written: its own, or density · 4/3 π radius³."""
    if "mass" in said:
        return float(said["mass"])
    radius = radius_of(document, said)
    return (
        float(document.value("physics.density")) * (4.0 / 3.0 * math.pi) * radius * radius * radius
    )


def vector(said: Any) -> Vector:
    """Read a vector; one of two components lies at z = 0."""
    x, y, z = (*said, 0.0) if len(said) == 2 else said
    return (float(x), float(y), float(z))


def _unit(said: Any) -> Vector:
    x, y, z = vector(said)
    size = (x * x + y * y + z * z) ** 0.5
    return (x / size, y / size, z / size)
