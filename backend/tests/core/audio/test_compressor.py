import numpy as np
import pytest

from app.core.audio import knobs as k
from app.core.audio.compressor import compress, reduction
from app.core.audio.engine import forget
from app.core.audio.layout import DESK, TICK


def settled_gain_db(level_db, threshold, ratio):
    desk = np.zeros(1, dtype=DESK)
    forget(desk[0])
    knobs = np.zeros((k.KNOBS, 2))
    knobs[k.THRESHOLD], knobs[k.COMPRESSION] = threshold, ratio
    tone = 10 ** (level_db / 20) * np.sin(2 * np.pi * 1200 * np.arange(TICK) / 48_000)
    for _ in range(120):
        left, right = tone.copy(), tone.copy()
        compress(desk[0], knobs, left, right)
    return 20 * np.log10(np.max(left) / np.max(tone))


@pytest.mark.parametrize(("level", "ratio"), [(-10.0, 4.0), (-4.0, 2.0), (-16.0, 20.0)])
def test_what_is_over_the_threshold_is_divided_by_the_ratio(level, ratio):
    """A sine on both sides has the level of its peak; the threshold is -24 dB."""
    wanted = -(level + 24) * (1 - 1 / ratio)

    assert settled_gain_db(level, -24.0, ratio) == pytest.approx(wanted, abs=0.3)


def test_below_the_threshold_nothing_changes():
    assert settled_gain_db(-40.0, -24.0, 8.0) == pytest.approx(0, abs=1e-9)


def test_a_ratio_of_one_is_no_compressor():
    assert settled_gain_db(-1.0, -60.0, 1.0) == 0


def test_the_knee_is_smooth():
    over = np.linspace(-4, 4, 801)
    taken = np.array([reduction(-20.0 + x, -20.0, 4.0) for x in over])

    assert np.all(np.diff(taken) >= 0)
    assert np.max(np.abs(np.diff(taken, n=2))) < 2e-5
