"""Small universes that use everything a performance carries from tick to tick."""

import pytest

from app.core.document import parse

BUSY = """{
  "seed": 3,
  "physics": {"elasticity": 0.9, "friction": 0, "floor": 0},
  "music": {"tempo": 110, "key": "D", "scale": "dorian", "quantize": "1/16", "rhythm_complexity": 1,
            "chords": {"each": "1 bar", "list": ["i", "IV"]}, "note_density": 40},
  "bodies": {
    "a": {"position": [-0.5, 0.6, 0], "radius": 0.05}, "b": {"position": [0, 0.3, 0], "radius": 0.05},
    "c": {"position": [0.5, 0.9, 0], "radius": 0.05}
  },
  "rules": {
    "hits": {"when": {"event": "collision", "with": "floor"},
             "note": {"voice": "pluck", "pitch": {"from": "event.impulse", "range": ["D3", "D5"]}, "duration": "until-next"}},
    "beat": {"when": {"every": "1/4"}, "note": {"voice": "drum", "pitch": 80, "velocity": 0.4}},
    "hum": {"when": {"while": {"body.height": {"above": 0.2}}}, "of": "c",
            "note": {"voice": "pad", "pitch": {"from": "body.y", "range": ["D3", "D4"], "smooth": "1/8"}, "velocity": 0.3}},
    "wet": {"set": {"music.reverb.mix": {"from": "body.y", "range": [0, 0.6], "domain": [0, 1]}}, "of": "a"}
  },
  "story": {"lift": {"at": 0.6, "changes": {"physics.gravity": [0, -4, 0], "music.tempo": 140}, "over": 0.7}}
}"""
THROW = {
    "bodies": {"zz-ball": {"position": [0.2, 0.8, 0], "velocity": [0.4, 1, 0], "radius": 0.04}}
}


@pytest.fixture(scope="session")
def busy():
    """A universe with collisions, a metronome, a held note, a moved parameter and a story."""
    return parse(BUSY)


@pytest.fixture(scope="session")
def throw():
    """A patch that throws a ball into it."""
    return THROW
