"""WAV: the samples themselves, as 16 bits or as the canonical floats."""

import struct
from collections.abc import Iterable
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from app.core.audio.pcm import pcm16
from app.core.numbers.grid import SAMPLE_RATE
from app.core.performance.slice import Slice
from app.errors import TooLarge

CHANNELS = 2
_BYTES_MAX = 2**32 - 1
_FLOAT, _PCM = 3, 1


class WavWriter:
    """Writes a WAV file slice by slice; the header is put right at the end.

    The stream must be seekable, unless the number of frames is told beforehand.
    """

    def __init__(
        self, stream: BinaryIO, *, floats: bool = False, frames: int | None = None
    ) -> None:
        self._stream = stream
        self._floats = floats
        self._told = frames
        self._frames = 0
        self._stream.write(header(frames or 0, floats=floats))

    def take(self, piece: Slice) -> None:
        """Write the samples of one slice."""
        self.add(piece.samples)

    def add(self, samples: NDArray[np.float32]) -> None:
        """Write samples, (n, 2) in -1..1."""
        self._frames += len(samples)
        data = samples.astype("<f4") if self._floats else pcm16(samples).astype("<i2")
        self._stream.write(np.ascontiguousarray(data).tobytes())

    def close(self) -> None:
        """Finish the file: write how long it has become."""
        if self._told == self._frames:
            return
        self._stream.seek(0)
        self._stream.write(header(self._frames, floats=self._floats))
        self._stream.seek(0, 2)


def header(frames: int, *, floats: bool = False) -> bytes:
    """Give the header of a stereo 48 kHz file of so many frames; raises TooLarge from 4 GiB on."""
    width = 4 if floats else 2
    block = width * CHANNELS
    size = frames * block
    # The format of floats has an extension field, and by the book a count of frames.
    form = struct.pack(
        "<HHIIHH",
        _FLOAT if floats else _PCM,
        CHANNELS,
        SAMPLE_RATE,
        SAMPLE_RATE * block,
        block,
        8 * width,
    ) + (b"\0\0" if floats else b"")
    fact = b"fact" + struct.pack("<II", 4, frames) if floats else b""
    body = b"WAVEfmt " + struct.pack("<I", len(form)) + form + fact + b"data"
    if len(body) + 4 + size > _BYTES_MAX:
        raise TooLarge(f"{frames} frames are more than a WAV file holds; render it in parts")
    return b"RIFF" + struct.pack("<I", len(body) + 4 + size) + body + struct.pack("<I", size)


def write(
    slices: Iterable[Slice], stream: BinaryIO, *, floats: bool = False, frames: int | None = None
) -> None:
    """Write a whole performance as a WAV file."""
    writer = WavWriter(stream, floats=floats, frames=frames)
    for piece in slices:
        writer.take(piece)
    writer.close()
