"""Orbits as written, worked out into Kepler elements at tick 0."""

import math
from collections.abc import Mapping
from typing import Any

from app.core.document.authored import Authored
from app.core.document.body import OrbitSpec, Vector
from app.core.document.document import Document
from app.core.document.periods import universe_time
from app.core.document.worlds import clock, gravitation, mass_of, physics
from app.core.numbers.angles import atan2, cos, sin
from app.core.numbers.powers import power

TAU = 2.0 * math.pi
# Where nothing says how long a length is: the widest orbit about a centre is drawn this large.
WIDEST = 8.0
_GOLDEN = (math.sqrt(5.0) - 1.0) / 2.0

_SCAN = 64

Bodies = Mapping[str, Authored]


def orbit_of(document: Document, bodies: Bodies, name: str) -> OrbitSpec | None:
    """Give the elements of a body on rails; None for one that moves freely."""
    said = _orbit(bodies, name)
    if said is None:
        return None
    period = _period(document, bodies, name)
    shape = {
        "eccentricity": float(said.get("eccentricity", 0.0)),
        **{key: math.radians(said.get(key, 0.0)) for key in ("inclination", "node", "argument")},
    }
    return OrbitSpec(
        about=said["about"],
        period=period,
        semi_major_axis=_axis(document, bodies, name),
        mean_anomaly=_phase(document, said, period, shape),
        **shape,
    )


def centre_of(bodies: Bodies) -> str:
    """Give the body an orbit goes about where none is named: the heaviest fixed one."""
    fixed = [one for one in bodies.values() if one.said.get("fixed")]
    return max(fixed, key=lambda one: one.said.get("mass", 0.0)).id if fixed else ""


def _orbit(bodies: Bodies, name: str) -> Mapping[str, Any] | None:
    said = bodies[name].said.get("orbit")
    return {"about": centre_of(bodies), "period": said} if isinstance(said, str) else said


def _around(bodies: Bodies, about: str) -> list[str]:
    """Give the ids of all bodies about one centre, ascending."""
    return [name for name in bodies if (_orbit(bodies, name) or {}).get("about") == about]


def _period(document: Document, bodies: Bodies, name: str) -> float:
    """Give the period in clock units; a locked one is a whole fraction of the slowest one's."""
    about = (_orbit(bodies, name) or {})["about"]
    locked = bodies[about].said.get("locked")
    if locked is None:
        return _own_period(document, bodies, name)
    turns = dict(zip(_around(bodies, about), locked, strict=True))
    slowest = min(turns, key=lambda one: turns[one])
    return _own_period(document, bodies, slowest) * turns[slowest] / turns[name]


def _own_period(document: Document, bodies: Bodies, name: str) -> float:
    said = _orbit(bodies, name) or {}
    if "period" not in said:
        axis = float(said["semi_major_axis"])
        return TAU * math.sqrt(axis * axis * axis / _pull(document, bodies, said["about"]))
    period = said["period"]
    return universe_time(document, period) if isinstance(period, str) else float(period)


def _axis(document: Document, bodies: Bodies, name: str) -> float:
    """Give the semi-major axis, by Kepler's third law: a³ = G M (P / 2π)²."""
    said = _orbit(bodies, name) or {}
    if "semi_major_axis" in said:
        return float(said["semi_major_axis"])
    turn = _period(document, bodies, name) / TAU
    pull = _pull(document, bodies, said["about"])
    if pull > 0.0:
        return float(power(pull * turn * turn, 1.0 / 3.0))
    slowest = max(_period(document, bodies, one) for one in _around(bodies, said["about"]))
    ratio = _period(document, bodies, name) / slowest
    return WIDEST * float(power(ratio, 2.0 / 3.0))


def _pull(document: Document, bodies: Bodies, about: str) -> float:
    return gravitation(document) * mass_of(document, bodies[about].said)


def _phase(
    document: Document, said: Mapping[str, Any], period: float, shape: Mapping[str, float]
) -> float:
    """Give the mean anomaly at tick 0 from the one date or angle that was said."""
    if "mean_anomaly" in said:
        return math.radians(said["mean_anomaly"]) % TAU
    date, there = said.get("periapsis", clock(document).epoch), 0.0
    if "transit" in said:
        date, there = said["transit"], transit_anomaly(shape, physics(document).observer)
    turns = (date - clock(document).epoch) / period
    return (there - TAU * (turns - math.floor(turns))) % TAU


def transit_anomaly(shape: Mapping[str, float], observer: Vector) -> float:
    """Give the mean anomaly (radians) where a body is seen closest to its centre, in front of it."""
    along, across = _in_plane(shape, observer)
    facing = float(atan2(across, along))
    eccentricity = shape["eccentricity"]
    true = facing
    seen = along * along + across * across
    if eccentricity > 0.0 and seen < 1.0:
        true = _least_separation(eccentricity, facing, seen)
    return mean_anomaly(eccentricity, true)


def mean_anomaly(eccentricity: float, true: float) -> float:
    """Give the mean anomaly at a true anomaly, both in radians."""
    half = true / 2.0
    eccentric = 2.0 * float(
        atan2(
            math.sqrt(1.0 - eccentricity) * float(sin(half)),
            math.sqrt(1.0 + eccentricity) * float(cos(half)),
        )
    )
    return eccentric - eccentricity * float(sin(eccentric))


def _in_plane(shape: Mapping[str, float], observer: Vector) -> tuple[float, float]:
    """Give the observer's components along the periapsis and a quarter turn ahead of it."""
    x, y, z = observer
    cn, sn = float(cos(shape["node"])), float(sin(shape["node"]))
    ci, si = float(cos(shape["inclination"])), float(sin(shape["inclination"]))
    ca, sa = float(cos(shape["argument"])), float(sin(shape["argument"]))
    along_node = x * cn + y * sn
    beyond_node = (y * cn - x * sn) * ci + z * si
    return along_node * ca + beyond_node * sa, beyond_node * ca - along_node * sa


def _least_separation(eccentricity: float, facing: float, seen: float) -> float:
    """Search the true anomaly of least sky-projected distance on the half in front.

    A long ellipse seen from aside has several dips: a scan finds the lowest, golden section its
    bottom.
    """

    def separation(true: float) -> float:
        r = 1.0 / (1.0 + eccentricity * float(cos(true)))
        toward = float(cos(true - facing))
        return r * r * (1.0 - seen * toward * toward)

    step = math.pi / _SCAN
    lowest = min(
        (facing + step * place for place in range(-_SCAN // 2, _SCAN // 2 + 1)), key=separation
    )
    low, high = lowest - step, lowest + step
    for _ in range(48):
        inner = _GOLDEN * (high - low)
        if separation(high - inner) < separation(low + inner):
            high = low + inner
        else:
            low = high - inner
    return (low + high) / 2.0
