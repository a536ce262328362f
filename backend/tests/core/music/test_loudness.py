import pytest

from app.core.music.loudness import CURVE_DB, corrected, correction_db


def test_the_curve_passes_through_its_octaves_and_is_straight_between():
    for octave, db in enumerate(CURVE_DB):
        assert correction_db(31.25 * 2**octave) == pytest.approx(db, abs=1e-9)
    assert correction_db(31.25 * 2**1.5) == pytest.approx(1.0)


def test_beyond_its_ends_the_curve_stays():
    assert correction_db(10.0) == CURVE_DB[0]
    assert correction_db(16_000.0) == CURVE_DB[-1]


def test_a_bass_is_lifted_and_nothing_exceeds_one():
    assert corrected(0.4, 62.5) == pytest.approx(0.4 * 10 ** (2 / 20))
    assert corrected(0.9, 40.0) == 1.0
    assert corrected(0.5, 1000.0) == pytest.approx(0.5 * 10 ** (-4 / 20))
