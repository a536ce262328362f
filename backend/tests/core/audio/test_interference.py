import numpy as np
import pytest

from app.core.audio import Instrument


def sound(universe, note, amount, seconds=6.0, hz=600.0):
    instrument = Instrument.of(universe(reverb__mix=0, interference=amount, filter__cutoff=20_000))
    steady = note(1, 0, voice="sine", hz=hz, duration_s=99.0)
    return instrument.render(0, round(seconds * 120), [steady], [])[9600:, 0].astype(float)


def envelope(x, hz=600.0):
    turn = np.exp(-2j * np.pi * hz * np.arange(len(x)) / 48_000)
    return np.abs(np.convolve(x * turn, np.hanning(800) / 400, mode="valid"))


@pytest.mark.parametrize("amount", [0.2, 0.5, 0.9])
def test_a_note_beats_as_deep_as_the_copy_is_loud(universe, note, amount):
    """Two tones of 1 and a swing between 1 + a and 1 - a."""
    swing = envelope(sound(universe, note, amount))

    assert np.min(swing) / np.max(swing) == pytest.approx((1 - amount) / (1 + amount), abs=0.03)


def test_it_beats_between_half_a_time_and_six_times_a_second(universe, note):
    swing = envelope(sound(universe, note, 0.6, seconds=31.0))
    middle = 0.5 * (np.min(swing) + np.max(swing))
    beats = np.flatnonzero((swing[:-1] < middle) & (swing[1:] >= middle)) / 48_000

    assert 1 / np.max(np.diff(beats)) == pytest.approx(0.5, abs=0.4)
    assert 1 / np.min(np.diff(beats)) == pytest.approx(6.0, abs=0.3)


def test_the_copy_is_above_the_note_only(universe, note):
    """The other sideband would lie 3 Hz below; it is 33 dB down."""
    x = sound(universe, note, 1.0, seconds=10.0)[4 * 48_000 :]
    power = np.abs(np.fft.rfft(x * np.blackman(len(x)))) ** 2
    f = np.fft.rfftfreq(len(x), 1 / 48_000)
    above = np.max(power[(f > 600.7) & (f < 607)])

    assert np.max(power[(f > 593) & (f < 599.3)]) < 5e-4 * above


def test_without_interference_nothing_beats(universe, note):
    swing = envelope(sound(universe, note, 0.0))

    assert np.max(swing) / np.min(swing) < 1.0001
