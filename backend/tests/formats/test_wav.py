import io
import wave

import numpy as np
import pytest
import soundfile

from app.core.audio.pcm import pcm16
from app.errors import TooLarge
from app.formats import wav


def written(slices, **how):
    stream = io.BytesIO()
    wav.write(slices, stream, **how)
    return stream.getvalue()


def test_sixteen_bits_read_back_as_the_one_way_to_round_them(slices):
    data = written(slices)
    wanted = np.concatenate([pcm16(one.samples) for one in slices])
    with wave.open(io.BytesIO(data)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (48000, 2, 2)
        assert file.getnframes() == 240 * 400
        assert file.readframes(file.getnframes()) == wanted.astype("<i2").tobytes()


def test_floats_are_the_canonical_samples_bit_for_bit(slices):
    found, rate = soundfile.read(io.BytesIO(written(slices, floats=True)), dtype="float32")
    assert rate == 48000
    assert found.tobytes() == np.concatenate([one.samples for one in slices]).tobytes()


def test_the_length_may_be_told_beforehand_for_a_pipe(slices):
    class Pipe(io.BytesIO):
        def seek(self, *args):
            raise OSError("a pipe cannot seek")

    pipe = Pipe()
    wav.write(slices, pipe, frames=240 * 400)
    assert pipe.getvalue() == written(slices)


def test_the_same_slices_give_the_same_bytes_however_cut(slices):
    assert written(slices) == written(slices)
    stream = io.BytesIO()
    writer = wav.WavWriter(stream)
    for one in slices:
        writer.take(one)
    writer.close()
    assert stream.getvalue() == written(slices)


def test_an_empty_performance_is_a_file_without_samples():
    assert soundfile.read(io.BytesIO(written([])))[0].shape == (0, 2)


def test_more_than_a_wav_file_holds_is_refused():
    with pytest.raises(TooLarge, match="render it in parts"):
        wav.header(2**30)
