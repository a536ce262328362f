"""What must hold among bodies: who goes about whom, what hangs from what."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from app.core.document.authored import VECTORS, Authored, authored, centre_of, member_of
from app.core.document.faults import faults
from app.core.document.grammar.matter import BODIES_MAX, BODY
from app.core.document.groups import all_ids, counts
from app.core.document.lookup import value_in
from app.core.document.wording import inside
from app.core.parameters.music import VOICES
from app.errors import Problem

Data = Mapping[str, Any]
# A moon of a moon of a planet of a star is four.
ORBITS_DEEP = 8
LIGHTEST = 1e-30  # mass; below it 1/mass is no number to reckon with


def names(data: Data) -> set[str]:
    """Give every id a rule or camera may name: bodies, series, crowds and their members."""
    return {*all_ids(data), *data.get("series", {}), *data.get("crowds", {})}


def counted(data: Data) -> Iterator[Problem]:
    """Judge that bodies are not too many and that no two have one id."""
    total = len(data.get("bodies", {})) + sum(counts(data).values())
    if total > BODIES_MAX:
        yield Problem("$", f"{total} bodies are too many; at most {BODIES_MAX} may be here")
        return
    seen: set[str] = set()
    for name in (*all_ids(data), *data.get("series", {}), *data.get("crowds", {})):
        if name in seen:
            yield Problem("$", f"{name} names two things; ids are used once")
        seen.add(name)


def series(data: Data) -> Iterator[Problem]:
    """Judge that lists in a series have one value a member, and each member is a body."""
    for name, said in data.get("series", {}).items():
        path = inside("$.series", name)
        short = list(_lengths(said, said["n"], path))
        yield from short
        if short or said["n"] > BODIES_MAX:
            continue
        for number in range(said["n"]):
            wrong = list(faults(BODY, member_of(said, number), path))
            if wrong:
                yield from (Problem(one.path, f"member {number}: {one.message}") for one in wrong)
                break


def _lengths(said: Any, count: int, path: str) -> Iterator[Problem]:
    for key, value in said.items():
        if isinstance(value, Mapping):
            yield from _lengths(value, count, inside(path, key))
        elif isinstance(value, list | tuple) and len(value) != count and not _is_vector(key, value):
            message = f"a list of {len(value)} for {count} members; give one value each"
            yield Problem(inside(path, key), message)


def _is_vector(key: str, value: Any) -> bool:
    return key in VECTORS and not isinstance(value[0], list | tuple)


def voiced(data: Data) -> Iterator[Problem]:
    """Judge that the voices bodies speak with are there."""
    known = {*VOICES, *data.get("voices", {})}
    for kind in ("bodies", "crowds"):
        for name, said in data.get(kind, {}).items():
            if said.get("voice", "bell") not in known:
                where = inside(inside(f"$.{kind}", name), "voice")
                yield Problem(where, f"{said['voice']} is no voice; there are {listed(known)}")


def placed(data: Data) -> Iterator[Problem]:
    """Judge that each body, looked at alone, can be put where it says it is."""
    flat = data.get("dimensions", 3) != 3
    for name, said in data.get("bodies", {}).items():
        # Most bodies say nothing that could be wrong; a thousand are looked through at each edit.
        if flat or said.get("mass", 1) < LIGHTEST or "bounce" in said or "rod" in said:
            yield from _placed(data, said, inside("$.bodies", name))
    for name, said in data.get("crowds", {}).items():
        yield from _massless(data, said, inside("$.crowds", name))
    if _countable(data) and not any(series(data)):
        for name, said in data.get("series", {}).items():
            for number in range(said["n"]):
                yield from _placed(data, member_of(said, number), inside("$.series", name))


def _placed(data: Data, said: Data, path: str) -> Iterator[Problem]:
    yield from _flat(data, said, path)
    yield from _massless(data, said, path)
    yield from _falling(data, said, path)


def railed(data: Data) -> Iterator[Problem]:
    """Judge that bodies on rails have something to go about, and locked ones enough ratios."""
    if not _countable(data) or not any(map(_rails, _written(data))) or any(series(data)):
        return
    found = authored(data)
    centre = centre_of(found)
    around = Counter(about for one in found.values() if (about := _about(one, centre)))
    for one in found.values():
        path = _path(one)
        if "orbit" in one.said:
            yield from _orbiting(data, found, one, _about(one, centre), path)
        yield from _locking(one, around[one.id], path)


def _countable(data: Data) -> bool:
    return len(data.get("bodies", {})) + sum(counts(data).values()) <= BODIES_MAX


def _written(data: Data) -> Iterator[Data]:
    for kind in ("bodies", "series"):
        yield from data.get(kind, {}).values()


def _rails(said: Data) -> bool:
    return "orbit" in said or "locked" in said


def _about(one: Authored, centre: str) -> str:
    """Give what a body goes about; "" for one that is not on rails, or has nothing to go about."""
    orbit = one.said.get("orbit")
    if isinstance(orbit, Mapping):
        return str(orbit["about"])
    return "" if orbit is None else centre


def _path(one: Authored) -> str:
    return inside("$.series", one.group) if one.group else inside("$.bodies", one.id)


def _flat(data: Data, said: Data, path: str) -> Iterator[Problem]:
    if data.get("dimensions", 3) == 3:
        return
    for key in ("position", "velocity"):
        if key in said and said[key][2] != 0:
            yield Problem(inside(path, key), "a world of two dimensions has z = 0")
    if said.get("z", 0) != 0:
        yield Problem(inside(path, "z"), "a world of two dimensions has z = 0")


def _massless(data: Data, said: Data, path: str) -> Iterator[Problem]:
    mass = said.get("mass", 1)
    if 0 < mass < LIGHTEST:
        yield Problem(inside(path, "mass"), f"mass is {mass}; it may be 0, or {LIGHTEST} and more")
    if mass != 0:
        return
    held = said.get("fixed") or "orbit" in said
    collides = said.get("collide", data.get("world") != "orbits")
    radius = said.get("radius", value_in(data, "physics.particle_radius"))
    if radius > 0 and collides and not held:
        message = "a body without mass cannot collide; give it a mass, or collide: false"
        yield Problem(inside(path, "mass"), message)


def _orbiting(
    data: Data, found: Mapping[str, Authored], one: Authored, centre: str, path: str
) -> Iterator[Problem]:
    orbit, here = one.said["orbit"], inside(path, "orbit")
    where = here if isinstance(orbit, str) else inside(here, "about")
    about = found.get(centre)
    if about is None:
        yield Problem(where, f"there is no {centre or 'fixed body'} to go about")
    elif _depth(found, one) > ORBITS_DEEP:
        message = f"{one.id} goes about itself, or about more than {ORBITS_DEEP} others in a row"
        yield Problem(where, message)
    elif not about.said.get("fixed") and "orbit" not in about.said:
        message = f"{about.id} moves freely; orbits go about what is fixed or on rails"
        yield Problem(where, message)
    elif "period" not in orbit and not isinstance(orbit, str) and not _pulls(data, about):
        message = f"without a period, {about.id} needs a mass and physics.gravitation a value"
        yield Problem(here, message)


def _depth(found: Mapping[str, Authored], one: Authored) -> int:
    """Give how many bodies in a row a body goes about, at most one more than is allowed."""
    depth = 0
    here: Authored | None = one
    while here is not None and depth <= ORBITS_DEEP:
        orbit = here.said.get("orbit")
        here = found.get(orbit["about"]) if isinstance(orbit, Mapping) else None
        depth += here is not None
    return depth


def _pulls(data: Data, about: Authored) -> bool:
    radius = about.said.get("radius", value_in(data, "physics.particle_radius"))
    heavy = about.said.get("mass", radius) > 0
    return heavy and value_in(data, "physics.gravitation") != 0


def _falling(data: Data, said: Data, path: str) -> Iterator[Problem]:
    rod = said.get("rod", {})
    key = "bounce" if "bounce" in said else "rod.swing" if "swing" in rod else ""
    if not key:
        return
    x, y, z = value_in(data, "physics.gravity")
    here = inside(path, key.split(".")[0])
    if x != 0 or z != 0 or y >= 0:
        yield Problem(here, "a musical period needs physics.gravity to point straight down")
    if key == "bounce" and value_in(data, "physics.floor") is None:
        yield Problem(here, "there is no physics.floor to bounce on")


def _locking(one: Authored, around: int, path: str) -> Iterator[Problem]:
    locked = one.said.get("locked")
    if locked is not None and len(locked) != around:
        message = f"{len(locked)} ratios for {around} bodies about {one.id}; give one each"
        yield Problem(inside(path, "locked"), message)


def listed(known: set[str]) -> str:
    """List names for a message, not too many."""
    return ", ".join(sorted(known)[:24])
