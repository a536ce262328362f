import numpy as np
import pytest

from app.core.audio.meters import (
    Loudness,
    bands,
    centroid_hz,
    decibels,
    loudness,
    peak,
    rms,
    spectrum,
    true_peak,
)


def tone(hz, level=1.0, seconds=1.0):
    t = np.arange(round(seconds * 48_000)) / 48_000
    return level * np.sin(2 * np.pi * hz * t)[:, None] * [1.0, 1.0]


def test_levels_of_a_tone():
    assert peak(tone(1000, 0.5)) == pytest.approx(0.5)
    assert rms(tone(1000, 0.5)) == pytest.approx(0.5 / 2**0.5)
    assert decibels(0.1) == pytest.approx(-20)


def test_nothing_has_levels_too():
    nothing = np.zeros((0, 2))

    assert (peak(nothing), rms(nothing), true_peak(nothing), decibels(0.0)) == (0, 0, 0, -120)
    assert centroid_hz(np.zeros((480, 2))) == 0


def test_a_997_hz_tone_at_full_scale_on_both_sides_is_zero_lufs():
    """EBU Tech 3341: a stereo sine at -23 dBFS is -23 LUFS, within 0.1."""
    assert loudness(tone(997, 10 ** (-23 / 20), 5.0)) == pytest.approx(-23.0, abs=0.1)


def test_silences_are_gated_out():
    """EBU Tech 3341, case 3: ten seconds at -36 around a minute at -23 are -23."""
    loud, soft = tone(997, 10 ** (-23 / 20), 30.0), tone(997, 10 ** (-36 / 20), 5.0)

    assert loudness(np.concatenate((soft, loud, soft))) == pytest.approx(-23.0, abs=0.1)


def test_a_meter_hears_the_same_in_any_stretches():
    sound = np.random.default_rng(2).normal(scale=0.1, size=(96_000, 2))
    meter = Loudness()
    for at in range(0, len(sound), 2400):
        meter.hear(sound[at : at + 2400])

    assert meter.integrated == pytest.approx(loudness(sound), abs=1e-9)


def test_momentary_loudness_is_of_the_last_400_ms():
    meter = Loudness()
    meter.hear(np.concatenate((tone(997, 0.5, 2.0), np.zeros((24_000, 2)))))

    assert meter.momentary < -60


def test_the_spectrum_holds_all_the_power():
    _, power = spectrum(tone(1000, 0.5))

    assert bands(tone(1000, 0.5), [0, 900, 1100, 24_001]).round(6).tolist() == [0, 1, 0]
    assert np.sum(power) > 0


def test_the_centroid_of_a_tone_is_its_pitch():
    assert centroid_hz(tone(1234)) == pytest.approx(1234, rel=1e-3)


def test_the_true_peak_lies_between_the_samples():
    sound = np.tile(
        [[0.7071, 0.7071], [0.7071, 0.7071], [-0.7071, -0.7071], [-0.7071, -0.7071]], (500, 1)
    )

    assert true_peak(sound[100:-100]) > 0.98
