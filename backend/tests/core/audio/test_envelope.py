import numpy as np
import pytest
from scipy import signal

from app.core.audio import Instrument
from app.core.audio.envelope import over, shape, steady
from app.core.audio.layout import NEVER, TICK, VOICE, WAVE
from app.core.audio.patches import PATCHES

SUSTAINED = [name for name, patch in PATCHES.items() if patch.kind == WAVE]


def shaped(ticks, **values):
    v = np.zeros(1, dtype=VOICE)[0]
    plain = {
        "gain": 1.0, "gain_to": 1.0, "attack": 480.0, "decay": 1.0, "sustain": 1.0,
        "release": 4800.0, "off": NEVER, "stolen": NEVER,
    }  # fmt: skip
    for name, value in (plain | values).items():
        v[name] = value
    out = np.zeros((ticks, TICK))
    for tick in range(ticks):
        shape(v, tick * TICK, out[tick], np.zeros(TICK))
    return out.reshape(-1), v


def test_a_note_rises_over_its_attack_and_stays():
    env, _ = shaped(4)

    assert env[0] == 0
    assert env[240] == pytest.approx(0.5)
    assert np.all(env[480:] == 1)


def test_a_note_falls_to_its_sustain():
    env, _ = shaped(40, decay=9600.0, sustain=0.4)

    assert np.all(np.diff(env[480:]) <= 0)
    assert np.allclose(env[480 + 9600 :], 0.4)
    assert env[480 + 2400] < 0.6  # most of it falls early, as an ear expects


def test_a_released_note_is_over_when_its_release_is():
    env, v = shaped(40, off=6000)

    assert env[5999] == 1
    assert np.all(env[6000 + 4800 :] == 0)
    assert not over(v, 6000 + 4799)
    assert over(v, 6000 + 4800)


def test_a_stolen_note_is_gone_within_5_ms():
    env, _ = shaped(20, stolen=5000)

    assert env[5000] == 1
    assert np.all(env[5240:] == 0)


def test_nothing_jumps():
    """The steepest rise is the fade of a theft, 15/8 of 1 in 240 samples."""
    env, _ = shaped(60, off=9000, stolen=9500, decay=4800.0, sustain=0.3)

    assert np.max(np.abs(np.diff(env))) < 1.9 / 240


def loudest_click(sound, hz, edges):
    """Give the most energy above max(2 kHz, 8 f0) in 5 ms round an edge, over the steady, in dB re the peak."""
    cut = signal.butter(8, max(2000, 8 * hz), "high", fs=48_000, output="sos")
    power = np.convolve(signal.sosfilt(cut, sound) ** 2, np.full(240, 1 / 240), mode="same")
    steady = np.max(power[40_000:60_000])
    most = max(np.max(power[edge - 240 : edge + 480]) for edge in edges)
    return 10 * np.log10(max(most - steady, 1e-30) / np.max(np.abs(sound)) ** 2)


@pytest.mark.parametrize("name", SUSTAINED)
def test_sustained_voices_neither_begin_nor_end_with_a_click(play, name):
    sound = play(
        3.0,
        voice=name,
        hz=220.0,
        sample=4801,
        duration_s=1.5,
        brightness=0.3,
        patch={"sweep_octaves": 0},
    )
    sound = sound[:, 0]
    off = 4801 + 72_000
    end = off + round(PATCHES[name].release * 48_000)

    assert loudest_click(sound, 220.0, (4801, off, end)) < -60


def test_the_shortest_attack_and_release_of_a_sustained_voice_do_not_click(play):
    fast = {"attack": 0.001, "release": 0.01}
    sound = play(3.0, voice="sine", hz=220.0, sample=4801, duration_s=1.5, music=fast)[:, 0]

    assert loudest_click(sound, 220.0, (4801, 76_801, 76_801 + 480)) < -60


def test_a_panic_does_not_click(universe, note):
    instrument = Instrument.of(universe(reverb__mix=0, filter__cutoff=20_000))
    steady = note(sample=4000, voice="sine", hz=220.0, duration_s=9.0)
    before = instrument.render(0, 200, [steady], [])
    instrument.silence()
    sound = np.concatenate((before, instrument.render(200, 20, [], [])))[:, 0].astype(float)

    assert loudest_click(sound, 220.0, (200 * TICK, 201 * TICK)) < -60


def test_a_theft_does_not_click(universe, note):
    instrument = Instrument.of(universe(reverb__mix=0, filter__cutoff=20_000))
    parts = [
        instrument.render(0, 200, [note(sample=4000, voice="sine", hz=220.0, duration_s=9.0)], [])
    ]
    instrument._voices["stolen"][0] = 200 * TICK + 57
    parts.append(instrument.render(200, 20, [], []))
    sound = np.concatenate(parts)[:, 0].astype(float)

    assert loudest_click(sound, 220.0, (200 * TICK + 57 + 240, 200 * TICK + 297 + 240)) < -60


@pytest.mark.parametrize("sustain", [1.0, 0.4])
def test_a_steady_tick_is_what_its_envelope_would_have_been(sustain):
    env, v = shaped(60, decay=4800.0, sustain=sustain, off=20_000)

    for tick in range(60):
        factor = steady(v, tick * TICK)
        if factor >= 0:
            assert np.all(env[tick * TICK : (tick + 1) * TICK] == factor)
    assert steady(v, 30 * TICK) == sustain
    assert steady(v, 0) == steady(v, 50 * TICK) == -1
