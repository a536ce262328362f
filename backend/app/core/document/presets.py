"""Mapping presets: rules that a kind of universe is heard by, unless it brings its own."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from app.core.document.bodies import roster
from app.core.document.body import BodySpec
from app.core.document.document import Document

Rule = Mapping[str, Any]
_PLACE_PAN = {"from": "event.place.x", "range": [-0.8, 0.8]}
# Kepler's own lowest string, and how far up the others may be brought by octaves.
_LOWEST_HZ = 97.99885899543733
_STRINGS_OCTAVES = 3


def preset_rules(document: Document) -> dict[str, Rule]:
    """Give the rules of the mapping preset a document names, by id, as its author could write them.

    A rule of the document's own with the same id stands in for the preset's.
    """
    name = document.data.get("mapping")
    return {} if name is None else _PRESETS[name](document)


def _bounce(document: Document) -> dict[str, Rule]:
    return {
        "hits": {
            "when": {"event": "collision", "with": "wall"},
            "note": {
                "voice": "pluck",
                "degree": _chosen("body.index", [0, 2, 4, 7, 9, 11, 14]),
                "velocity": {"from": "event.impulse", "scale": "log", "range": [0.4, 1]},
                "pan": _PLACE_PAN,
            },
        }
    }


def _gas(document: Document) -> dict[str, Rule]:
    along = {"from": "event.place.along", "scale": "log", "domain": [0.05, 1]}
    return {
        "walls": {
            "when": {"event": "collision", "with": "wall"},
            "note": {
                "voice": _chosen("event.wall", ["bass", "pluck", "bell", "pad"]),
                "pitch": {**along, "range": ["D2", "D5"]},
                "velocity": {"from": "event.impulse", "scale": "sqrt", "range": [0.2, 0.9]},
                "pan": _PLACE_PAN,
            },
        },
        "heat": {
            "set": {
                "music.harmony": {
                    "from": "universe.temperature",
                    "domain": [20, 400],
                    "range": [1, 0.2],
                    "smooth": "1 bar",
                }
            }
        },
    }


def _pendulum(document: Document) -> dict[str, Rule]:
    swings = {"event": "crossing", "measure": "body.angle", "at": 0, "direction": "up"}
    note = {
        "voice": "bell",
        "degree": {"from": "body.index"},
        "velocity": {"from": "body.speed", "range": [0.4, 0.9]},
        "pan": {"from": "body.index", "range": [-0.8, 0.8]},
    }
    hung = [body.id for body in roster(document) if body.rod]
    return {"swings": {"when": {**swings, "of": hung}, "note": note}}


def _cradle(document: Document) -> dict[str, Rule]:
    return {
        "clack": {
            "when": {"event": "collision"},
            "together": {"within": "5 ms", "keep": "sum"},
            "note": {
                "voice": "bell",
                "degree": _chosen("event.side", [0, 4]),
                "velocity": {"from": "event.impulse", "scale": "sqrt", "range": [0.3, 1]},
                "pan": {"from": "event.side", "range": [-0.5, 0.5]},
            },
        }
    }


def _orbits(document: Document) -> dict[str, Rule]:
    riders = _riders(document)
    centre, slowest = _centre(riders), _slowest(riders)
    ratio = {"from": "body.period", "scale": "ratio", "body": slowest.id, "invert": True}
    drums = [60, 75, 95, 120, 160, 220]
    return {
        "transits": {
            "when": {"event": "transit", "about": centre},
            "note": {
                "voice": "bell",
                "pitch": {**ratio, "is": "C3", "fold": ["C3", "C7"]},
                "velocity": {"from": "body.period", "scale": "log", "range": [0.45, 0.9]},
                "pan": {"from": "body.index", "range": [-0.6, 0.6]},
                "duration": "until-next",
            },
        },
        "conjunctions": {
            "when": {"event": "conjunction", "about": centre, "pairs": "neighbours"},
            "note": {"voice": "drum", "pitch": _chosen("pair.rank", drums), "velocity": 0.6},
        },
        "ground": {
            "when": {"while": True},
            "of": slowest.id,
            "note": {"voice": "pad", "pitch": "C2", "velocity": 0.2},
        },
    }


def _kepler(document: Document) -> dict[str, Rule]:
    """A string for each body, gliding with its angular speed, and a bell where it turns.

    The slowest string stands at G2 at its mean speed. The others keep their ratios to it but for
    whole octaves, as Kepler brought his planets into one system.
    """
    riders = _riders(document)
    slowest = _slowest(riders)
    found: dict[str, Rule] = {}
    for body in riders:
        assert body.orbit is not None
        assert slowest.orbit is not None
        found |= _strings(body, body.orbit.period, slowest.orbit.period)
    return found


def _strings(body: BodySpec, period: float, longest: float) -> dict[str, Rule]:
    octaves = math.log2(longest / period)
    spare = max(0, math.ceil(octaves - _STRINGS_OCTAVES))
    at = {"value": 360.0 / period, "is": _LOWEST_HZ * 2.0 ** (octaves - spare)}
    pitch = {"from": "body.angular_speed", "scale": "ratio", **at}
    glide = {"voice": "strings", "pitch": pitch, "velocity": 0.25}
    bell = {"voice": "bell", "pitch": {**pitch, "is": 2.0 * at["is"]}, "velocity": 0.5}
    return {
        f"glide-{body.id}": {"when": {"while": True}, "of": body.id, "note": glide},
        f"apsis-{body.id}": {"when": {"event": "apsis", "of": body.id}, "note": bell},
    }


def _classic(document: Document) -> dict[str, Rule]:
    """Scalars tied together, as systems of this kind first had it, before there was a simulation."""
    tied = {
        "music.tempo": {"from": "physics.gravity", "domain": [0, 20], "range": [60, 180], "clamp": False},
        "music.harmony": {"from": "physics.friction", "domain": [0, 1], "range": [0, 1]},
        "music.rhythm_complexity": {"from": "physics.elasticity", "domain": [0, 1], "range": [0, 1]},
        "music.melody_range": {"from": "physics.air_resistance", "domain": [0, 1], "range": [1, 0]},
    }  # fmt: skip
    # As long as time is slow: half a second over the time scale.
    slow = {"from": "physics.time_scale", "scale": "pow", "power": -1, "domain": [0.1, 5]}
    note = {
        "voice": "piano",
        "degree": {"from": "event.place.y", "range": [0, 14]},
        "velocity": {"from": "event.impulse", "scale": "log", "range": [0.3, 1]},
        "duration": {**slow, "range": [5, 0.1]},
        "pan": _PLACE_PAN,
    }
    return {"ties": {"set": tied}, "hits": {"when": {"event": "collision"}, "note": note}}


def _chosen(source: str, items: list[Any]) -> Rule:
    return {"from": source, "scale": "list", "list": items}


def _riders(document: Document) -> list[BodySpec]:
    return [body for body in roster(document) if body.orbit is not None]


def _period(body: BodySpec) -> float:
    return body.orbit.period if body.orbit else 0.0


def _slowest(riders: list[BodySpec]) -> BodySpec:
    return max(riders, key=lambda body: (_period(body), body.id))


def _centre(riders: list[BodySpec]) -> str:
    """Give the body that most others go about."""
    about = [body.orbit.about for body in riders if body.orbit]
    return max(sorted(set(about)), key=about.count)


_PRESETS: Mapping[str, Callable[[Document], dict[str, Rule]]] = {
    "bounce": _bounce,
    "orbits": _orbits,
    "gas": _gas,
    "pendulum": _pendulum,
    "kepler": _kepler,
    "cradle": _cradle,
    "classic": _classic,
}
