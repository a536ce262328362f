import numpy as np
import pytest

from app.core.audio.bank import TURNS, bank_start, bank_tick
from app.core.audio.layout import NEVER, PARTIALS_MAX, TICK, VOICE
from app.core.audio.meters import decibels, rms
from app.core.audio.modes import BELL


def voice(hz=440.0, bright=1.0, start=0):
    v = np.zeros(1, dtype=VOICE)[0]
    v["hz"] = v["hz_to"] = hz
    v["bright"], v["start"], v["off"], v["stolen"] = bright, start, NEVER, NEVER
    return v


def rung(v, modes, ticks, ring=1e15, damping=0.0):
    table = np.zeros((PARTIALS_MAX, 3))
    table[: len(modes)] = modes
    bank_start(v, v["bank"], table, ring, damping)
    turns, out, other = np.zeros((TURNS, TICK)), np.zeros(TICK), np.zeros(TICK)
    parts = []
    for tick in range(ticks):
        bank_tick(v, v["bank"], tick * TICK, turns, out, other)
        parts.append(out.copy())
    return np.concatenate(parts)


def test_a_partial_is_a_sine_to_the_last_digits_after_ten_seconds():
    sound = rung(voice(hz=1234.5), [(1.0, 1.0, 1.0)], 1200)
    t = np.arange(len(sound)) / 48_000

    # An error of 1e-9 is -180 dB; recursion over the whole ten seconds would give 1e-7.
    assert np.max(np.abs(sound - np.sin(2 * np.pi * 1234.5 * t))) < 1e-9


def test_an_onset_inside_a_tick_only_shifts_the_sound():
    plain = rung(voice(), BELL, 4)
    late = rung(voice(start=137), BELL, 4)

    assert np.max(np.abs(late[:137])) == 0
    assert np.max(np.abs(late[137:] - plain[:-137])) < 1e-12


def test_a_partial_falls_by_60_db_in_its_ring():
    sound = rung(voice(hz=1000.0), [(1.0, 1.0, 1.0)], 240, ring=1.0)

    fall = decibels(rms(sound[48_000:48_480])) - decibels(rms(sound[:480]))
    assert fall == pytest.approx(-60, abs=0.1)


@pytest.mark.parametrize("damping", [0.25, 1.0])
def test_damping_shortens_a_partial_by_the_published_factor(damping):
    """At f they die (1 + 9 · damping · f / 10 kHz) times faster."""

    def slope(value):
        sound = rung(voice(hz=4000.0), [(1.0, 1.0, 1.0)], 60, ring=2.0, damping=value)
        return decibels(rms(sound[:4800])) - decibels(rms(sound[12_000:16_800]))

    assert slope(damping) / slope(0.0) == pytest.approx(1 + 9 * damping * 0.4, rel=1e-3)


@pytest.mark.parametrize("name", ["bell", "piano"])
def test_struck_voices_are_in_tune(play, cents, name):
    for hz in (110.0, 2093.0):
        sound = play(5.0, voice=name, hz=hz, duration_s=10.0)[24_000:, 0]

        assert abs(cents(sound, hz)) < 0.1


def test_a_harder_stroke_is_brighter(play):
    from app.core.audio.meters import centroid_hz

    soft, hard = (centroid_hz(play(0.5, velocity=v, brightness=0.5)[:24_000]) for v in (0.2, 1.0))

    assert hard > 1.1 * soft


def test_partials_beyond_hearing_are_left_out(play):
    sound = play(1.0, voice="bell", hz=4000.0, brightness=1.0)[:, 0]

    power = np.abs(np.fft.rfft(sound[4800:] * np.hanning(len(sound) - 4800))) ** 2
    f = np.fft.rfftfreq(len(sound) - 4800, 1 / 48_000)
    ratios = np.array([ratio for ratio, _, _ in BELL]) * 4000.0
    away = np.all(np.abs(f[:, None] - ratios) > 200, axis=1)
    assert np.max(power[away]) < 1e-6 * np.max(power)
