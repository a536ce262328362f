"""Worlds and mappings by name: defaults of the physics, and of the music, that go together."""

from collections.abc import Mapping
from typing import Any

_STILL = (0.0, 0.0, 0.0)
_EARTH = (0.0, -9.81, 0.0)

WORLDS: Mapping[str, Mapping[str, Any]] = {
    "earth": {
        "physics.gravity": _EARTH, "physics.air_resistance": 0.1,
        "physics.elasticity": 0.7, "physics.friction": 0.3,
    },
    "space": {
        "physics.gravity": _STILL, "physics.air_resistance": 0.0,
        "physics.elasticity": 1.0, "physics.friction": 0.0,
    },
    "water": {
        "physics.gravity": _EARTH, "physics.air_resistance": 0.5,
        "physics.elasticity": 0.3, "physics.friction": 0.8,
    },
    # Bodies of an `orbits` world are points with an open sky: they do not touch.
    "orbits": {
        "physics.gravity": _STILL, "physics.softening": 0.0, "physics.air_resistance": 0.0,
        "physics.friction": 0.0, "physics.particle_radius": 0.0,
    },
}  # fmt: skip

# What the music of each mapping preset is unless a document says otherwise; `document.presets`
# has their rules. The ratios of orbits are no notes of a scale.
MAPPINGS: Mapping[str, Mapping[str, Any]] = {
    "bounce": {},
    "orbits": {"music.scale": "free"},
    "gas": {"music.quantize": "1/16", "music.rhythm_complexity": 1.0},
    "pendulum": {},
    "kepler": {"music.scale": "free"},
    "cradle": {},
    "classic": {"music.quantize": "1/16"},
}
