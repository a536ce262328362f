"""Every shipped example is a piece: its first minute keeps the figures that `pieces` defines."""

import importlib.util
import json
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from app.core.document import parse
from app.core.mapping.pitch import hertz

_spec = importlib.util.spec_from_file_location("pieces", Path(__file__).with_name("pieces.py"))
pieces = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(pieces)

# Chance has no bars, and tempo is the classic mapping's own melody.
FREE_OF_BARS = {"gas", "classic"}
LAWS = {
    "its first note comes within half a second": lambda f: f.first_s <= 0.5,
    "one to eight notes a second": lambda f: 1.0 <= f.a_second <= 8.0,
    "no wait over four seconds": lambda f: f.wait_s <= 4.0,
    "30 ms between strokes of a voice": lambda f: f.gap_s >= 0.03,
    "95 % of every voice's leaps within an octave": lambda f: f.within_octave >= 0.95,
    "12 dB from soft to loud": lambda f: f.span_db >= 12.0,
    "its notes tell of the next more than in 99 of 100 shuffles": lambda f: f.pitch_beaten >= 99,
}
THE_SIX = {
    "trappist-1", "polyrhythm", "pendulum-waves", "gas", "solar-system", "newtons-cradle",
}  # fmt: skip


@lru_cache
def notes_of(name):
    """Play a minute of an example."""
    return pieces.heard(parse((pieces.EXAMPLES / f"{name}.json").read_bytes()))


def of_rule(name, rule):
    return [note for note in notes_of(name) if note.rule == rule]


@lru_cache
def figures_of(name):
    return pieces.figures_of(name, notes_of(name))


@pytest.mark.parametrize("name", pieces.names())
def test_an_example_is_a_piece(name):
    figures = figures_of(name)
    broken = [law for law, keeps in LAWS.items() if not keeps(figures)]

    assert not broken, figures


@pytest.mark.parametrize("name", sorted({*pieces.names()} - FREE_OF_BARS))
def test_a_piece_comes_back_at_the_bar_more_than_99_of_100_shuffles_of_it(name):
    assert figures_of(name).bar_beaten >= 99


def test_the_six_of_the_grammar_and_six_more_are_shipped():
    assert {*pieces.names()} >= THE_SIX
    assert len(pieces.names()) >= 12


@pytest.mark.parametrize("name", pieces.names())
def test_a_piece_says_what_it_is_and_has_a_form(name):
    said = json.loads((pieces.EXAMPLES / f"{name}.json").read_text())
    assert 60 <= len(said["about"]) <= 400
    assert len(said["story"]) >= 3
    assert all(point["title"] for point in said["story"].values())


def test_shuffled_notes_are_no_piece():
    # What the figures are worth: the same notes in another order fail them.
    notes = notes_of("figure-eight")
    waits = np.diff([note.heard_s for note in notes], prepend=0.0)
    own = np.random.default_rng(7).permutation(waits)
    _, bar = pieces.against_shuffles(own, lambda one: pieces.repetition(np.cumsum(one), 4 / 2.1))
    pitches = np.random.default_rng(7).permutation([note.hz for note in notes])
    _, bits = pieces.against_shuffles(pitches, pieces.shared_bits)
    assert bar < 99
    assert bits < 99


def test_the_measures_know_their_closed_forms():
    beats = np.arange(0.0, 60.0, 0.5)
    assert pieces.repetition(beats, 2.0) == pytest.approx(1.0, abs=0.05)
    assert pieces.repetition(beats, 2.25) < 0
    # A, B, A, B ... of which one tells the next for certain: a bit. A coin tells nothing.
    assert pieces.shared_bits(np.array([0, 1] * 500)) == pytest.approx(1.0, abs=0.01)
    coin = np.random.default_rng(3).integers(0, 2, 2000)
    assert pieces.shared_bits(coin) == pytest.approx(0.0, abs=0.01)


def test_a_hundred_days_of_trappist_1_are_173_transits_and_62_conjunctions():
    transits = [note for note in of_rule("trappist-1", "transits") if note.universe_time < 100]
    meetings = [note for note in of_rule("trappist-1", "conjunctions") if note.universe_time < 100]

    counts = {name: sum(note.bodies[0] == name for note in transits) for name in "bcdefgh"}
    assert counts == {"b": 67, "c": 41, "d": 25, "e": 16, "f": 10, "g": 8, "h": 6}
    assert (transits[0].bodies[0], transits[-1].bodies[0]) == ("h", "b")
    assert transits[0].universe_time == pytest.approx(0.0875, abs=1e-5)
    assert transits[-1].universe_time == pytest.approx(99.95303, abs=1e-5)
    assert len(meetings) == 62


@pytest.mark.parametrize(("rule", "parts"), [("three", 3), ("four", 4), ("five", 5), ("seven", 7)])
def test_the_balls_of_the_polyrhythm_count_their_bar(rule, parts):
    # A bar is 2.4 s; a ball dropped at the start lands after half of its own period.
    period = 2.4 / parts
    places = [note.heard_s / period - 0.5 for note in of_rule("polyrhythm", rule)]
    assert places == pytest.approx(np.round(places), abs=1e-6)


@pytest.mark.parametrize("member", [0, 6, 14])
def test_the_pendulums_swing_51_to_65_times_a_minute(member):
    mine = [n for n in of_rule("pendulum-waves", "bells") if n.bodies == (f"p-{member:02d}",)]
    period = 60.0 / (51 + member)
    # Let go at the left: it passes the bottom a quarter of a swing later.
    assert [note.heard_s for note in mine] == pytest.approx(
        [(k + 0.25) * period for k in range(len(mine))], abs=2e-3
    )
    assert len(mine) == int(30.0 / period + 0.75)


def test_four_contacts_of_the_cradle_are_one_note():
    clacks = of_rule("newtons-cradle", "clack")
    assert {note.why[0].before for note in clacks} == {4}
    assert np.diff([note.heard_s for note in clacks]) == pytest.approx(1.0344689, abs=1e-4)


def test_the_walls_of_the_gas_sing_on_their_grid():
    lines = [note.heard_s / 0.15 for note in of_rule("gas", "walls")]
    assert lines == pytest.approx(np.round(lines), abs=1e-6)


def test_the_strings_of_the_planets_are_keplers_intervals():
    # 106 seconds of arc a day is Saturn at aphelion, a G; Mercury passes 4, 5, 6 times 32 of it.
    ratios = {round(note.hz / hertz("G2"), 4) for note in of_rule("solar-system", "harp")}
    assert ratios == {4, 5, 6}
