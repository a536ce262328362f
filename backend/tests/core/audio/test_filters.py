import numpy as np
import pytest

from app.core.audio import knobs as k
from app.core.audio.filters import block, equalize, low_pass
from app.core.audio.layout import TICK

TICKS = 120


def through(filtering, hz):
    """Give the level in dB that a steady tone leaves with."""
    before = after = 0.0
    for tick in range(TICKS):
        tone = np.sin(2 * np.pi * hz * (tick * TICK + np.arange(TICK)) / 48_000)
        left, right = tone.copy(), tone.copy()
        filtering(left, right)
        assert np.array_equal(left, right)
        if tick >= TICKS // 2:
            before, after = before + np.sum(tone**2), after + np.sum(left**2)
    return 10 * np.log10(after / before)


def low_passed(hz, cutoff=1200.0, q=0.7071):
    knobs, state = np.zeros((k.KNOBS, 2)), np.zeros((2, 2))
    knobs[k.CUTOFF], knobs[k.CUTOFF_Q] = cutoff, q
    return through(lambda left, right: low_pass(state, knobs, left, right, np.zeros((3, TICK))), hz)


def equalized(hz, **gains):
    knobs, state = np.zeros((k.KNOBS, 2)), np.zeros((2, 3, 2))
    for name, gain in gains.items():
        knobs[getattr(k, f"EQ_{name.upper()}")] = gain
    return through(lambda left, right: equalize(state, knobs, left, right, np.zeros((3, TICK))), hz)


def test_the_low_pass_is_3_db_down_at_its_cutoff_and_falls_12_an_octave():
    assert low_passed(1200.0) == pytest.approx(-3.01, abs=0.05)
    assert low_passed(120.0) == pytest.approx(0, abs=0.05)
    assert low_passed(4800.0) == pytest.approx(-24.5, abs=1.0)


@pytest.mark.parametrize("q", [0.5, 2.0, 10.0])
def test_q_is_the_level_at_the_cutoff(q):
    assert low_passed(1200.0, q=q) == pytest.approx(20 * np.log10(q), abs=0.1)


@pytest.mark.parametrize(("band", "hz"), [("low", 30.0), ("mid", 1000.0), ("high", 15_000.0)])
@pytest.mark.parametrize("gain", [-12.0, 6.0])
def test_each_band_lifts_its_own_and_leaves_the_others(band, hz, gain):
    assert equalized(hz, **{band: gain}) == pytest.approx(gain, abs=0.5)
    for other in {30.0, 1000.0, 15_000.0} - {hz}:
        assert abs(equalized(other, **{band: gain})) < 1.0


def test_a_flat_equalizer_is_none():
    assert equalized(440.0) == 0


def test_the_blocker_takes_direct_current_and_leaves_20_hz():
    state = np.zeros((2, 2))
    level = through(lambda left, right: block(state, left, right), 30.0)
    left, right = np.ones(TICK), np.ones(TICK)
    for _ in range(360):
        left, right = np.ones(TICK), np.ones(TICK)
        block(state, left, right)

    assert level == pytest.approx(0, abs=0.1)
    assert np.max(np.abs(left)) < 1e-6
