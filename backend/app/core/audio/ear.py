"""An ear on a performance: level, loudness and colour of each stretch, from its own samples.

For meters and pictures, not for the state: one that begins to listen in the middle hears from there on.
Source: ITU-R BS.1770-4 and EBU R 128, with the blocks counted in bins of 0.02 LU, so half a day needs no more room.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.audio.layout import Array
from app.core.audio.meters import SILENCE_DB, decibels
from app.core.numbers.grid import SAMPLE_RATE
from app.core.numbers.kernel import kernel

BANDS_HZ = tuple(1000.0 * 2.0 ** (octave - 5) for octave in range(10))  # centres: 31 Hz to 16 kHz
_EDGES_HZ = np.array([BANDS_HZ[0] / 2**0.5, *(hz * 2**0.5 for hz in BANDS_HZ)])
_STEP = SAMPLE_RATE // 10  # loudness is gated in blocks of four of these
_GATE, _BIN, _BINS = -70.0, 0.02, 4000
# BS.1770-4, tables 1 and 2, at 48 kHz: b0 b1 b2 a1 a2.
_WEIGHTS = np.array(
    [
        (
            1.53512485958697,
            -2.69169618940638,
            1.19839281085285,
            -1.69065929318241,
            0.73248077421585,
        ),
        (1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621),
    ]
)


@kernel
def weigh(weights: Array, state: Array, samples: NDArray[np.float32], out: Array) -> None:
    """Weigh samples as a head and an ear do: `out` (n,) is the power of both sides together.

    Args:
        weights: (2, 5) of the shelf and the low cut.
        state: (2, 2, 2) by side and filter, goes on from stretch to stretch.
        samples: (n, 2).
        out: (n,), overwritten.
    """
    for side in range(2):
        for j in range(len(samples)):
            x = float(samples[j, side])
            for stage in range(2):
                b0, b1, b2, a1, a2 = weights[stage]
                y = b0 * x + state[side, stage, 0]
                state[side, stage, 0] = b1 * x - a1 * y + state[side, stage, 1]
                state[side, stage, 1] = b2 * x - a2 * y
                x = y
            out[j] = x * x if side == 0 else out[j] + x * x
    for side in range(2):
        for stage in range(2):
            for i in range(2):
                if abs(state[side, stage, i]) < 1e-18:
                    state[side, stage, i] = 0.0


@dataclass(frozen=True, slots=True)
class Heard:
    """What a stretch of sound is like."""

    momentary: float  # LUFS of the last 400 ms
    integrated: float  # LUFS of all that was heard so far, gated
    centroid_hz: float  # of this stretch; 0 of silence
    bands_db: tuple[float, ...]  # power in each octave of BANDS_HZ, dB re a full-scale sine


SILENCE = Heard(SILENCE_DB, SILENCE_DB, 0.0, (SILENCE_DB,) * len(BANDS_HZ))


class Ear:
    """Listens in stretches of any length."""

    def __init__(self) -> None:
        self._state = np.zeros((2, 2, 2))
        self._sum, self._count = 0.0, 0  # of the 100 ms that are not over yet
        self._last: list[float] = []  # powers of the last four
        self._blocks = np.zeros(_BINS)  # how many, and their power, by loudness
        self._powers = np.zeros(_BINS)

    def hear(self, samples: NDArray[np.float32]) -> Heard:
        """Listen to the next stretch, (n, 2) at 48 kHz, and say what it is like."""
        power = np.empty(len(samples))
        weigh(_WEIGHTS, self._state, samples, power)
        at = 0
        while at < len(power):
            part = power[at : at + _STEP - self._count]
            self._sum += float(np.sum(part))
            self._count += len(part)
            at += len(part)
            if self._count == _STEP:
                self._close()
        centre, bands = _colour(samples)
        momentary = _lufs(float(np.mean(self._last))) if self._last else SILENCE_DB
        return Heard(momentary, self.integrated, centre, bands)

    def _close(self) -> None:
        """End 100 ms, and with it a block of 400."""
        self._last = [*self._last[-3:], self._sum / _STEP]
        self._sum, self._count = 0.0, 0
        if len(self._last) < 4:
            return
        block = float(np.mean(self._last))
        place = int((_lufs(block) - _GATE) / _BIN)
        if 0 <= place < _BINS:
            self._blocks[place] += 1
            self._powers[place] += block

    @property
    def integrated(self) -> float:
        """The loudness of all that was heard, LUFS, quiet blocks gated out."""
        count = float(np.sum(self._blocks))
        if count == 0:
            return SILENCE_DB
        gate = _lufs(0.1 * float(np.sum(self._powers)) / count)
        first = max(int((gate - _GATE) / _BIN), 0)
        return _lufs(float(np.sum(self._powers[first:]) / np.sum(self._blocks[first:])))


def _colour(samples: NDArray[np.float32]) -> tuple[float, tuple[float, ...]]:
    """Give the centroid in Hz and the octave bands in dB of a stretch, Hann-windowed."""
    if len(samples) < 2 or not np.any(samples):
        return SILENCE.centroid_hz, SILENCE.bands_db
    window = np.hanning(len(samples) + 1)[:-1, None]
    power = np.sum(np.abs(np.fft.rfft(samples * window, axis=0)) ** 2, axis=1)
    hz = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE)
    # A sine of amplitude one on one side is 0 dB: its line sums to n/4 times the window's power.
    whole = len(samples) * float(np.sum(window**2)) / 4
    sums = np.concatenate(([0.0], np.cumsum(power)))
    bands = np.diff(sums[np.searchsorted(hz, _EDGES_HZ)]) / whole
    centre = float(np.sum(hz * power) / sums[-1]) if sums[-1] > 0 else 0.0
    return centre, tuple(decibels(float(np.sqrt(max(band, 0.0)))) for band in bands)


def _lufs(power: float) -> float:
    return max(10.0 * float(np.log10(max(power, 1e-30))) - 0.691, SILENCE_DB)
