"""WAV at a loudness: the performance is kept aside, heard once, and written with one constant gain."""

import tempfile
from collections.abc import Callable, Iterator
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from app.core.audio.mastering import Master, mastered
from app.core.numbers.grid import SAMPLES_PER_TICK
from app.core.performance.slice import Slice
from app.formats.wav import CHANNELS, WavWriter

_BLOCK = 120 * SAMPLES_PER_TICK * CHANNELS * 4  # bytes: a second of canonical floats


class LoudWavWriter:
    """Gathers slices in a file of its own, and masters them when the last is taken."""

    def __init__(
        self,
        stream: BinaryIO,
        *,
        loudness: float,
        floats: bool = False,
        frames: int | None = None,
        told: Callable[[Master], None] = lambda _master: None,
    ) -> None:
        self._stream = stream
        self._loudness = loudness
        self._floats = floats
        self._frames = frames
        self._told = told
        self._aside = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by `close`, gone with us

    def take(self, piece: Slice) -> None:
        """Keep the samples of one slice."""
        self._aside.write(np.ascontiguousarray(piece.samples, dtype="<f4").tobytes())

    def close(self) -> None:
        """Find the gain, write the file, and tell what was reached."""
        master = mastered(self._piece, self._loudness)
        writer = WavWriter(self._stream, floats=self._floats, frames=self._frames)
        for samples in master.applied(self._piece()):
            writer.add(samples)
        writer.close()
        self._aside.close()
        self._told(master)

    def _piece(self) -> Iterator[NDArray[np.float32]]:
        self._aside.seek(0)
        while block := self._aside.read(_BLOCK):
            yield np.frombuffer(block, dtype="<f4").reshape(-1, CHANNELS)
