import math

import numpy as np
import pytest

from app.core.audio import Instrument
from app.core.audio.meters import centroid_hz, decibels, rms
from app.core.music.note import Control


@pytest.mark.parametrize("hz", [82.41, 440.0, 1318.5, 2637.0, 3520.0, 4000.0])
def test_strings_are_in_tune_to_half_a_cent_up_to_4_khz(play, cents, hz):
    sound = play(5.0, voice="pluck", hz=hz, duration_s=10.0)[4800:, 0]

    assert abs(cents(sound, hz)) < 0.5


@pytest.mark.parametrize("hz", [110.0, 440.0, 1760.0])
def test_the_fundamental_rings_as_long_as_asked(play, hz):
    """3.5 s at 440 Hz to -60 dB, by the power -0.55 of the frequency."""
    sound = play(3.0, voice="pluck", hz=hz, duration_s=10.0)[:, 0]
    t = np.arange(len(sound)) / 48_000
    tone = np.abs(np.convolve(sound * np.exp(-2j * np.pi * hz * t), np.hanning(4800), mode="valid"))
    early, late = int(0.2 * 48_000), int(0.7 * 48_000)

    fall = 20 * np.log10(tone[early] / tone[late])
    assert fall == pytest.approx(30 / (3.5 * (440 / hz) ** 0.55), rel=0.05)


def test_a_string_is_as_loud_whatever_its_noise(play):
    levels = [decibels(rms(play(0.3, number=n, voice="pluck", hz=220.0))) for n in range(1, 9)]

    assert max(levels) - min(levels) < 1.0


def test_high_strings_have_overtones_and_low_ones_are_not_harsh(play):
    low, high = (
        centroid_hz(play(0.5, voice="pluck", hz=hz)[:12_000]) / hz for hz in (110.0, 1760.0)
    )

    assert 1.02 < high < 3
    assert 1.5 < low < 12


def test_two_notes_are_not_plucked_quite_alike(play):
    first, second = (play(0.5, number=n, voice="pluck") for n in (1, 2))

    assert 0.5 < np.corrcoef(first[:, 0], second[:, 0])[0, 1] < 0.9999


def test_a_held_string_can_be_bent_without_a_click(universe, note, cents):
    """A semitone up in half a second: new pitch in tune, no sound far above its harmonics."""
    instrument = Instrument.of(universe(reverb__mix=0, filter__cutoff=20_000))
    string = note(1, 0, voice="pluck", hz=880.0, duration_s=math.inf, brightness=0.2)
    bend = [Control(1, t, 880.0 * 2 ** (min(t, 60) / 720), 0.7, 0.0, 0.2) for t in range(1, 61)]
    moving = instrument.render(0, 61, [string], bend)[12_000:, 0]
    still = instrument.render(61, 300, [], [])[4800:, 0].astype(float)
    power = np.abs(np.fft.rfft(moving * np.blackman(len(moving)))) ** 2

    assert abs(cents(still, 880.0 * 2 ** (1 / 12))) < 0.5
    assert np.max(power[round(12_000 * len(moving) / 48_000) :]) < 1e-6 * np.max(power)
