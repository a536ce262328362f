import numpy as np
import pytest

from app.core.audio.tables import HARMONICS, TABLE, stair


def spectrum(table):
    return np.abs(np.fft.rfft(table[:TABLE])) / (TABLE / 2)


def test_a_table_has_the_harmonics_of_its_step_and_no_more():
    saw = stair(tuple(1 / k for k in range(1, 513)))
    for level, harmonics in enumerate(HARMONICS):
        lines = spectrum(saw[level])

        assert np.all(lines[1 : harmonics + 1] > 0)
        assert np.max(lines[harmonics + 1 :]) < 1e-12


def test_the_first_harmonic_is_as_loud_on_every_step():
    saw = stair((1.0, 0.5, 0.25))

    assert [spectrum(table)[1] for table in saw] == pytest.approx([1 / 1.3125**0.5] * len(saw))


def test_a_table_goes_round():
    assert np.all(stair((0.3, 0.0, 0.7))[:, 0] == stair((0.3, 0.0, 0.7))[:, TABLE])


def test_the_steps_are_half_octaves():
    assert HARMONICS[:8] == (1, 2, 3, 4, 6, 8, 12, 16)
