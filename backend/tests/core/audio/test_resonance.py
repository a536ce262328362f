import numpy as np
import pytest

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


def test_the_strings_are_the_key_s_chord_until_they_are_tuned(universe, note):
    instrument = Instrument.of(universe(reverb__mix=0, resonance=1.0, key="D"))

    assert np.any(np.isclose(instrument._desk["string_hz"], 293.6648))
