"""The six universes the grammar must be able to say, as short as it says them."""

import math

import pytest

from app.core.document import parse
from app.core.mapping.pitch import hertz, key_number
from app.core.performance import Performance
from app.utils import strict_json


def heard(said, seconds):
    """Play a universe and give its notes."""
    return Performance(parse(strict_json.canonical(said))).run(round(120 * seconds)).notes


TRAPPIST = {
    "b": (1.5108739, 2457606.56117), "c": (2.421818, 2457568.58230), "d": (4.04982, 2457682.2921),
    "e": (6.099570, 2457574.9829), "f": (9.20648, 2457616.1548), "g": (12.35281, 2457529.4724),
    "h": (18.76626, 2457700.0875),
}  # fmt: skip


def test_trappist_1_sings_the_unrounded_notes_of_its_periods():
    notes = heard(
        {
            "clock": {"unit": "day", "epoch": 2457700, "rate": 1, "per": "beat"},
            "music": {"tempo": 120, "scale": "free", "note_density": 64},
            "world": "orbits", "observer": [1, 0, 0],
            "bodies": {"star": {"fixed": True}, **{
                name: {"orbit": {"about": "star", "period": period, "transit": transit}}
                for name, (period, transit) in TRAPPIST.items()
            }},
            "rules": {
                "transits": {"when": {"event": "transit", "about": "star"}, "note": {
                    "voice": "bell", "duration": "until-next",
                    "pitch": {"from": "body.period", "scale": "ratio", "body": "h", "is": "C3", "invert": True}}},
                "ground": {"when": {"while": True}, "of": "h", "note": {"voice": "pad", "pitch": "C2", "velocity": 0.2}},
            },
        },
        7.0,
    )  # fmt: skip
    assert (notes[0].voice, notes[0].hz) == ("pad", pytest.approx(hertz("C2")))
    first = next(note for note in notes if note.rule == "transits")
    assert (first.bodies[0], first.universe_time) == ("h", pytest.approx(0.0875, abs=1e-6))
    keys = {note.bodies[0]: key_number(note.hz) for note in notes if note.rule == "transits"}
    wanted = {
        "b": 91.6162,
        "c": 83.4477,
        "d": 74.5465,
        "e": 67.4563,
        "f": 60.3290,
        "g": 55.2396,
        "h": 48.0,
    }
    assert keys == pytest.approx(wanted, abs=5e-5)


def test_bouncing_balls_land_on_their_parts_of_the_bar():
    notes = heard(
        {
            "physics": {"elasticity": 1, "floor": 0}, "music": {"note_density": 64},
            "bodies": {name: {"bounce": f"1/{n} bar"} for name, n in zip("abcd", (3, 4, 5, 7), strict=True)},
            "rules": {"hits": {"when": {"event": "collision", "with": "floor"}, "note": {
                "voice": "pluck", "degree": {"from": "body.index", "scale": "list", "list": [0, 2, 4, 7]},
                "velocity": {"from": "event.impulse", "scale": "log", "range": [0.4, 1]}, "pan": {"from": "body.x"}}}},
        },
        8.0,
    )  # fmt: skip
    for name, parts, pitch in zip("abcd", (3, 4, 5, 7), ("C4", "E4", "G4", "C5"), strict=True):
        mine = [note for note in notes if note.bodies[0] == name]
        period = 2.0 / parts
        assert [note.heard_s for note in mine] == pytest.approx(
            [(k + 0.5) * period for k in range(4 * parts)], abs=1e-9
        )
        assert [note.hz for note in mine] == pytest.approx([hertz(pitch)] * len(mine))


def test_pendulums_are_together_again_after_sixty_seconds():
    performance = Performance(parse(strict_json.canonical(
        {
            "dimensions": 3, "world": "earth", "physics": {"air_resistance": 0}, "music": {"note_density": 200},
            "series": {"p": {"n": 15, "rod": {"swing": {"per_minute": {"from": 51, "step": 1}}, "angle": 10},
                             "z": {"from": -0.7, "step": 0.1}, "collide": False}},
            "rules": {"swings": {"when": {"event": "crossing", "measure": "body.angle", "at": 0, "direction": "up"},
                                 "note": {"voice": "bell", "degree": {"from": "body.index"}, "pan": {"from": "body.z"}}}},
        }
    )))  # fmt: skip
    counts = [0] * 15
    for _ in range(60):
        for event in performance.run(120).events:
            counts[int(event.bodies[0][2:])] += 1
    assert counts == list(range(51, 66))
    home = performance.run(1).frames[0]
    lengths = [9.81 / (2 * math.pi * (51 + n) / 60) ** 2 for n in range(15)]
    for row, length in zip(home, lengths, strict=True):
        # Back at ten degrees to the side, to a thousandth of the way.
        assert row[0] == pytest.approx(length * math.sin(math.radians(10)), rel=5e-3)


