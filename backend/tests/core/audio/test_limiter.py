import numpy as np
import pytest
from scipy import signal

from app.core.audio.engine import forget
from app.core.audio.layout import DESK, TICK
from app.core.audio.limiter import CEILING, filters, limit

LOOKAHEAD = 240


def limited(sound):
    desk = np.zeros(1, dtype=DESK)
    forget(desk[0])
    taps = filters()
    reach = float(np.abs(taps).sum(axis=1).max())
    out = sound.copy()
    work = np.zeros((2, TICK))
    for at in range(0, len(out), TICK):
        left, right = out[at : at + TICK, 0].copy(), out[at : at + TICK, 1].copy()
        limit(desk[0], taps, reach, left, right, work)
        out[at : at + TICK, 0], out[at : at + TICK, 1] = left, right
    return out


def true_peak_db(sound):
    """The ideal interpolation by a zero-padded spectrum, 16 times the rate: not the limiter's filter."""
    fine = signal.resample(sound, 16 * len(sound), axis=0)
    return 20 * np.log10(np.max(np.abs(fine[8000:-8000])))


def hot(kind, level):
    rng = np.random.default_rng(3)
    t = np.arange(48_000) / 48_000
    sounds = {
        "noise": rng.normal(size=(48_000, 2)),
        "bursts": rng.normal(size=(48_000, 2)) * (np.sin(2 * np.pi * 9 * t) > 0.6)[:, None],
        "18 kHz": np.sin(2 * np.pi * 18_000 * t + 0.3)[:, None] * [1.0, 0.7],
        "clipped": np.sign(np.sin(2 * np.pi * 997 * t))[:, None] * [1.0, -1.0],
        "bass and ticks": (np.sin(2 * np.pi * 50 * t) + (rng.random(48_000) > 0.999))[:, None]
        * [1, 1],
    }
    return level * sounds[kind]


@pytest.mark.parametrize("kind", ["noise", "bursts", "18 kHz", "clipped", "bass and ticks"])
@pytest.mark.parametrize("level", [1.0, 8.0])
def test_the_true_peak_stays_below_one_decibel_under_full_scale(kind, level):
    assert true_peak_db(limited(hot(kind, level))) <= -1.0


def test_what_is_below_the_ceiling_is_only_delayed():
    sound = 0.2 * hot("18 kHz", 1.0)

    assert np.array_equal(limited(sound)[LOOKAHEAD:], sound[:-LOOKAHEAD])


def test_the_gain_has_no_corner_a_listener_could_hear():
    """One loud sample under a quiet tone: the dip's third differences stay below -80 dB."""
    sound = np.full((9600, 2), 0.1)
    sound[4800] = 4.0
    out = limited(sound)[:, 0]
    out[4800 + LOOKAHEAD] = out[4800 + LOOKAHEAD - 1]

    assert np.min(out[4000:]) < 0.05
    assert np.max(np.abs(np.diff(out[4000:], n=3))) < 1e-4


def test_a_quiet_side_goes_down_with_the_loud_one():
    sound = hot("noise", 1.0)
    sound[:, 1] = 0.1

    assert np.min(limited(sound)[4800:, 1]) < 0.06


def test_the_filters_are_flat_to_20_khz():
    for taps in filters():
        _, response = signal.freqz(taps, worN=[1000, 10_000, 20_000], fs=48_000)

        assert np.max(np.abs(20 * np.log10(np.abs(response)))) < 0.1


def test_the_ceiling_leaves_room_for_what_four_points_a_sample_miss():
    assert 20 * np.log10(CEILING) == pytest.approx(-1.8)
