import math

import pytest

from app.core.music import register


def test_default_registers_are_those_of_the_grammar():
    wanted = {"bass": (40, 160), "pad": (130, 500), "lead": (260, 1050), "bell": (500, 2100)}
    for voice, bounds in wanted.items():
        assert register.register(voice, melody_range=0.25) == bounds


@pytest.mark.parametrize("x", [0.0, 0.25, 0.5, 1.0])
def test_melody_range_gives_one_to_five_octaves_about_the_middle(x):
    low, high = register.register("bass", melody_range=x)
    assert math.log2(high / low) == pytest.approx(1 + 4 * x)
    assert math.sqrt(low * high) == pytest.approx(80.0)


def test_folding_moves_by_octaves_only_and_ends_inside():
    for hz in (20.0, 130.0, 499.0, 501.0, 2222.0):
        found = register.folded(hz, 130.0, 500.0)
        assert 130.0 <= found <= 500.0
        assert math.log2(found / hz) == pytest.approx(round(math.log2(found / hz)), abs=1e-12)


def test_a_leap_too_wide_moves_by_octaves_toward_the_last_note():
    assert register.nearer(880.0, 220.0, semitones=7.0) == 220.0
    assert register.nearer(220.0, 880.0, semitones=12.0) == 440.0
    assert register.nearer(330.0, 220.0, semitones=7.1) == 330.0


def test_an_octave_that_would_not_help_is_not_taken():
    tritone = 220.0 * 2**0.5
    assert register.nearer(tritone, 220.0, semitones=5.0) == tritone


def test_melody_complexity_widens_the_leap_from_seven_to_thirty_six_semitones():
    assert register.leap_semitones(0.0) == 7.0
    assert register.leap_semitones(1.0) == 36.0
