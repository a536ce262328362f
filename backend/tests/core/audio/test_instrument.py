import hashlib
import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from app.core.audio import Instrument
from app.core.audio.layout import TICK
from app.core.audio.meters import rms
from app.core.music.note import Control

BACKEND = Path(__file__).resolve().parents[3]
TICKS = 240
VOICES = ("bell", "pluck", "pad", "bass", "drum", "strings", "piano", "lead", "organ", "sine")
EFFECTS = {
    "reverb__mix": 0.4, "delay__mix": 0.3, "equalizer__low": 3.0, "equalizer__high": -4.0,
    "compressor__ratio": 3.0, "filter__cutoff": 5000.0, "damping": 0.2, "resonance": 0.2,
    "interference": 0.3, "volume": 1.0,
}  # fmt: skip


@pytest.fixture(scope="module")
def score(note):
    notes = [
        note(
            n, 61 + 1237 * n, voice=VOICES[n % 10], hz=80.0 * 1.07**n, pan=math.sin(n), velocity=0.9
        )
        for n in range(60)
    ]
    return [*notes, note(99, 500, voice="strings", duration_s=math.inf, hz=147.0)]


@pytest.fixture(scope="module")
def controls():
    moves = [Control(99, t, 147.0 * (1 + t / 400), 0.6, t / 300, 0.5) for t in range(3, 150)]
    return [*moves, Control(99, 150, 200.0, 0.5, 0.5, 0.5, ends=True)]


def run(instrument, score, controls, steps):
    parts, tick = [], 0
    for ticks in steps:
        end = (tick + ticks) * TICK
        notes = [one for one in score if tick * TICK <= one.sample < end]
        moves = [one for one in controls if tick <= one.tick < tick + ticks]
        parts.append(instrument.render(tick, ticks, notes, moves))
        tick += ticks
    return np.concatenate(parts)


def digest(sound):
    return hashlib.sha256(sound.tobytes()).hexdigest()


@pytest.fixture(scope="module")
def whole(universe, score, controls):
    return run(Instrument.of(universe(**EFFECTS)), score, controls, [TICKS])


def test_the_score_is_heard(whole):
    assert rms(whole) > 0.02
    assert np.max(np.abs(whole)) < 0.8913


def random_steps():
    rng = np.random.default_rng(5)
    steps = rng.integers(0, 9, size=200)
    steps = steps[: int(np.searchsorted(np.cumsum(steps), TICKS))].tolist()
    return [*steps, TICKS - sum(steps)]


@pytest.mark.parametrize("steps", [[1] * 240, [2] * 120, [6] * 40, [60] * 4, random_steps()])
def test_the_samples_are_the_same_for_any_split(universe, score, controls, whole, steps):
    split = run(Instrument.of(universe(**EFFECTS)), score, controls, steps)

    assert digest(split) == digest(whole)


def test_a_restored_instrument_goes_on_with_the_same_bits(universe, score, controls, whole):
    first = Instrument.of(universe(**EFFECTS))
    run(first, score, controls, [100])
    second = Instrument.of(universe(**EFFECTS))
    second.restore(first.snapshot())
    notes = [one for one in score if one.sample >= 100 * TICK]
    rest = second.render(100, 140, notes, [one for one in controls if one.tick >= 100])

    assert digest(rest) == digest(whole[100 * TICK :])


def test_a_snapshot_keeps_what_was_while_the_instrument_goes_on(universe, score, controls):
    instrument = Instrument.of(universe(**EFFECTS))
    run(instrument, score, controls, [60])
    state = instrument.snapshot()
    once = instrument.render(60, 30, [], [])
    instrument.restore(state)

    assert digest(instrument.render(60, 30, [], [])) == digest(once)


PROGRAM = """
import sys, hashlib, math
from app.core.document import judge
from app.core.audio import Instrument
from app.core.music.note import Note
names = {names!r}
notes = [
    Note(n, 0, 0.0, 61 + 400 * n, 0.0, 110.0 * 1.09**n, 0.9, 0.2, names[n % 10], 0.1, 0.5, "r", "e", (), (0, 0, 0))
    for n in range(20)
]
universe = judge({{"music": {{"reverb": {{"mix": 0.4}}, "delay": {{"mix": 0.2}}}}}})
print(hashlib.sha256(Instrument.of(universe).render(0, 60, notes, []).tobytes()).hexdigest())
"""


