import numpy as np

from app.core.audio.pcm import pcm16


def test_full_scale_is_32767_and_halves_go_to_even():
    samples = np.array([[1.0, -1.0], [0.5, -0.5]], dtype=np.float32)  # halves: 16383.5

    assert pcm16(samples).tolist() == [[32767, -32767], [16384, -16384]]


def test_louder_samples_are_clipped_not_wrapped():
    assert pcm16(np.array([[1.7, -9.0]], dtype=np.float32)).tolist() == [[32767, -32767]]


def test_the_error_is_at_most_half_a_step():
    samples = np.random.default_rng(1).uniform(-1, 1, (9999, 2)).astype(np.float32)

    assert np.max(np.abs(pcm16(samples) / 32767.0 - samples)) <= 0.5000001 / 32767
