"""Edges: energy above max(2 kHz, 8 f0) in the 5 ms round them, beyond the steady spectrum."""

import numpy as np
import pytest
from scipy import signal

from app.core.audio import Instrument, knobs
from app.core.audio.layout import TICK, VOICES_MAX
from app.core.audio.patches import PATCHES
from app.core.parameters import PARAMETERS

HZ = 220.0
BARE = {"reverb__mix": 0.0, "filter__cutoff": 20_000.0}
LATE = 240  # the limiter's look-ahead
HALF = 240  # 5 ms
EDGE_TICK = 120
SOUNDING = [path for path in knobs.PATHS if PARAMETERS[path].default is not None]


def click_db(sound, edge, *, hz=HZ, length=480):
    """Give the energy of 5 ms anywhere round an edge beyond what stood before and after it, dB re peak."""
    cut = signal.butter(8, max(2000.0, 8 * hz), "high", fs=48_000, output="sos")
    power = np.convolve(signal.sosfilt(cut, sound) ** 2, np.full(HALF, 1 / HALF), mode="same")
    before = power[edge - 9600 : edge - HALF]
    after = power[edge + length + 2 * HALF :]
    steady = max(np.max(before), np.max(after, initial=0.0))
    most = np.max(power[edge - HALF : edge + length + HALF])
    return 10 * np.log10(max(most - steady, 1e-30) / np.max(np.abs(sound)) ** 2)


def begun(universe, note, name, *, crowd=0, **music):
    """Let a note sound for a second beside silent others; give instrument and sound."""
    instrument = Instrument.of(universe(**(BARE | music)))
    instrument.tune((220.0, 330.0))
    one = note(10_000, 800, voice=name, hz=HZ, duration_s=9.0, brightness=0.3, velocity=0.2)
    others = [
        note(n, 0, voice="organ", hz=30.0, duration_s=99.0, velocity=0.9) for n in range(crowd)
    ]
    return instrument, instrument.render(0, EDGE_TICK, [one, *others], [])


def whole(*parts):
    return np.concatenate(parts)[:, 0].astype(float)


@pytest.mark.parametrize("name", PATCHES)
def test_a_release_does_not_click(play, name):
    sound = play(
        3.0,
        voice=name,
        hz=HZ,
        sample=4801,
        duration_s=1.5,
        brightness=0.3,
        patch={"sweep_octaves": 0},
    )[:, 0]
    off = 4801 + 72_000 + LATE

    assert click_db(sound, off, length=round(PATCHES[name].release * 48_000)) < -60


@pytest.mark.parametrize("name", PATCHES)
def test_a_panic_does_not_click_and_is_silent_in_10_ms(universe, note, name):
    instrument, before = begun(universe, note, name)
    instrument.silence()
    after = instrument.render(EDGE_TICK, 20, [], [])

    assert click_db(whole(before, after), EDGE_TICK * TICK) < -60
    assert not np.any(after[480:])


@pytest.mark.parametrize("name", PATCHES)
def test_a_theft_does_not_click(universe, note, name):
    """Every voice is taken by loud low ones; the quiet one goes as the last of them begins."""
    instrument, before = begun(universe, note, name)
    victim = instrument._voices[instrument._voices["note"] == 10_000]
    assert len(victim) == 1
    instrument._voices["stolen"][instrument._voices["note"] == 10_000] = EDGE_TICK * TICK + 57
    sound = whole(before, instrument.render(EDGE_TICK, 20, [], []))

    assert click_db(sound, EDGE_TICK * TICK + 57 + LATE) < -60


def test_one_note_too_many_takes_the_quietest(universe, note):
    instrument, _ = begun(universe, note, "sine", crowd=VOICES_MAX - 1)
    last = note(20_000, EDGE_TICK * TICK + 57, voice="organ", hz=30.0, duration_s=9.0)
    instrument.render(EDGE_TICK, 1, [last], [])
    stolen = instrument._voices["stolen"][instrument._voices["note"] == 10_000]

    assert stolen.tolist() == [EDGE_TICK * TICK + 57]


@pytest.mark.parametrize("path", SOUNDING)
@pytest.mark.parametrize("end", ["low", "high"])
def test_a_step_of_a_parameter_is_a_ramp(universe, note, path, end):
    """Every knob jumps as far as it goes, under a tone whose own spectrum ends far below."""
    busy = {"delay__mix": 0.3, "compressor__ratio": 4.0, "resonance": 0.2, "interference": 0.2}
    effects = busy | {"reverb__mix": 0.4, "equalizer__low": 3.0, "filter__cutoff": 9000.0}
    instrument, before = begun(universe, note, "sine", **effects)
    row = PARAMETERS[path]
    instrument.set(path, row.low if end == "low" else row.high)
    after = instrument.render(EDGE_TICK, 60, [], [])

    assert click_db(whole(before, after), EDGE_TICK * TICK + LATE, length=TICK) < -60
