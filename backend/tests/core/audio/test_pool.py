import math

import numpy as np
import pytest
from scipy import signal

from app.core.audio import Instrument
from app.core.audio.layout import IDLE, POOL, VOICES_MAX
from app.core.audio.meters import centroid_hz, decibels, rms
from app.core.audio.patches import PATCHES
from app.core.audio.pool import strength, tone
from app.core.music.note import Control

VOICES = tuple(PATCHES)


def sounding(instrument):
    voices = instrument._voices
    return voices[voices["kind"] != IDLE]


def test_a_decade_of_velocity_is_30_decibels():
    assert decibels(strength(1.0)) - decibels(strength(0.1)) == pytest.approx(30)


def test_hard_notes_are_brighter():
    assert tone(0.5, 1.0, 0.0) > tone(0.5, 0.2, 0.0)


def test_the_quietest_voice_makes_room(universe, note):
    instrument = Instrument.of(universe())
    crowd = [
        note(n, 400, voice="pad", velocity=0.1 if n == 17 else 0.8, duration_s=9.0)
        for n in range(VOICES_MAX)
    ]
    instrument.render(0, 120, crowd, [])
    instrument.render(120, 1, [note(900, 48_000, voice="pad")], [])

    assert 17 not in sounding(instrument)["note"]
    assert len(sounding(instrument)) == VOICES_MAX
    assert 900 in sounding(instrument)["note"]


def test_of_equal_voices_the_oldest_goes(universe, note):
    instrument = Instrument.of(universe())
    crowd = [note(n, 400, voice="sine", hz=440.0, duration_s=9.0) for n in range(VOICES_MAX)]
    instrument.render(0, 120, crowd, [])
    instrument.render(120, 2, [note(900, 48_000)], [])

    assert 0 not in sounding(instrument)["note"]


def test_a_thousand_notes_in_one_tick_neither_break_nor_clip(universe, note):
    instrument = Instrument.of(universe())
    names = ("bell", "pluck", "pad", "bass", "drum")
    crowd = [note(n, 400, voice=names[n % 5], hz=100.0 + n, velocity=1.0) for n in range(1000)]
    sound = instrument.render(0, 60, crowd, [])

    assert np.all(np.isfinite(sound))
    assert np.max(np.abs(sound)) < 0.8913  # -1 dB
    assert len(sounding(instrument)) <= POOL


def held(note, **values):
    return note(1, 0, voice="sine", duration_s=math.inf, **values)


def follow(ticks, values):
    return [Control(1, t, *values(t)) for t in range(*ticks)]


def test_a_held_note_follows_its_pitch(universe, note, cents):
    instrument = Instrument.of(universe(reverb__mix=0))
    glide = follow((1, 121), lambda t: (220.0 * 2 ** (min(t, 60) / 60), 0.7, 0.0, 0.5))
    instrument.render(0, 121, [held(note, hz=220.0)], glide)
    sound = instrument.render(121, 480, [], [])[2400:, 0].astype(float)

    assert abs(cents(sound, 440.0)) < 0.1


@pytest.mark.parametrize("voice", [voice for voice in VOICES if voice != "drum"])
def test_every_held_voice_bends_with_its_body(universe, note, cents, voice):
    """A fifth up within a quarter of a second, and in tune there."""
    instrument = Instrument.of(
        universe(
            reverb__mix=0, filter__cutoff=20_000, voices={"own": {"like": voice, "vibrato": 0}}
        )
    )
    one = note(1, 0, voice="own", duration_s=math.inf, hz=220.0)
    bend = follow((1, 31), lambda t: (220.0 * 1.5 ** (t / 30), 0.7, 0.0, 0.5))
    instrument.render(0, 31, [one], bend)
    sound = instrument.render(31, 480, [], [])[4800:].sum(axis=1).astype(float)

    assert abs(cents(sound, 330.0)) < 0.5


def test_a_gliding_note_is_smooth(universe, note):
    """No part of a slow glide's spectrum lies outside its path: -70 dB an octave above it."""
    instrument = Instrument.of(universe(reverb__mix=0, filter__cutoff=20_000))
    glide = follow((1, 240), lambda t: (300.0 + t, 0.7, 0.0, 0.5))
    sound = instrument.render(0, 240, [held(note, hz=300.0)], glide)[9600:, 0]
    power = np.abs(np.fft.rfft(sound * np.blackman(len(sound)))) ** 2
    f = np.fft.rfftfreq(len(sound), 1 / 48_000)

    assert np.max(power[f > 1100]) < 1e-7 * np.max(power)


