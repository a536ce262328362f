import numpy as np
import pytest

from app.core.audio.ear import BANDS_HZ, SILENCE, Ear
from app.core.audio.meters import Loudness

RATE = 48_000


def tone(seconds, db, hz=1000.0):
    t = np.arange(round(seconds * RATE)) / RATE
    wave = 10 ** (db / 20) * np.sin(2 * np.pi * hz * t)
    return np.stack([wave, wave], axis=1).astype(np.float32)


def listened(*parts):
    ear, heard = Ear(), SILENCE
    for at in range(0, len(sound := np.concatenate(parts)), 2400):
        heard = ear.hear(sound[at : at + 2400])
    return heard


# EBU Tech 3341, table 1, cases 1 to 5: levels in dBFS of 1 kHz on both sides, seconds, and the answer.
CASES = [
    ([(20, -23)], -23.0),
    ([(20, -33)], -33.0),
    ([(10, -36), (60, -23), (10, -36)], -23.0),
    ([(10, -72), (10, -36), (60, -23), (10, -36), (10, -72)], -23.0),
    ([(20, -26), (20.1, -20), (20, -26)], -23.0),
]


@pytest.mark.parametrize(("parts", "wanted"), CASES)
def test_integrated_loudness_is_what_the_ebu_says_of_its_test_signals(parts, wanted):
    sounds = [tone(*part) for part in parts]
    meter = Loudness()
    meter.hear(np.concatenate(sounds))

    assert listened(*sounds).integrated == pytest.approx(wanted, abs=0.1)
    assert meter.integrated == pytest.approx(wanted, abs=0.1)


def test_momentary_loudness_is_what_the_ebu_says():
    """Case 12's shape: bursts of 0.18 s at -20 and 0.22 s at -30 dBFS are -23 in any 400 ms."""
    burst = np.concatenate((tone(0.18, -20), tone(0.22, -30)))

    assert listened(*[burst] * 25).momentary == pytest.approx(-23.0, abs=0.1)


@pytest.mark.parametrize("step", [400, 2400, 7777, 48_000])
def test_an_ear_hears_the_same_in_any_stretches_as_the_meter_by_scipy(step):
    """Two meters by different filters and different gates: noise whose level walks over 30 dB."""
    rng = np.random.default_rng(step)
    loud = np.repeat(10 ** rng.uniform(-2.0, -0.5, 40), RATE // 4)[:, None]
    sound = (0.3 * loud * rng.normal(size=(len(loud), 2))).astype(np.float32)
    ear, meter = Ear(), Loudness()
    for at in range(0, len(sound), step):
        heard = ear.hear(np.ascontiguousarray(sound[at : at + step]))
    meter.hear(sound)

    assert heard.momentary == pytest.approx(meter.momentary, abs=1e-6)
    assert heard.integrated == pytest.approx(meter.integrated, abs=0.05)


@pytest.mark.parametrize("place", range(10))
def test_a_tone_lies_in_its_octave(place):
    """-20 dBFS on both sides is -17 in the band it belongs to, and little in the others."""
    ear = Ear()
    heard = ear.hear(tone(0.5, -20, BANDS_HZ[place]))
    others = [level for i, level in enumerate(heard.bands_db) if i != place]

    assert heard.bands_db[place] == pytest.approx(-17.0, abs=0.1)
    assert max(others) < -60
    assert heard.centroid_hz == pytest.approx(BANDS_HZ[place], rel=0.01)


def test_silence_has_no_level_and_no_colour():
    assert listened(np.zeros((48_000, 2), np.float32)) == SILENCE


def test_half_an_hour_needs_no_more_memory_than_a_second():
    ear = Ear()
    second = tone(1, -20)
    for _ in range(100):
        ear.hear(second)

    assert len(ear._last) == 4
    assert ear._blocks.size == ear._powers.size == 4000
