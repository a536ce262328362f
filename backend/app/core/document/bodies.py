"""The bodies of a universe as they start: what physics is given."""

import math
from collections.abc import Mapping
from typing import Any

from app.core.document.authored import Authored, authored
from app.core.document.body import BodySpec, CrowdSpec, OrbitSpec, RodSpec, Vector
from app.core.document.document import Document
from app.core.document.groups import member_ids
from app.core.document.orbits import orbits
from app.core.document.periods import drop_height, rod_length, universe_time
from app.core.document.worlds import boundary, contacts, mass_of, physics, radius_of, vector
from app.core.numbers.angles import cos, sin

__all__ = ["BodySpec", "CrowdSpec", "OrbitSpec", "RodSpec", "crowds", "roster"]

HANGING = frozenset(("orbit", "bounce"))  # where such bodies are, others may have a say in
BOUNCE_GAP = 0.5  # length between bodies of which only the bounce is known
_STILL: Vector = (0.0, 0.0, 0.0)


def roster(document: Document) -> tuple[BodySpec, ...]:
    """Give every body, and every member of a series, as it starts; ascending id.

    Members of crowds are not among them: their places are drawn from the seed (see `crowds`).
    """
    return document.once("roster", lambda: _renewed(document) or _whole(document))


def _whole(document: Document) -> tuple[BodySpec, ...]:
    bodies = authored(document.data)
    places, rails = _bounce_places(bodies), orbits(document, bodies)
    return tuple(_body(document, one, places, rails.get(one.id)) for one in bodies.values())


def _renewed(document: Document) -> tuple[BodySpec, ...] | None:
    """Give the roster anew where a patch touched but bodies on which no other one hangs."""
    before, touched = document.known.pop("before", ((), {}))
    ids, bodies = touched.get("bodies"), document.data.get("bodies", {})
    if ids is None or len(touched) > 1 or any(one.orbit or one.aside for one in before):
        return None
    places = {one.id: place for place, one in enumerate(before)}
    if not ids <= places.keys() & bodies.keys() or any(HANGING & bodies[one].keys() for one in ids):
        return None
    found = list(before)
    for one in ids:
        written = Authored(one, before[places[one]].index, "", bodies[one])
        found[places[one]] = _body(document, written, {}, None)
    return tuple(found)


def crowds(document: Document) -> tuple[CrowdSpec, ...]:
    """Give the crowds to be sown, ascending id."""
    said = document.data.get("crowds", {})
    return tuple(_crowd(document, name, said[name]) for name in sorted(said))


def _body(
    document: Document, one: Authored, places: Mapping[str, float], orbit: OrbitSpec | None
) -> BodySpec:
    rod = _rod(document, one.said)
    return BodySpec(
        id=one.id,
        index=one.index,
        group=one.group,
        position=_hanging(rod) if rod else _place(document, one, places),
        velocity=_STILL if rod or orbit else vector(one.said.get("velocity", _STILL)),
        orbit=orbit,
        rod=rod,
        fixed=one.said.get("fixed", False),
        aside=one.id in places,
        **_matter(document, one.said),
    )


def _matter(document: Document, said: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a body is made of and looks like, wherever it may be."""
    return {
        "mass": mass_of(document, said),
        "radius": radius_of(document, said),
        "collide": said.get("collide", contacts(document)),
        "elasticity": said.get("elasticity"),
        "friction": said.get("friction"),
        "charge": float(said.get("charge", 0.0)),
        "voice": said.get("voice", ""),
        "colour": said.get("colour", ""),
        "size": float(said.get("size", 1.0)),
    }


def _place(document: Document, one: Authored, places: Mapping[str, float]) -> Vector:
    x, y, z = _written_place(one.said)
    if "bounce" not in one.said:
        return (x, y, z)
    period = universe_time(document, one.said["bounce"])
    height = drop_height(period, -physics(document).gravity[1])
    floor = float(document.value("physics.floor"))
    return (places.get(one.id, x), floor + radius_of(document, one.said) + height, z)


def _written_place(said: Mapping[str, Any]) -> Vector:
    x, y, z = vector(said.get("position", _STILL))
    return (float(said.get("x", x)), float(said.get("y", y)), float(said.get("z", z)))


def _bounce_places(bodies: Mapping[str, Authored]) -> dict[str, float]:
    """Stand bodies of which only the bounce is known side by side about x = 0."""
    alone = [
        name
        for name, one in bodies.items()
        if "bounce" in one.said and not one.said.keys() & {"position", "x"}
    ]
    first = -BOUNCE_GAP * (len(alone) - 1) / 2.0
    return {name: first + BOUNCE_GAP * rank for rank, name in enumerate(alone)}


def _rod(document: Document, said: Mapping[str, Any]) -> RodSpec | None:
    rod = said.get("rod")
    if rod is None:
        return None
    angle = math.radians(said.get("angle", rod.get("angle", 0.0)))
    pivot = vector(rod["pivot"]) if "pivot" in rod else _written_place(said)
    if "length" in rod:
        return RodSpec(pivot, float(rod["length"]), angle)
    period = universe_time(document, rod["swing"])
    return RodSpec(pivot, rod_length(period, -physics(document).gravity[1], angle), angle)


def _hanging(rod: RodSpec) -> Vector:
    x, y, z = rod.pivot
    return (x + rod.length * float(sin(rod.angle)), y - rod.length * float(cos(rod.angle)), z)


def _crowd(document: Document, name: str, said: Mapping[str, Any]) -> CrowdSpec:
    shared = _matter(document, {**_particle(document), **said})
    ids = member_ids(name, said["n"])
    place, velocity = vector(said.get("position", _STILL)), vector(said.get("velocity", _STILL))
    speed = float(said.get("speed", 0.0))
    sown, sped = (said["sow"], said.get("extent"), place), (velocity, speed)
    return CrowdSpec(
        id=name,
        sow=said["sow"],
        extent=_extent(document, said),
        position=place,
        velocity=velocity,
        speed=speed,
        members=tuple(
            BodySpec(id=one, index=number, group=name, sown=sown, sped=sped, **shared)
            for number, one in enumerate(ids)
        ),
    )


def _extent(document: Document, said: Mapping[str, Any]) -> Vector:
    """Give how far a crowd reaches: as said, or all of a box and most of it for other shapes."""
    if "extent" in said:
        return (float(said["extent"]),) * 3
    edge = boundary(document)
    if edge.kind == "open":
        return (1.0, 1.0, 1.0)
    x, y, z = (max(side / 2.0 - radius_of(document, said), 0.0) for side in edge.size)
    return (x, y, z) if said["sow"] == "box" else (0.8 * min(x, y),) * 3


def _particle(document: Document) -> dict[str, float]:
    mass = document.value("physics.particle_mass")
    return {} if mass is None else {"mass": float(mass)}
