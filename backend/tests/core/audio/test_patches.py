import numpy as np
import pytest
from scipy import signal

from app.core.audio.layout import PATCH, WAVE
from app.core.audio.meters import Loudness, rms
from app.core.audio.patches import PATCHES, WAVES, own, rows
from app.core.document.music import BUILT_IN_VOICES, VoiceSpec


def test_every_voice_of_the_document_has_a_patch():
    assert set(BUILT_IN_VOICES) <= set(PATCHES)


def test_a_row_holds_all_of_a_patch():
    row = rows({"bass": PATCHES["bass"]})[0]

    assert [row[name] for name in PATCH.names] == [getattr(PATCHES["bass"], n) for n in PATCH.names]


def test_a_voice_of_ones_own_keeps_what_it_does_not_change():
    patch, wave = own(VoiceSpec("mine", "pad", {"attack": 0.5, "level": 0.5, "pan": -1}))

    assert wave is None
    assert (patch.attack, patch.pan, patch.release) == (0.5, -1, PATCHES["pad"].release)
    assert patch.level == pytest.approx(0.5 * PATCHES["pad"].level)


def test_brightness_and_vibrato_are_a_voice_s_own():
    patch, _ = own(VoiceSpec("mine", "lead", {"brightness": 0.3, "vibrato": 40}))

    assert (patch.brightness, patch.vibrato_cents) == (0.3, 40)


@pytest.mark.parametrize("name", PATCHES)
def test_vibrato_bends_every_voice(play, name):
    """A hundred cents at 5.2 Hz: the pitch swings by a semitone either way and no further."""
    patch = {"vibrato_cents": 100, "vibrato_hz": 5.2, "vibrato_delay": 0.01, "drop": 0.0}
    patch["width"] = 0.0  # two oscillators swing apart
    tone = signal.hilbert(
        _first(play(1.0, voice=name, hz=440.0, duration_s=2.0, patch=patch), 440.0)
    )
    hz = np.diff(np.unwrap(np.angle(tone[4800:28_800]))) * 48_000 / (2 * np.pi)
    swing = 1200 * np.log2(np.quantile(hz, [0.02, 0.98]) / 440.0)

    assert swing[0] == pytest.approx(-100, abs=12)
    assert swing[1] == pytest.approx(100, abs=12)


def _first(sound, hz):
    """Keep the first partial, by a filter three semitones wide either way."""
    band = signal.butter(4, [hz / 1.2, hz * 1.2], "band", fs=48_000, output="sos")
    return signal.sosfiltfilt(band, sound[:, 0])


def test_a_bell_given_a_wave_becomes_a_struck_wave():
    patch, wave = own(VoiceSpec("mine", "bell", {"wave": "square"}))

    assert (patch.kind, patch.sustain, wave) == (WAVE, 0.0, WAVES["square"])


@pytest.mark.parametrize(
    "name", ["bell", "pluck", "pad", "strings", "organ", "piano", "lead", "sine"]
)
def test_voices_are_about_equally_loud(play, name):
    """The loudest 400 ms of a note at 440 Hz and velocity 0.7: -30 to -22 LUFS."""
    sound, meter, loudest = play(2.0, voice=name, duration_s=1.5), Loudness(), -120.0
    for at in range(0, len(sound), 4800):
        meter.hear(sound[at : at + 4800])
        loudest = max(loudest, meter.momentary)

    assert -30 < loudest < -22


@pytest.mark.parametrize("name", PATCHES)
def test_every_voice_ends_in_silence(play, name):
    sound = play(14.0, voice=name, hz=220.0, duration_s=0.5)

    assert rms(sound[:24_000]) > 0.003
    assert not np.any(np.abs(sound[-24_000:]) > 1e-6)


def test_partials_are_the_spectrum_of_a_voice(universe, note):
    from app.core.audio import Instrument

    document = universe(
        voices={"mine": {"like": "organ", "partials": [1.0, 0.0, 0.5]}},
        reverb__mix=0, filter__cutoff=20_000,
    )  # fmt: skip
    sound = Instrument.of(document).render(
        0, 120, [note(voice="mine", hz=480.0, duration_s=9.0)], []
    )
    power = np.abs(np.fft.rfft(sound[24_000:, 0] * np.hanning(24_000)))
    first, second, third = (power[round(480 * n / 2)] for n in (1, 2, 3))

    assert second < 0.01 * first
    assert 0.3 < third / first < 0.55


def test_a_filter_of_ones_own_darkens_only_that_voice(universe, note):
    from app.core.audio import Instrument
    from app.core.audio.meters import centroid_hz

    document = universe(
        voices={"dark": {"like": "lead", "filter": {"cutoff": 300.0}}}, reverb__mix=0
    )
    dark, plain = (
        Instrument.of(document).render(0, 120, [note(voice=name, hz=220.0)], [])
        for name in ("dark", "lead")
    )

    assert centroid_hz(dark) < 0.8 * centroid_hz(plain)
