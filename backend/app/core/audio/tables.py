"""Band-limited waves, each as a stair of tables with ever more harmonics.

A table of K harmonics tapers toward the K-th, so choosing K by ear is a low-pass filter and choosing
it by the sample rate keeps everything below 21 kHz: nothing ever folds back.
Images of linear reading lie below (k / 2048)² / k of the fundamental, -80 dB at worst.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.angles import TAU, sin
from app.core.numbers.kernel import kernel

TABLE_BITS = 11
TABLE = 1 << TABLE_BITS
# Half octaves: 1, 2, 3, 4, 6, 8, 12, 16 ... 512 harmonics.
HARMONICS = tuple(sorted({1, *(2**n for n in range(1, 10)), *(3 * 2**n for n in range(8))}))
LEVELS = len(HARMONICS)
TOP_HZ = 21_000.0

Amplitudes = tuple[float, ...]


@kernel
def _fill(
    amplitudes: NDArray[np.float64], sine: NDArray[np.float64], out: NDArray[np.float64]
) -> None:
    for k in range(1, len(amplitudes) + 1):
        level = amplitudes[k - 1]
        for i in range(TABLE + 1):
            out[i] += level * sine[(k * i) & (TABLE - 1)]


@kernel
def _sine(out: NDArray[np.float64]) -> None:
    for i in range(len(out)):
        out[i] = sin(TAU * i / TABLE)


@lru_cache(maxsize=64)
def stair(amplitudes: Amplitudes) -> NDArray[np.float64]:
    """Build the tables of one wave from its harmonics' amplitudes, loudest sum of squares ½.

    Returns (levels, table + 1): the last sample repeats the first, for reading between the two.
    """
    sine = np.zeros(TABLE)
    _sine(sine)
    tables = np.zeros((LEVELS, TABLE + 1))
    full = np.array(amplitudes, dtype=np.float64)
    full = full / np.sqrt(np.cumsum(full * full)[-1])
    for level, harmonics in enumerate(HARMONICS):
        part = full[:harmonics]
        x = np.arange(len(part)) / harmonics
        _fill(part * (1 - x * x) ** 2, sine, tables[level])
    return tables
