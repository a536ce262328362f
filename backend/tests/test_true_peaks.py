"""The short form of what make proof does over a thousand universes."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

_spec = importlib.util.spec_from_file_location(
    "true_peaks", Path(__file__).resolve().parent / "true_peaks.py"
)
true_peaks = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(true_peaks)


@pytest.mark.proof
@pytest.mark.timeout(1800)
def test_no_random_universe_rises_above_one_decibel_under_full_scale(proof):
    assert max(true_peaks.peaks_db(1000 if proof else 20)) <= true_peaks.ASKED_DB


def test_its_meter_sees_between_the_samples():
    """A quarter of the sample rate, met 45 degrees off its crests: 3 dB more than any sample."""
    tone = np.sin(np.pi / 2 * np.arange(9600) + np.pi / 4)[:, None] * [1.0, 0.5]

    assert np.max(np.abs(tone)) < 0.708
    assert true_peaks.true_peak_db(tone * np.hanning(9600)[:, None]) == pytest.approx(0, abs=0.01)