def test_a_held_note_follows_its_loudness_and_place(universe, note):
    instrument = Instrument.of(universe(reverb__mix=0))
    first = instrument.render(0, 60, [held(note, pan=-1.0, velocity=1.0)], [])[12_000:]
    second = instrument.render(60, 60, [], follow((60, 61), lambda t: (440.0, 0.5, 1.0, 0.5)))[
        12_000:
    ]

    assert rms(first[:, 1]) < 1e-6
    assert rms(second[:, 0]) < 1e-6
    fall = decibels(rms(first[:, 0])) - decibels(rms(second[:, 1]))
    assert fall == pytest.approx(decibels(strength(1.0)) - decibels(strength(0.5)), abs=0.05)


def test_a_held_bell_may_swell_from_nothing(universe, note):
    instrument = Instrument.of(universe(reverb__mix=0))
    bell = note(1, 0, voice="bell", duration_s=math.inf, velocity=0.0)
    instrument.render(0, 3, [bell], [])
    swell = follow((3, 60), lambda t: (440.0, t / 60, 0.0, 0.5))

    assert rms(instrument.render(3, 57, [], swell)) > 0.01


@pytest.mark.parametrize("voice", VOICES)
def test_a_held_note_opens_and_closes_with_its_brightness(universe, note, voice):
    """From a middling tone up to the brightest and down to the dullest."""
    centres = {}
    for bright in (0.1, 0.5, 1.0):
        instrument = Instrument.of(universe(reverb__mix=0, filter__cutoff=20_000))
        one = note(1, 0, voice=voice, duration_s=math.inf, hz=220.0, brightness=0.5)
        instrument.render(0, 12, [one], [])
        moves = [Control(1, 12, 220.0, 0.7, 0.0, bright)] if bright != 0.5 else []
        centres[bright] = centroid_hz(instrument.render(12, 60, [], moves)[800:9600])

    if voice != "sine":  # which has nothing to open
        assert centres[0.1] < 0.998 * centres[0.5]
        assert centres[1.0] > 1.002 * centres[0.5]


@pytest.mark.parametrize("voice", VOICES)
def test_a_jump_of_brightness_does_not_click(universe, note, voice):
    instrument = Instrument.of(universe(reverb__mix=0, filter__cutoff=20_000))
    one = note(1, 0, voice=voice, duration_s=math.inf, hz=110.0, brightness=0.2)
    move = [Control(1, 60, 110.0, 0.7, 0.0, 0.25)]
    sound = np.concatenate(
        (instrument.render(0, 60, [one], []), instrument.render(60, 60, [], move))
    )
    x = sound[:, 0].astype(float)
    cut = signal.butter(8, 2000, "high", fs=48_000, output="sos")
    power = np.convolve(signal.sosfilt(cut, x) ** 2, np.full(240, 1 / 240), mode="same")
    edge = 60 * 400 + 240

    steady = max(np.max(power[edge - 4800 : edge - 480]), np.max(power[edge + 2400 : edge + 7200]))
    assert np.max(power[edge - 240 : edge + 640]) - steady < 1e-6 * np.max(x**2)


def test_a_held_note_ends_when_told(universe, note):
    instrument = Instrument.of(universe(reverb__mix=0))
    instrument.render(0, 60, [held(note)], [])
    instrument.render(60, 60, [], [Control(1, 60, 440.0, 0.7, 0.0, 0.5, ends=True)])

    assert len(sounding(instrument)) == 0


def test_a_note_that_is_not_held_hears_no_control(universe, note):
    instrument = Instrument.of(universe())
    instrument.render(0, 12, [note(1, 0, voice="sine", duration_s=1.0)], [])
    instrument.render(12, 12, [], [Control(1, 12, 880.0, 0.7, 0.0, 0.5)])

    assert sounding(instrument)["hz"].tolist() == [440.0]


def test_panning_keeps_the_power(play):
    powers = [np.sum(play(0.5, voice="sine", pan=pan) ** 2) for pan in (-1.0, -0.4, 0.0, 0.7, 1.0)]

    assert max(powers) / min(powers) < 1.0001


@pytest.mark.parametrize("broken", [{"hz": math.nan}, {"velocity": math.nan}, {"pan": math.inf}])
def test_what_is_no_number_is_not_heard(universe, note, broken):
    instrument = Instrument.of(universe())
    sound = instrument.render(0, 60, [note(1, 0, **broken), note(2, 400)], [])

    assert np.all(np.isfinite(sound))
    assert sounding(instrument)["note"].tolist() == [2]
