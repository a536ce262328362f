import numpy as np

from app.formats import plots

SIZE = (300, 200)


def tone(hz, seconds=2.0, gain=0.5):
    t = np.arange(int(48_000 * seconds)) / 48_000
    return np.repeat(gain * np.sin(2 * np.pi * hz * t)[:, None], 2, axis=1)


def bright(picture):
    return np.asarray(picture).astype(float).sum(axis=2)


def test_a_tone_stands_at_its_place_in_the_spectrum():
    for hz in (110.0, 880.0, 7000.0):
        peak = int(np.argmax(bright(plots.spectrum(SIZE, tone(hz))).sum(axis=0)))
        wanted = SIZE[0] * np.log(hz / 40) / np.log(16_000 / 40)
        assert abs(peak - wanted) < 12


def test_a_louder_sound_reaches_further():
    soft, loud = (bright(plots.waveform(SIZE, tone(200, gain=g))).sum() for g in (0.1, 0.9))
    assert loud > 3 * soft


def test_a_rising_tone_rises_in_the_spectrogram():
    t = np.arange(6 * 48_000) / 48_000
    sweep = np.repeat(0.5 * np.sin(2 * np.pi * 100 * (2**t - 1) / np.log(2))[:, None], 2, axis=1)
    light = bright(plots.spectrogram(SIZE, sweep))
    early, late = (int(np.argmax(light[:, x])) for x in (60, 280))
    assert late < early  # rows count from the top


def test_higher_notes_stand_higher_in_the_score_and_silence_is_empty(slices):
    empty = bright(plots.score(SIZE, [], 1.0))
    low, high = (
        np.argmax((bright(plots.score(SIZE, [one], 1.0)) - empty).sum(axis=1))
        for one in slices[0].notes
    )
    assert high < low  # rows count from the top
    assert not bright(plots.score(SIZE, slices[0].notes, 40.0))[:90].any()


def test_a_swing_is_a_round_in_phase_space():
    turn = np.linspace(0, 2 * np.pi, 200)
    frames = np.zeros((200, 1, 6))
    frames[:, 0, 0], frames[:, 0, 3] = np.cos(turn), np.sin(turn)
    light = bright(plots.phase_space(SIZE, frames, [(1.0, 1.0, 1.0)])) > 100
    assert light[100, :].sum() < 20  # nothing inside but the axis
    assert light[:, 150].any()
