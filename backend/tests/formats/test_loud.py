import io

import numpy as np
import pytest
import soundfile

from app.core.audio.meters import decibels, loudness, true_peak
from app.formats import wav
from app.formats.loud import LoudWavWriter


def written(slices, target, **how):
    stream, told = io.BytesIO(), []
    writer = LoudWavWriter(stream, loudness=target, told=told.append, **how)
    for piece in slices:
        writer.take(piece)
    writer.close()
    sound, _ = soundfile.read(io.BytesIO(stream.getvalue()), dtype="float32")
    return sound, told[0]


@pytest.mark.parametrize("target", [-14.0, -16.0, -23.0])
def test_a_file_has_the_loudness_asked_for_or_says_what_it_has(slices, target):
    sound, master = written(slices, target, floats=True)

    assert loudness(sound) == pytest.approx(master.loudness, abs=0.05)
    assert decibels(true_peak(sound)) == pytest.approx(master.true_peak_db, abs=0.1)
    assert master.true_peak_db <= -1.0
    assert abs(master.loudness - target) <= 0.5 or master.limited


def test_what_needs_no_limiting_is_the_performance_times_one_number(slices):
    plain = io.BytesIO()
    wav.write(slices, plain, floats=True)
    heard, _ = soundfile.read(io.BytesIO(plain.getvalue()), dtype="float32")
    sound, master = written(slices, -36.0, floats=True)

    assert not master.limited
    assert np.allclose(sound, heard * 10 ** (master.gain_db / 20), rtol=0, atol=1e-7)


def test_sixteen_bits_are_as_long_as_what_was_heard(slices):
    sound, _ = written(slices, -23.0, frames=240 * 400)

    assert sound.shape == (240 * 400, 2)
