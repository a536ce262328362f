import pytest

from app.core.music.chord import Progression, is_numeral, size, tones
from app.errors import ParameterError


def chord(numeral, key=0, scale="major", most=3):
    return set(tones(numeral, key=key, scale=scale, tones_max=most))


def test_triads_of_c_major():
    assert chord("I") == {0, 4, 7}
    assert chord("ii") == {2, 5, 9}
    assert chord("V") == {7, 11, 2}
    assert chord("vii") == {11, 2, 5}


def test_the_gas_progression_in_d_dorian():
    assert chord("i", 2, "dorian") == {2, 5, 9}
    assert chord("VII", 2, "dorian") == {0, 4, 7}
    assert chord("IV", 2, "dorian") == {7, 11, 2}


def test_case_decides_the_third_against_the_scale():
    assert chord("V", 9, "minor") == {4, 8, 11}
    assert chord("v", 9, "minor") == {4, 7, 11}


def test_signs_and_qualities():
    assert chord("bVII") == {10, 2, 5}
    assert chord("ii°") == {2, 5, 8}
    assert chord("I+") == {0, 4, 8}
    assert chord("Isus4") == {0, 5, 7}


def test_the_chord_grows_with_harmony_complexity():
    assert [size(x) for x in (0.0, 0.24, 0.25, 0.49, 0.5, 0.99, 1.0)] == [2, 2, 3, 3, 4, 4, 5]
    assert [chord("I", most=n) for n in (2, 3, 4, 5)] == [
        {0, 7},
        {0, 4, 7},
        {0, 4, 7, 11},
        {0, 4, 7, 11, 2},
    ]


def test_a_written_seventh_is_there_at_any_complexity():
    assert chord("V7", most=2) == {7, 11, 2, 5}
    assert chord("Imaj7", most=3) == {0, 4, 7, 11}


def test_what_is_no_chord_is_refused():
    assert not any(is_numeral(text) for text in ("", "VIII", "iX", "Iv", "H", "5"))
    with pytest.raises(ParameterError, match="'VIII' is no chord"):
        tones("VIII", key=0, scale="major", tones_max=3)


def test_a_progression_goes_round():
    loop = Progression(("i", "VII", "IV"), 8.0)
    assert [loop.at(beat) for beat in (0.0, 7.999, 8.0, 23.9, 24.0)] == ["i", "i", "VII", "IV", "i"]