def in_a_process_of_its_own(**environment):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(names=VOICES)],
        cwd=BACKEND, env=os.environ | environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def test_two_processors_give_the_same_bits():
    """The host's vector instructions against a processor that has none of them."""
    assert in_a_process_of_its_own() == in_a_process_of_its_own(
        NUMBA_CPU_NAME="generic", NUMBA_CPU_FEATURES=""
    )


def test_a_note_begins_at_its_sample(universe, note):
    instrument = Instrument.of(universe(reverb__mix=0, filter__cutoff=20_000))
    sound = instrument.render(0, 30, [note(1, 3217, voice="pluck", velocity=1.0)], [])

    first = int(np.flatnonzero(np.abs(sound[:, 0]) > 1e-9)[0])
    assert first == pytest.approx(3217 + 240, abs=2)


def test_a_note_due_later_waits_for_its_sample(universe, note):
    one = note(1, 3217)
    at_once = Instrument.of(universe()).render(0, 30, [one], [])
    waiting = Instrument.of(universe())
    split = [waiting.render(0, 3, [one], []), waiting.render(3, 27, [], [])]

    assert digest(np.concatenate(split)) == digest(at_once)


def test_a_late_note_is_heard_at_once(universe, note):
    instrument = Instrument.of(universe())
    instrument.render(0, 10, [], [])

    assert rms(instrument.render(10, 30, [note(1, 100)], [])) > 0.001


def test_panic_silences_within_10_ms_and_leaves_nothing(universe, score):
    instrument = Instrument.of(universe(**EFFECTS))
    instrument.render(0, 120, score, [])
    instrument.silence()
    sound = instrument.render(120, 12, [], [])

    assert np.any(sound[:200])
    assert not np.any(sound[480:])


def test_a_changed_volume_ramps_over_more_than_5_ms(universe, note):
    instrument = Instrument.of(universe(reverb__mix=0, volume=0.7))
    steady = note(1, 0, voice="sine", hz=4800.0, duration_s=9.0)
    before = instrument.render(0, 120, [steady], [])
    instrument.set("music.volume", 0.35)
    after = instrument.render(120, 3, [], [])[:, 0]

    level = np.max(np.abs(after.reshape(-1, 40)), axis=1) / np.max(np.abs(before[-4000:, 0]))
    assert level[-1] == pytest.approx(0.25, rel=1e-3)  # volume squared
    assert np.max(np.abs(np.diff(level))) < 0.75 * 40 / 240


def test_an_edit_changes_the_sound_and_keeps_what_rings(universe, note):
    instrument = Instrument.of(universe(volume=0.7))
    instrument.render(0, 60, [note(1, 0, voice="pad", duration_s=9.0)], [])
    instrument.edit(universe(volume=0.2))
    quiet = instrument.render(60, 60, [], [])[2400:]

    assert 0 < rms(quiet) < 0.01


def test_the_mix_has_no_direct_current(universe, note):
    """Half a minute of every voice, the limiter idle, through a Hann window: -90 dBFS at 0 Hz."""
    notes = [
        note(n, 6000 * n, voice=VOICES[n % 10], hz=60.0 * 1.03 ** (n % 90), velocity=0.5)
        for n in range(256)
    ]
    music = {"reverb__mix": 0.5, "resonance": 0.3, "interference": 0.5, "volume": 0.5}
    sound = Instrument.of(universe(**music)).render(0, 3840, notes, []).astype(float)
    window = np.hanning(len(sound))

    assert 0.05 < np.max(np.abs(sound)) < 0.4  # the limiter never works

    assert np.max(np.abs(window @ sound)) / np.sum(window) < 10 ** (-90 / 20)


def test_silence_is_exactly_silent(universe):
    assert not np.any(Instrument.of(universe()).render(0, 30, [], []))
