import numpy as np
import pytest
from scipy import signal

from app.core.audio import knobs as k
from app.core.audio.engine import forget
from app.core.audio.layout import DESK, TICK
from app.core.audio.reverb import decay_s, reverb

OCTAVES = (125, 250, 500, 1000, 2000, 4000, 8000)


def settings(mix=1.0, decay=2.0, pre_delay=0.0):
    knobs = np.zeros((k.KNOBS, 2))
    knobs[k.REVERB_MIX], knobs[k.REVERB_DECAY], knobs[k.PRE_DELAY] = mix, decay, pre_delay
    return knobs


def answer(seconds, knobs, stroke=1.0):
    """Give what a room does to one sample of `stroke` on both sides."""
    desk = np.zeros(1, dtype=DESK)
    forget(desk[0])
    out = np.zeros((round(seconds * 120) * TICK, 2))
    work = np.zeros((20, TICK))
    for at in range(0, len(out), TICK):
        left, right = np.zeros(TICK), np.zeros(TICK)
        if at == 0:
            left[0] = right[0] = stroke
        reverb(desk[0], knobs, left, right, work)
        out[at : at + TICK, 0], out[at : at + TICK, 1] = left, right
    return out


def t30(sound, hz):
    """Schroeder's backward integral of an octave band, -5 to -35 dB, twice that time."""
    band = signal.butter(
        4, [hz / 2**0.5, min(hz * 2**0.5, 20_000)], "band", fs=48_000, output="sos"
    )
    energy = np.cumsum((signal.sosfiltfilt(band, sound, axis=0) ** 2).sum(axis=1)[::-1])[::-1]
    level = 10 * np.log10(energy / energy[0] + 1e-30)
    at = np.flatnonzero((level < -5) & (level > -35))
    return -60 / np.polyfit(at / 48_000, level[at], 1)[0]


@pytest.mark.parametrize("decay", [0.3, 1.0, 2.5, 10.0])
def test_each_octave_decays_as_published(decay):
    sound = answer(min(1.2 * decay + 0.3, 8.0), settings(decay=decay))

    for hz in OCTAVES:
        assert t30(sound, hz) == pytest.approx(decay_s(hz, decay), rel=0.1), hz


def test_low_tones_ring_as_long_as_asked_and_high_ones_shorter():
    assert decay_s(125, 2.0) == pytest.approx(2.0, rel=0.01)
    assert 0.25 < decay_s(8000, 2.0) / 2.0 < 0.6


def test_the_room_answers_after_its_pre_delay():
    early, late = (answer(0.5, settings(pre_delay=p))[:, 0] for p in (0.0, 0.1))
    onset = int(np.flatnonzero(np.abs(early) > 1e-9)[0])

    assert np.flatnonzero(np.abs(late) > 1e-9)[0] - onset == 4800


def test_the_sides_are_unlike():
    sound = answer(2.0, settings())[4800:]

    assert abs(np.corrcoef(sound.T)[0, 1]) < 0.2


def test_a_dry_room_changes_nothing():
    sound = answer(0.2, settings(mix=0.0))

    assert sound[0, 0] == 1.0
    assert not np.any(sound[1:])


def test_long_rooms_are_not_louder_than_short_ones():
    short, long = (np.sum(answer(5.0, settings(decay=d)) ** 2) for d in (0.8, 4.0))

    assert abs(10 * np.log10(long / short)) < 3


def test_a_silent_room_falls_asleep_at_exactly_zero():
    sound = answer(4.0, settings(decay=0.3))

    assert np.any(sound[24_000:48_000])
    assert not np.any(sound[-4800:])


def test_a_moving_decay_does_not_click():
    """From 2 s to 8 s under a steady 100 Hz tone: nothing above 3 kHz beyond -60 dB of it."""
    desk = np.zeros(1, dtype=DESK)
    forget(desk[0])
    knobs, work = settings(), np.zeros((20, TICK))
    out = []
    for tick in range(120):
        tone = np.sin(2 * np.pi * 100 * (tick * TICK + np.arange(TICK)) / 48_000)
        left, right = tone.copy(), tone.copy()
        knobs[k.REVERB_DECAY, k.TO] = 8.0 if tick >= 60 else 2.0
        reverb(desk[0], knobs, left, right, work)
        knobs[:, k.NOW] = knobs[:, k.TO]
        out.append(left)
    cut = signal.butter(8, 3000, "high", fs=48_000, output="sos")
    high = signal.sosfilt(cut, np.concatenate(out))[50 * TICK : 80 * TICK]

    assert np.max(np.abs(high)) < 1e-3 * np.max(np.abs(np.concatenate(out)))


def test_the_room_takes_no_rumble():
    """A 30 Hz drone is heard 6 dB less from the room than a 300 Hz tone."""

    def wet(hz):
        desk = np.zeros(1, dtype=DESK)
        forget(desk[0])
        knobs, work, total = settings(), np.zeros((20, TICK)), 0.0
        for tick in range(360):
            left = np.sin(2 * np.pi * hz * (tick * TICK + np.arange(TICK)) / 48_000)
            right = left.copy()
            reverb(desk[0], knobs, left, right, work)
            total += np.sum(left**2 + right**2)
        return total

    assert 10 * np.log10(wet(30.0) / wet(300.0)) < -6
