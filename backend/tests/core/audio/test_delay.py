import numpy as np
import pytest

from app.core.audio import knobs as k
from app.core.audio.delay import delay
from app.core.audio.engine import forget
from app.core.audio.layout import DESK, TICK


def echoes(seconds=2.0, time=0.25, feedback=0.5, mix=0.6, side=0):
    desk = np.zeros(1, dtype=DESK)
    forget(desk[0])
    knobs = np.zeros((k.KNOBS, 2))
    knobs[k.DELAY_TIME], knobs[k.DELAY_FEEDBACK], knobs[k.DELAY_MIX] = time, feedback, mix
    out = np.zeros((round(seconds * 120) * TICK, 2))
    out[0, side] = 1.0
    for at in range(0, len(out), TICK):
        left, right = out[at : at + TICK, 0].copy(), out[at : at + TICK, 1].copy()
        delay(desk[0], knobs, left, right)
        out[at : at + TICK, 0], out[at : at + TICK, 1] = left, right
    return out


def heard_at(signal):
    return (np.flatnonzero(np.abs(signal) > 0.2 * np.max(np.abs(signal[10:]))) / 48_000).tolist()


@pytest.mark.parametrize("time", [0.004, 0.25, 0.7])
def test_an_echo_comes_after_its_time(time):
    sound = echoes(time=time)[:, 0]
    sound[0] = 0.0

    assert np.flatnonzero(np.abs(sound) > 1e-6)[0] / 48_000 == pytest.approx(time, abs=1e-4)


def test_echoes_cross_from_side_to_side():
    sound = echoes(feedback=0.8)
    energy = (sound**2).reshape(-1, 6000, 2).sum(axis=1)  # eighths of a second

    assert energy[2, 0] > 100 * energy[2, 1]  # 0.25 s: left
    assert energy[4, 1] > 100 * energy[4, 0]  # 0.5 s: right
    assert energy[6, 0] > 100 * energy[6, 1]  # 0.75 s: left again


def test_echoes_fall_by_the_feedback_or_faster():
    sound = echoes(seconds=3.0, feedback=0.8)
    energy = (sound**2).sum(axis=1).reshape(-1, 6000).sum(axis=1)

    assert 0.2 * 0.64 < energy[6] / energy[2] < 0.64


def test_without_mix_nothing_is_changed():
    sound = echoes(mix=0.0)

    assert sound[0, 0] == 1.0
    assert not np.any(sound[1:])
