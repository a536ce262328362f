import numpy as np
import pytest
from scipy import fft, signal

from app.core.audio.layout import WAVE
from app.core.audio.patches import PATCHES
from app.core.audio.wave import place

WAVES = [name for name, patch in PATCHES.items() if patch.kind == WAVE]


def test_half_octaves_stand_one_apart_on_the_stair():
    assert [place(octaves) for octaves in (0.0, 0.5, 1.0, 1.5, 2.0)] == [0.0, 0.5, 1.0, 2.0, 3.0]


@pytest.mark.parametrize("name", WAVES)
@pytest.mark.parametrize("hz", [987.654])
def test_waves_are_in_tune(play, cents, name, hz):
    sound = play(5.0, voice=name, hz=hz, duration_s=10.0, patch={"vibrato_cents": 0})[48_000:].sum(
        axis=1
    )

    assert abs(cents(sound, hz)) < 0.1


@pytest.mark.parametrize("name", WAVES)
@pytest.mark.parametrize("hz", [220.0, 880.0, 3322.4])
def test_nothing_folds_back(play, name, hz):
    """Whatever stands between the harmonics lies 60 dB below the loudest, up to 20 kHz."""
    sound = play(2.5, voice=name, hz=hz, duration_s=9.0, brightness=1.0, patch={"vibrato_cents": 0})
    sound = sound[72_000:, 0]
    power = np.abs(fft.rfft(sound * signal.windows.blackmanharris(len(sound), sym=False))) ** 2
    f = fft.rfftfreq(len(sound), 1 / 48_000)
    away = np.abs(f - np.maximum(np.round(f / hz), 1) * hz) > 10

    assert np.max(power[away & (f < 20_000)]) < 1e-6 * np.max(power)


def test_a_sine_is_pure(play):
    """THD+N of the float output: what a notch of the tone itself leaves, -110 dB."""
    sound = play(3.0, voice="sine", hz=997.0, duration_s=10.0)[48_000:, 0]
    t = np.arange(len(sound)) / 48_000
    basis = np.stack([np.sin(2 * np.pi * 997 * t), np.cos(2 * np.pi * 997 * t), np.ones_like(t)], 1)
    rest = sound - basis @ np.linalg.lstsq(basis, sound, rcond=None)[0]

    assert 20 * np.log10(np.std(rest) / np.std(sound)) < -110


def test_brightness_opens_the_spectrum(play):
    from app.core.audio.meters import centroid_hz

    dull, bright = (
        centroid_hz(play(1.0, voice="bass", hz=110.0, brightness=b)) for b in (0.1, 0.9)
    )

    assert bright > 1.3 * dull
