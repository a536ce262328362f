import numpy as np
import pytest

from app.core.audio.mastering import Master, mastered
from app.core.audio.meters import decibels, loudness, true_peak

RNG = np.random.default_rng(4)


def piece(level, crest=1.0):
    """Give four seconds of soft noise in parts, with strokes `crest` times as high."""
    sound = RNG.normal(scale=level, size=(192_000, 2))
    sound[::24_000] += level * crest
    parts = np.split(sound.astype(np.float32), 8)
    return lambda: iter(parts)


@pytest.mark.parametrize("target", [-23.0, -16.0])
def test_a_piece_comes_to_its_loudness_by_gain_alone_where_peaks_allow(target):
    quiet = piece(0.01)
    master = mastered(quiet, target)
    out = np.concatenate(list(master.applied(quiet())))

    assert not master.limited
    assert loudness(out) == pytest.approx(target, abs=0.05)


def test_where_peaks_do_not_allow_it_the_limiter_makes_room():
    peaky = piece(0.02, crest=10.0)
    master = mastered(peaky, -14.0)
    out = np.concatenate(list(master.applied(peaky())))

    assert master.limited
    assert loudness(out) == pytest.approx(-14.0, abs=0.5)
    assert decibels(true_peak(out)) <= -1.0


def test_more_than_6_db_of_limiting_is_not_done_and_told():
    spiky = piece(0.001, crest=900.0)
    master = mastered(spiky, -14.0)

    assert master.loudness < -20
    assert loudness(np.concatenate(list(master.applied(spiky())))) == pytest.approx(
        master.loudness, abs=0.01
    )


def test_what_is_silent_is_left_alone():
    silence = [np.zeros((4800, 2), dtype=np.float32)] * 20
    master = mastered(lambda: iter(silence), -14.0)

    assert (master.gain_db, master.limited) == (0.0, False)


def test_the_true_peak_told_is_the_one_reached():
    for sound in (piece(0.01), piece(0.02, crest=10.0)):
        master = mastered(sound, -16.0)
        out = np.concatenate(list(master.applied(sound())))
        assert decibels(true_peak(out)) == pytest.approx(master.true_peak_db, abs=0.05)


def test_a_limited_piece_stays_in_time_and_as_long():
    quiet = piece(0.01)
    out = np.concatenate(list(Master(0.0, True, 0.0, 0.0).applied(quiet())))

    assert np.array_equal(out, np.concatenate(list(quiet())))
