import numpy as np
import pytest

from app.core.audio.layout import PARTIALS_MAX
from app.core.audio.modes import BANKS, BELL, DRUM, PIANO, banks


def test_every_bank_has_its_pitch_first_and_a_bell_and_a_drum_have_it_loudest():
    assert [modes[0][0] for modes in (BELL, DRUM, PIANO)] == [1.0, 1.0, 1.0]
    for modes in (BELL, DRUM):
        assert modes[0][1] == max(level for _, level, _ in modes)


def test_higher_modes_die_sooner():
    for modes in (BELL, DRUM):
        decays = [decay for ratio, _, decay in sorted(modes) if ratio >= 1]
        assert decays[-1] > 4 * decays[0]


def test_a_bell_is_not_harmonic_and_a_piano_nearly():
    assert max(abs(ratio - round(ratio)) for ratio, _, _ in BELL) > 0.3
    assert PIANO[7][0] == pytest.approx(8, rel=0.02)
    assert PIANO[7][0] > 8


def test_all_of_them_fit_the_bank():
    assert banks().shape == (len(BANKS), PARTIALS_MAX, 3)
    assert np.count_nonzero(banks()[0, :, 1]) == len(BELL)
