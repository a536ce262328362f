import numpy as np
import pytest

from app.core.document import parse
from app.core.music.note import Note
from app.core.visuals import picture
from app.core.visuals.colour import light, rest

NOTE = Note(
    0,
    120,
    0.0,
    48000,
    0.0,
    440.0,
    0.8,
    1.0,
    "bell",
    0.0,
    0.5,
    "r",
    "collision",
    ("a",),
    (1.0, 2.0, 3.0),
)
DOCUMENT = parse('{"bodies": {"a": {}, "b": {"colour": "#102030", "size": 2, "radius": 0.4}}}')


def test_a_ring_grows_and_fades_from_the_place_of_its_note():
    assert picture.ring(NOTE, 0.99) is None
    young, old = picture.ring(NOTE, 1.1), picture.ring(NOTE, 2.0)
    assert young.place == (1.0, 2.0, 3.0)
    assert young.grown < old.grown
    assert young.strength > old.strength
    assert young.colour == light(9.0)
    assert picture.ring(NOTE, 1.0 + 0.9 + 0.9 * 0.8) is None


def test_a_body_flashes_with_its_note_and_keeps_its_tint_for_a_while():
    lamps = picture.Lamps(DOCUMENT)
    before, onset, later = (lamps.lamp("a", NOTE, now) for now in (0.5, 1.0, 2.0))
    assert before.flash == 0.0
    assert before.colour == rest("spectrum", 0.0)
    assert onset.flash > 0.7 > later.flash
    assert onset.colour != before.colour


def test_a_body_has_its_own_colour_size_and_radius():
    lamp = picture.Lamps(DOCUMENT).lamp("b", None, 0.0)
    assert lamp.colour == pytest.approx((16 / 255, 32 / 255, 48 / 255))
    assert (lamp.size, lamp.radius) == (2.0, 0.4)


def test_a_trail_is_as_long_as_its_parameter_says():
    frames = np.arange(1000 * 2 * 6, dtype=float).reshape(1000, 2, 6)
    path = picture.trail(frames, 1, length=0.5)
    assert path.shape == (360, 3)
    assert path[-1].tolist() == frames[-1, 1, :3].tolist()
    assert len(picture.trail(frames, 0, length=0.0)) in (0, 1000 * 0)


def test_the_last_note_of_each_body_counts():
    later = Note(**{**{f: getattr(NOTE, f) for f in NOTE.__slots__}, "id": 1, "bodies": ("a", "b")})
    assert picture.last_sung([NOTE, later]) == {"a": later, "b": later}
