"""Orbits as written, worked out into Kepler elements at tick 0."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from app.core.document.authored import Authored, centre_of
from app.core.document.body import OrbitSpec, Vector
from app.core.document.document import Document
from app.core.document.periods import universe_time
from app.core.document.wording import is_number
from app.core.document.worlds import clock, gravitation, mass_of, physics
from app.core.numbers.angles import atan2, cos, sin
from app.core.numbers.powers import power

TAU = 2.0 * math.pi
# Where nothing says how long a length is: the widest orbit about a centre is drawn this large.
WIDEST = 8.0
_GOLDEN = (math.sqrt(5.0) - 1.0) / 2.0

_SCAN = 64

Bodies = Mapping[str, Authored]


def orbits(document: Document, bodies: Bodies) -> dict[str, OrbitSpec]:
    """Give the elements of every body on rails, by id."""
    centre = centre_of(bodies)
    said = {
        name: _spelled_out(one.said["orbit"], centre)
        for name, one in bodies.items()
        if "orbit" in one.said
    }
    around: dict[str, list[str]] = {}
    for name, orbit in said.items():
        around.setdefault(orbit["about"], []).append(name)
    found: dict[str, OrbitSpec] = {}
    for about, names in around.items():
        pull = gravitation(document) * mass_of(document, bodies[about].said)
        periods = {name: _period(document, said[name], pull) for name in names}
        periods = _locked(periods, bodies[about].said.get("locked"))
        slowest = max(periods.values())
        for name in names:
            axis = _axis(said[name], periods[name], pull, slowest)
            found[name] = _elements(document, said[name], periods[name], axis)
    return found


def _spelled_out(said: Any, centre: str) -> Mapping[str, Any]:
    return {"about": centre, "period": said} if isinstance(said, str) else said


def _elements(document: Document, said: Mapping[str, Any], period: float, axis: float) -> OrbitSpec:
    shape = {
        "eccentricity": float(said.get("eccentricity", 0.0)),
        **{key: math.radians(said.get(key, 0.0)) for key in ("inclination", "node", "argument")},
    }
    return OrbitSpec(
        about=said["about"],
        period=period,
        semi_major_axis=axis,
        mean_anomaly=_phase(document, said, period, shape),
        **shape,
    )


def _period(document: Document, said: Mapping[str, Any], pull: float) -> float:
    """Give the period in clock units, as said or by Kepler's third law: P = 2π √(a³ / G M)."""
    if "period" not in said:
        axis = float(said["semi_major_axis"])
        return TAU * math.sqrt(axis * axis * axis / pull)
    period = said["period"]
    return float(period) if is_number(period) else universe_time(document, period)


def _locked(periods: Mapping[str, float], turns: Sequence[int] | None) -> dict[str, float]:
    """Make each period a whole fraction of a common one: the slowest body keeps its own."""
    if turns is None:
        return dict(periods)
    by_name = dict(zip(periods, turns, strict=True))
    slowest = min(by_name, key=lambda one: by_name[one])
    return {name: periods[slowest] * by_name[slowest] / by_name[name] for name in periods}


def _axis(said: Mapping[str, Any], period: float, pull: float, slowest: float) -> float:
    """Give the semi-major axis, by Kepler's third law: a³ = G M (P / 2π)²."""
    if "semi_major_axis" in said:
        return float(said["semi_major_axis"])
    if pull > 0.0:
        turn = period / TAU
        return float(power(pull * turn * turn, 1.0 / 3.0))
    return WIDEST * float(power(period / slowest, 2.0 / 3.0))


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
