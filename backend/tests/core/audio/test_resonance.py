import numpy as np
import pytest
from scipy import signal

from app.core.audio import Instrument
from app.core.audio.meters import decibels, rms


def tail(universe, note, hz, resonance):
    instrument = Instrument.of(universe(reverb__mix=0, resonance=resonance))
    instrument.tune((220.0, 330.0))
    stroke = note(voice="sine", hz=hz, duration_s=0.5, velocity=1.0)
    return instrument.render(0, 240, [stroke], [])[48_000:, 0]


def test_a_string_answers_its_own_pitch_and_hardly_another(universe, note):
    own, other = (rms(tail(universe, note, hz, 1.0)) for hz in (330.0, 290.0))

    assert decibels(own) > decibels(other) + 20
    assert decibels(own) > -50


def test_more_resonance_rings_louder_and_none_not_at_all(universe, note):
    levels = [rms(tail(universe, note, 330.0, amount)) for amount in (0.0, 0.3, 0.6)]

    assert levels[0] < 1e-9
    assert levels[2] / levels[1] == pytest.approx(2, rel=0.01)


def test_what_rings_on_is_the_strings_own_pitch(universe, note, cents):
    sound = tail(universe, note, 330.6, 1.0).astype(float)

    assert abs(cents(sound, 330.0)) < 1


def test_a_string_in_tune_with_the_new_chord_keeps_ringing(universe, note):
    """C major to A minor: C and E stay, G leaves without a click, A is new."""
    c, e, g, a = 261.63, 329.63, 392.0, 220.0
    instrument = Instrument.of(universe(reverb__mix=0, resonance=1.0, filter__cutoff=20_000))
    instrument.tune((c, e, g))
    strokes = [note(n, 0, voice="sine", hz=hz, duration_s=0.3) for n, hz in enumerate((c, e, g))]
    before = instrument.render(0, 60, strokes, [])
    rows = dict(
        zip(instrument._desk["string_hz"][0].tolist(), instrument._desk["strings"][0], strict=True)
    )
    kept = rows[e].copy()
    instrument.tune((a, c, e))
    now = instrument._desk[0]
    after = instrument.render(60, 60, [], [])
    sound = np.concatenate((before, after))[:, 0].astype(float)
    high = signal.sosfilt(signal.butter(8, 3200, "high", fs=48_000, output="sos"), sound)

    assert set(now["string_hz"].tolist()) - {0.0} == {a, c, e}
    assert np.hypot(*now["strings"][now["string_hz"].tolist().index(e)]) < np.hypot(*kept)
    assert np.max(np.abs(high[24_000:30_000])) < 1e-3 * np.max(np.abs(sound))


def test_a_string_that_leaves_rings_out(universe, note):
    instrument = Instrument.of(universe(reverb__mix=0, resonance=1.0))
    instrument.tune((330.0,))
    instrument.render(0, 60, [note(1, 0, voice="sine", hz=330.0, duration_s=0.3)], [])
    instrument.tune(())
    ringing = instrument.render(60, 60, [], [])
    fresh = instrument.render(120, 600, [], [])[-48_000:]

    assert rms(ringing) > 1e-3
    assert rms(fresh) < 1e-4
    later = instrument.render(
        720, 60, [note(2, 720 * 400, voice="sine", hz=330.0, duration_s=0.1)], []
    )
    assert rms(later[-4800:]) < 1e-4  # and hears nothing new
