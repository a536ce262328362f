"""No parameter of the table is idle: each, moved alone, changes what is performed.

What a parameter of the music does to the notes is measured in test_music_parameters, what it does
to the sound in the audio room's own tests; here nothing may be left out.
"""

import io

import pytest

from app.core.document import judge
from app.core.document.grammar.built import NOT_BUILT
from app.core.parameters import PARAMETERS
from app.core.performance import Performance
from app.formats import still

# Balls that bounce, rub and fall in a box, one on rails, under loud and bright music.
BASE = {
    "seed": 2,
    "boundary": {"box": [4, 4, 4]},
    "physics": {"floor": -1.9, "gravity": [0.6, -3, 0], "friction": 0.2, "elasticity": 0.8},
    "bodies": {
        "a": {"position": [-1, 0.4, 0], "velocity": [1.5, 0, 0.3], "radius": 0.3},
        "b": {"position": [0.6, 0.2, 0], "velocity": [-1, 1, 0], "radius": 0.25},
        "c": {"position": [0, 1.2, 0.2], "velocity": [0, 0, 1], "radius": 0.3, "mass": 2},
        "sun": {"position": [0, -1.2, -1.5], "fixed": True, "radius": 0.2, "mass": 3},
        "moon": {"orbit": {"about": "sun", "period": 1.5}, "radius": 0},
    },
    "crowds": {"g": {"sow": "box", "n": 4, "speed": 1}},
    "music": {"tempo": 110, "quantize": "1/16", "note_density": 30, "volume": 1},
    "rules": {
        "hits": {"when": {"event": "collision"}, "note": {"voice": "pluck", "pitch": {"from": "event.place.y", "range": ["C3", "C6"]}}},
        "beat": {"when": {"every": "1/8"}, "note": {"voice": "lead", "pitch": {"from": "event.index", "domain": [0, 9], "range": ["C4", "G6"], "clamp": False, "fold": ["C4", "C6"]}}},
        "jump": {"when": {"every": "1/8"}, "note": {"voice": "bell", "pitch": {"from": "event.index", "domain": [0, 3], "range": [510, 4000], "clamp": False, "fold": [505, 2090]}}},
        "half": {"when": {"every": "1/16"}, "note": {"voice": "bell", "degree": 2, "velocity": 0.3}},
    },
}  # fmt: skip
CHORDS = {"each": "1 bar", "list": ["vi", "V"]}
# Another value than the default, and what else must be so for it to matter.
MOVED = {
    "physics.gravity": ([0, 3, 0], {}),
    "physics.gravitation": (0.5, {}),
    "physics.softening": (2.0, {"physics": {"gravitation": 1.0}}),
    "physics.friction": (0.9, {}),
    "physics.elasticity": (0.2, {}),
    "physics.air_resistance": (0.9, {}),
    "physics.medium": ("water", {}),
    "physics.density": (900.0, {"physics": {"medium": "water"}}),
    "physics.particle_mass": (50.0, {"physics": {"medium": "water"}}),
    "physics.particle_radius": (0.3, {}),
    "physics.time_scale": (2.0, {}),
    "physics.energy_dissipation": (0.9, {}),
    "physics.temperature": (300.0, {}),
    "physics.pressure": (100.0, {}),
    "physics.floor": (-1.0, {}),
    "physics.integrator": ("yoshida4", {"physics": {"gravitation": 1.0, "elasticity": 0.5}}),
    "physics.accuracy": ("high", {"physics": {"gravitation": 1.0}}),
    "physics.spin": (True, {"physics": {"friction": 0.9}}),
    "music.tempo": (90, {}),
    "music.meter": ("3/4", {"music": {"chords": CHORDS, "harmony": 1}}),
    "music.swing": (0.8, {"music": {"rhythm_complexity": 1}}),
    "music.base_frequency": (432, {}),
    "music.key": ("D", {}),
    "music.scale": ("phrygian", {}),
    "music.tuning": ({"divisions": 19}, {}),
    "music.chords": (CHORDS, {}),
    "music.phrase": ({"bars": 0.5, "rest": 0.5}, {}),
    "music.melody_complexity": (0, {}),
    "music.melody_range": (0.9, {}),
    "music.rhythm_complexity": (0, {}),
    "music.quantize": ("1/2", {"music": {"rhythm_complexity": 1}}),
    "music.note_density": (3, {}),
    "music.volume": (0.4, {}),
    "music.delay.time": (0.1, {"music": {"delay": {"mix": 0.5}}}),
    "music.delay.feedback": (0.8, {"music": {"delay": {"mix": 0.5}}}),
    "music.compressor.threshold": (-50, {"music": {"compressor": {"ratio": 8}}}),
    "music.compressor.ratio": (12, {"music": {"compressor": {"threshold": -40}}}),
    "visual.camera.pan": ([0.5, 0.2], {}),
    "visual.camera.follow": ("a", {}),
    "visual.palette": ("triadic", {}),
    "visual.kind": ("spectrogram", {}),
    "music.harmony": (1, {"music": {"harmony": 0}}),
    "music.harmony_complexity": (0, {"music": {"harmony": 1}}),
    "music.dissonance": (1, {"music": {"harmony": 0}}),
}  # fmt: skip
# Of these any other value does.
for _path, _row in PARAMETERS.items():
    if _path not in MOVED and _row.kind == "number":
        assert _row.low is not None
        assert _row.high is not None
        _middle = _row.low + 0.37 * (_row.high - _row.low)
        MOVED[_path] = (_middle, {})
    elif _path not in MOVED:
        _other = [one for one in _row.choices or (True,) if one != _row.default]
        MOVED[_path] = (_other[0], {})
TICKS = 300


def merged(under, over):
    """Lay one JSON object over another."""
    found = dict(under)
    for key, value in over.items():
        found[key] = merged(found.get(key, {}), value) if isinstance(value, dict) else value
    return found


def said(path, value):
    """Say a parameter in a document, forms whole."""
    *outer, last = path.split(".")
    found = {last: value}
    for step in reversed(outer):
        found = {step: found}
    return found


def performed(data, *, picture):
    """Give what there is to hear and to see, as bytes."""
    document = judge(data)
    piece = Performance(document).run(TICKS)
    if not picture:
        notes = repr([(n.heard_s, n.hz, n.velocity, n.duration_s) for n in piece.notes])
        return notes.encode() + piece.samples.tobytes() + piece.frames.tobytes()
    stream = io.BytesIO()
    still.write([piece], stream, document, width=240, height=150)
    return stream.getvalue()


_known: dict[str, bytes] = {}


@pytest.mark.parametrize("path", [path for path in PARAMETERS if path not in NOT_BUILT])
def test_a_parameter_moved_alone_is_heard_or_seen(path):
    value, also = MOVED[path]
    picture = path.startswith("visual.")
    plain = merged(BASE, also)
    key = repr((also, picture))
    if key not in _known:
        _known[key] = performed(plain, picture=picture)
    other = dict(plain)
    # A form is set whole: {"divisions": 19} is not merged into "12 equal".
    moved = performed(merged(other, said(path, value)), picture=picture)

    assert moved != _known[key], f"{path} = {value} changes nothing"


def test_the_same_universe_twice_is_the_same_so_that_a_difference_means_something():
    one, other = (performed(BASE, picture=False) for _ in range(2))
    assert one == other
