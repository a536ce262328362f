import numpy as np
import pytest
from scipy import signal

from app.core.audio import Instrument
from app.core.audio.interference import FASTEST_HZ, SLOWEST_HZ, beat
from app.core.audio.meters import decibels, rms
from app.core.audio.patches import PATCHES

BARE = {"reverb__mix": 0.0, "filter__cutoff": 20_000.0}
HZ = 600.0


def sound(universe, note, amount, voice="sine", seconds=10.0, number=1):
    instrument = Instrument.of(universe(**BARE, interference=amount))
    steady = note(number, 0, voice=voice, hz=HZ, duration_s=99.0)
    return instrument.render(0, round(seconds * 120), [steady], [])[:, 0].astype(float)


def envelope(x, hz=HZ):
    """Give the amplitude of the tone at a frequency, through a window 17 ms wide."""
    turn = np.exp(-2j * np.pi * hz * np.arange(len(x)) / 48_000)
    return np.abs(signal.oaconvolve(x * turn, np.hanning(800) / 400, mode="valid"))


@pytest.mark.parametrize("amount", [0.2, 0.5, 0.9])
def test_a_note_beats_as_deep_as_its_twin_is_loud(universe, note, amount):
    """Two tones of 1 and a swing between 1 + a and 1 - a."""
    swing = envelope(sound(universe, note, amount)[9600:])

    assert np.min(swing) / np.max(swing) == pytest.approx((1 - amount) / (1 + amount), abs=0.02)


@pytest.mark.parametrize("voice", PATCHES)
@pytest.mark.parametrize("number", [1, 2])
def test_every_voice_beats_as_often_as_its_note_says(universe, note, voice, number):
    """Seen from the same note without a twin, whose decay and vibrato cancel."""
    swing, plain = (envelope(sound(universe, note, a, voice, 2.5, number)) for a in (0.8, 0.0))
    ratio = (swing / np.maximum(plain, 1e-6))[4800 : 4800 + round(0.8 * 48_000)]
    t = np.arange(len(ratio)) / 48_000
    start = (4800 + 400) / 48_000  # where the first window lies, 5 ms limiter and onset aside
    turn = 2 * np.pi * beat(number) * (t + start - (400 + 240) / 48_000)
    wanted = np.sqrt(1 + 0.64 + 1.6 * np.cos(turn)) / np.sqrt(1.64)

    assert SLOWEST_HZ <= beat(number) <= FASTEST_HZ
    if voice == "drum":  # it falls in pitch as it is struck; the beat is there all the same
        assert np.max(ratio) > 1.1
    else:
        assert np.max(np.abs(ratio - wanted)) < 0.15


def test_beats_lie_between_half_a_time_and_six_times_a_second():
    beats = [beat(number) for number in range(400)]

    assert SLOWEST_HZ <= min(beats) < 0.55
    assert 5.5 < max(beats) <= FASTEST_HZ


def test_the_twin_of_a_bell_is_above_it_only(universe, note):
    """The other sideband would lie as far below; it is 60 dB down."""
    number = max(range(20), key=beat)
    x = sound(universe, note, 1.0, voice="bell", number=number)[9600 : 9600 + 6 * 48_000]
    power = np.abs(np.fft.rfft(x * signal.windows.blackmanharris(len(x)))) ** 2
    f = np.fft.rfftfreq(len(x), 1 / 48_000)
    off = beat(number)
    above = np.max(power[np.abs(f - HZ - off) < 0.3])

    assert above > 0.1 * np.max(power)
    assert np.max(power[(f > HZ - off - 0.3) & (f < HZ - off + 0.3)]) < 1e-5 * above


@pytest.mark.parametrize("voice", ["bell", "pluck", "organ"])
def test_with_its_twin_a_note_is_about_as_loud(universe, note, voice):
    plain, full = (decibels(rms(sound(universe, note, a, voice)[:240_000])) for a in (0.0, 1.0))

    assert full == pytest.approx(plain, abs=2.5)


@pytest.mark.parametrize("voice", ["bell", "pluck", "organ", "strings"])
def test_turning_it_on_does_not_click(universe, note, voice):
    instrument = Instrument.of(universe(**BARE))
    parts = [instrument.render(0, 60, [note(1, 0, voice=voice, hz=220.0, duration_s=9.0)], [])]
    instrument.set("music.interference", 1.0)
    parts.append(instrument.render(60, 60, [], []))
    x = np.concatenate(parts)[:, 0].astype(float)
    high = signal.sosfilt(signal.butter(8, 2000, "high", fs=48_000, output="sos"), x) ** 2
    power = np.convolve(high, np.full(240, 1 / 240), mode="same")
    edge = 60 * 400 + 240

    # Two together may be twice as strong as one.
    most = 2.2 * np.max(power[18_000:23_000]) + 1e-6 * np.max(x**2)
    assert np.max(power[edge - 240 : edge + 900]) < most


def test_without_interference_nothing_beats(universe, note):
    swing = envelope(sound(universe, note, 0.0)[9600:])

    assert np.max(swing) / np.min(swing) < 1.0001
