import numpy as np
import pytest
from scipy import fft, signal

from app.core.audio.layout import STRING, WAVE
from app.core.audio.partials import partials
from app.core.audio.patches import PATCHES

STEADY = {"vibrato_cents": 0, "noise": 0.0, "drop": 0.0}


@pytest.mark.parametrize("name", PATCHES)
@pytest.mark.parametrize("hz", [55.0, 233.08, 987.77, 2093.0, 3322.4, 4000.0])
def test_a_voice_holds_what_it_declares_and_nothing_folds_back(play, name, hz):
    """Anything else from 20 Hz to 20 kHz lies 60 dB under the loudest partial."""
    patch = PATCHES[name]
    sound = play(2.5, voice=name, hz=hz, duration_s=9.0, brightness=1.0, patch=STEADY)
    # What is struck is heard from where its onset is over.
    sound = sound[72_000:, 0] if patch.kind == WAVE else sound[1200:, 0]
    sound = sound[:5760] if name == "drum" else sound
    window = signal.windows.blackmanharris(len(sound), sym=False)
    power = np.abs(fft.rfft(sound * window)) ** 2
    f = fft.rfftfreq(len(sound), 1 / 48_000)
    away = np.full(len(f), True)
    for one in partials(patch, hz):
        # The overtones of a string lie a little off, as its all-pass bends them.
        width = 12.0 + (0.03 * one if patch.kind == STRING else 0.0)
        if name == "drum":  # an eighth of a second of a stroke is 150 Hz wide
            width = 150.0
        away &= np.abs(f - one) > width

    assert np.max(power[away & (f > 20) & (f < 20_000)], initial=0.0) < 1e-6 * np.max(power)


@pytest.mark.parametrize("name", [name for name in PATCHES if name not in ("drum", "pluck")])
@pytest.mark.parametrize("hz", [82.41, 987.654, 3951.07])
def test_every_voice_is_in_tune_to_a_tenth_of_a_cent(play, cents, name, hz):
    sound = play(5.0, voice=name, hz=hz, duration_s=10.0, patch=STEADY)[9600:].sum(axis=1)

    assert abs(cents(sound, hz)) < 0.1


def test_modes_and_harmonics_end_where_hearing_does():
    bell, pad = (partials(PATCHES[name], 4000.0) for name in ("bell", "pad"))

    assert max(bell) < 20_000
    assert max(pad) < 21_000
    assert len(partials(PATCHES["sine"], 4000.0)) == 1
