"""Every parameter of the sound, by what it does: level, spectrum, time. None may do nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest
from scipy import signal

from app.core.audio import Instrument, knobs
from app.core.audio.meters import centroid_hz, decibels, rms

BARE = {"reverb__mix": 0.0, "filter__cutoff": 20_000.0}
Sound = np.ndarray
END_S = 0.5  # where the note ends


def level(sound: Sound) -> float:
    """Give the level while the note sounds, dB."""
    return decibels(rms(sound[12_000:24_000]))


def tail(sound: Sound) -> float:
    """Give the level a fifth of a second after its end, dB."""
    return decibels(rms(sound[33_600:38_400]))


def colour(sound: Sound) -> float:
    """Give the centroid, Hz."""
    return centroid_hz(sound[7200:21_600])


def rise(sound: Sound) -> float:
    """Give the seconds until half the loudest of what comes in half a second."""
    loud = np.max(np.abs(sound[:24_000, 0].reshape(-1, 240)), axis=1)
    return float(np.argmax(loud > 0.5 * np.max(loud))) / 200


def beating(sound: Sound) -> float:
    """Give how far the loudness swings, 0 to 1."""
    loud = np.abs(signal.hilbert(sound[9600:90_000, 0]))
    return float(1 - np.min(loud) / np.max(loud))


def fallen(sound: Sound) -> float:
    """Give how far the level falls in the second and a half from 0.7 s on, dB."""
    return decibels(rms(sound[33_600:43_200])) - decibels(rms(sound[105_600:115_200]))


def echo(sound: Sound) -> float:
    """Give the seconds until a click comes back, strongest first."""
    loud = np.max(np.abs(sound), axis=1)
    return float(9600 + np.argmax(loud[9600:])) / 48_000


def again(sound: Sound) -> float:
    """Give the level of what comes back after three quarters of a second, dB."""
    return decibels(rms(sound[36_000:40_800]))


def answer(sound: Sound) -> float:
    """Give the seconds until the room has answered with a tenth of what it answers."""
    energy = np.cumsum(np.sum(sound**2, axis=1))
    return float(np.argmax(energy > 0.1 * energy[-1])) / 48_000


@dataclass(frozen=True)
class Law:
    """What two values of a parameter make of a sound, measured."""

    low: float
    high: float
    measure: Callable[[Sound], float]
    least: float  # how much more the measure is at the high value, at least
    most: float = float("inf")
    note: dict = field(default_factory=dict)
    music: dict = field(default_factory=dict)


ORGAN = {"voice": "organ", "hz": 220.0}
BELL = {"voice": "bell", "hz": 1100.0}
CLICK = {"voice": "drum", "hz": 900.0}
WET = {"reverb__mix": 1.0}
ECHO = {"delay__mix": 1.0}


def tone(hz: float) -> dict:
    return {"voice": "sine", "hz": hz}


# By hand: 40 dB a decade of volume; shelves and a bell of so many decibels; the others by their sense.
LAWS = {
    "music.volume": Law(0.35, 0.7, level, 12.0, 12.1, ORGAN),
    "music.resonance": Law(0.1, 0.2, tail, 5.9, 6.1, tone(330.0)),
    "music.damping": Law(1.0, 0.0, colour, 20.0, note=BELL),
    "music.interference": Law(0.2, 0.6, beating, 0.3, 0.5, tone(600.0) | {"duration_s": 9.0}),
    "music.attack": Law(0.01, 0.4, rise, 0.19, 0.21, tone(220.0)),
    "music.decay": Law(0.05, 2.0, level, 6.0, note=ORGAN, music={"sustain": 0.1}),
    "music.sustain": Law(0.1, 1.0, level, 19.5, 20.5, ORGAN, {"decay": 0.05}),
    "music.release": Law(0.05, 2.0, tail, 40.0, note=ORGAN),
    "music.filter.cutoff": Law(300.0, 6000.0, colour, 200.0, note=ORGAN),
    "music.filter.q": Law(0.5, 4.0, level, 17.5, 18.5, tone(800.0), {"filter__cutoff": 800.0}),
    "music.reverb.mix": Law(0.2, 0.8, tail, 6.0, note=CLICK),
    "music.reverb.decay": Law(6.0, 1.0, fallen, 35.0, note=CLICK, music=WET),
    "music.reverb.pre_delay": Law(0.0, 0.3, answer, 0.28, 0.32, CLICK, WET),
    "music.delay.time": Law(0.3, 0.6, echo, 0.29, 0.31, CLICK, ECHO),
    "music.delay.feedback": Law(0.2, 0.8, again, 11.9, 12.2, CLICK, ECHO),
    "music.delay.mix": Law(0.2, 0.8, lambda sound: decibels(rms(sound[12_000:14_400])), 11.9, 12.2,
                           CLICK),
    "music.equalizer.low": Law(-6.0, 6.0, level, 11.0, 12.1, tone(50.0)),
    "music.equalizer.mid": Law(-6.0, 6.0, level, 11.9, 12.1, tone(1000.0)),
    "music.equalizer.high": Law(-6.0, 6.0, level, 11.0, 12.1, tone(12_000.0)),
    "music.compressor.threshold": Law(-50.0, -30.0, level, 10.0, 16.0, ORGAN,
                                      {"compressor__ratio": 4.0}),
    "music.compressor.ratio": Law(8.0, 2.0, level, 3.0, 12.0, ORGAN,
                                  {"compressor__threshold": -45.0}),
}  # fmt: skip


def heard(universe, note, law, path, value):
    name = path.removeprefix("music.").replace(".", "__")
    instrument = Instrument.of(universe(**(BARE | law.music | {name: value})))
    instrument.tune((330.0,))
    one = note(1, 0, **({"duration_s": END_S, "velocity": 0.8} | law.note))
    return instrument.render(0, 300, [one], []).astype(float)


def test_every_parameter_of_the_sound_has_a_law():
    assert set(LAWS) == set(knobs.PATHS)


@pytest.mark.parametrize("path", LAWS)
def test_a_parameter_does_what_it_says(universe, note, path):
    law = LAWS[path]
    low, high = (law.measure(heard(universe, note, law, path, v)) for v in (law.low, law.high))

    assert law.least <= high - low <= law.most
