"""Measures a rule may read, their units, and quantities with a unit: "106 arcsec/day"."""

import math
import re
from collections.abc import Mapping
from typing import Any

# Measures by what they belong to, with units. "degree" ones are radians inside the engine.
MEASURES: Mapping[str, Mapping[str, str]] = {
    "body": {
        "x": "length", "y": "length", "z": "length", "speed": "length/time", "height": "length",
        "distance": "length", "angle": "degree", "angular_speed": "degree/time",
        "angular_momentum": "mass·length²/time", "acceleration": "length/time²",
        "kinetic": "energy", "period": "time", "eccentricity": "", "phase": "degree",
        "age": "time", "index": "", "rank": "", "mass": "mass", "radius": "length",
    },
    "pair": {
        "distance": "length", "closing": "length/time", "angle": "degree", "ratio": "", "rank": "",
    },
    "universe": {
        "kinetic": "energy", "potential": "energy", "temperature": "K", "pressure": "Pa",
        "momentum": "mass·length/time", "centre": "length", "spread": "length",
        "closest": "length", "count": "",
    },
    "event": {
        "impulse": "mass·length/time", "approach_speed": "length/time", "energy": "energy",
        "side": "", "wall": "", "index": "", "value": "", "direction": "",
        "place.x": "length", "place.y": "length", "place.z": "length", "place.along": "",
    },
}  # fmt: skip
WALLS = ("left", "right", "floor", "ceiling", "back", "front")
_ANGLES = {"arcsec": math.pi / 648000, "degree": math.pi / 180, "rad": 1.0, "turn": 2 * math.pi}
SECONDS = {"second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86400.0, "year": 31557600.0}
METRES = {"m": 1.0, "km": 1e3, "au": 1.495978707e11}
# G · mass unit in m³/s²: the products are known far better than G itself (IAU 2015 B3, CODATA 2018).
GRAVITATION = {"kg": 6.6743e-11, "earth": 3.986004418e14, "sun": 1.32712440018e20}
QUANTITY = r"^(?P<number>-?[0-9]+(?:\.[0-9]+)?) (?P<angle>arcsec|degree|rad|turn)/(?P<time>second|minute|hour|day|year)$"
QUANTITY_HINT = 'a number, or an angular speed such as "106 arcsec/day"'
_quantity = re.compile(QUANTITY)


def unit_of(measure: str) -> str | None:
    """Give the unit of a measure by its dotted name; None for a name that is none."""
    group, _, name = measure.partition(".")
    return MEASURES.get(group, {}).get(name)


def radians_of(measure: str, number: float) -> float:
    """Give a number written for a measure as the engine counts it: degrees become radians."""
    unit = unit_of(measure) or ""
    return number * (math.pi / 180) if unit.startswith("degree") else number


def quantity_of(said: Any, measure: str, time_s: float) -> float:
    """Read a value of a measure: a plain number, or an angular speed as radians per clock unit.

    `time_s` is how many seconds the clock's unit has. Raises ValueError.
    """
    if not isinstance(said, str):
        return radians_of(measure, float(said))
    found = _quantity.match(said)
    if found is None:
        raise ValueError(f"{said!r} is no quantity; write {QUANTITY_HINT}")
    return float(found["number"]) * _ANGLES[found["angle"]] * time_s / SECONDS[found["time"]]