def test_a_gas_sings_on_its_grid_in_its_chords():
    notes = heard(
        {
            "dimensions": 2, "boundary": {"box": [20, 20]},
            "crowds": {"gas": {"sow": "box", "n": 30, "speed": 6}},
            "physics": {"elasticity": 1, "gravity": [0, 0, 0], "temperature": 100},
            "music": {"key": "D", "scale": "dorian", "quantize": "1/16", "harmony": 1, "harmony_complexity": 0.25,
                      "chords": {"each": "2 bars", "list": ["i", "VII", "IV", "i"]}},
            "rules": {
                "walls": {"when": {"event": "collision", "with": "wall"}, "note": {
                    "voice": {"from": "event.wall", "scale": "list", "list": ["bass", "pluck", "bell", "pad"]},
                    "pitch": {"from": "event.place.along", "scale": "log", "range": ["D2", "D5"]}}},
                "heat": {"set": {"music.harmony": {
                    "from": "universe.temperature", "domain": [20, 400], "range": [1, 0.2], "smooth": "1 bar"}}},
            },
            "story": {"heat": {"at": "bar 17", "title": "Heat", "changes": {"physics.temperature": 400}, "over": "8 bars"}},
        },
        12.0,
    )  # fmt: skip
    assert len(notes) > 20
    assert len({note.voice for note in notes}) == 4
    # Rhythm complexity is a half: eighths, a quarter of a second at 120 a minute.
    assert all(abs(note.heard_s * 4 - round(note.heard_s * 4)) < 1e-6 for note in notes)
    dorian = {2, 4, 5, 7, 9, 11, 0}
    assert {round(key_number(note.hz)) % 12 for note in notes} <= dorian


def test_planets_glide_between_aphelion_and_perihelion():
    said = {
        "clock": {"unit": "day", "rate": 60, "per": "second"}, "world": "orbits",
        "bodies": {"sun": {"fixed": True}, "mars": {"orbit": {"about": "sun", "period": 686.98, "eccentricity": 0.0934, "periapsis": 0}}},
        "rules": {
            "glide": {"when": {"while": True}, "note": {"voice": "strings", "velocity": 0.25, "pitch": {
                "from": "body.angular_speed", "scale": "ratio", "value": "106 arcsec/day", "is": "G2"}}},
            "apsis": {"when": {"event": "apsis"}, "note": {"voice": "bell", "pitch": {
                "from": "body.angular_speed", "scale": "ratio", "value": "106 arcsec/day", "is": "G2"}}},
        },
    }  # fmt: skip
    piece = Performance(parse(strict_json.canonical(said))).run(1400)
    glides = [control.hz for control in piece.controls]
    e = 0.0934
    mean = 360 * 3600 / 686.98  # arcsec a day
    fastest = hertz("G2") * mean / 106 * math.sqrt(1 - e * e) / (1 - e) ** 2
    slowest = hertz("G2") * mean / 106 * math.sqrt(1 - e * e) / (1 + e) ** 2
    assert max(glides) == pytest.approx(fastest, rel=1e-5)
    assert min(glides) == pytest.approx(slowest, rel=1e-5)
    bells = [note.hz for note in piece.notes if note.voice == "bell"]
    assert bells[:2] == pytest.approx([fastest, slowest], rel=1e-4)


def test_four_contacts_of_a_cradle_are_one_note():
    notes = heard(
        {
            "dimensions": 2, "world": "earth", "physics": {"elasticity": 1, "air_resistance": 0, "friction": 0},
            "series": {"n": {"n": 5, "rod": {"length": 1}, "x": {"from": -0.4, "step": 0.2}, "radius": 0.1,
                             "angle": [-40, 0, 0, 0, 0]}},
            "rules": {"clack": {"when": {"event": "collision"}, "together": {"within": "5 ms", "keep": "sum"}, "note": {
                "voice": "bell", "degree": {"from": "event.side", "scale": "list", "list": [0, 4]},
                "velocity": {"from": "event.impulse", "scale": "sqrt"}}}},
        },
        5.0,
    )  # fmt: skip
    swing = notes[1].heard_s - notes[0].heard_s
    assert len(notes) == round((5.0 - notes[0].heard_s) / swing + 0.5)
    assert [note.hz for note in notes] == pytest.approx(
        [hertz("C5") if n % 2 == 0 else hertz("G5") for n in range(len(notes))]
    )
    assert all(note.why[0].name == "merge" and note.why[0].before == 4 for note in notes)
