"""Noise from a counter: any draw can be made again, in any order, without a state.

Source: splitmix64, Steele, Lea & Flood (2014), OOPSLA, 453; normals by Box & Muller (1958).
"""

import numpy as np

from app.core.numbers.angles import TAU, cos
from app.core.numbers.kernel import kernel
from app.core.numbers.powers import log

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_U30 = np.uint64(30)
_U27 = np.uint64(27)
_U31 = np.uint64(31)
_U11 = np.uint64(11)


@kernel
def mix(key: int | np.uint64) -> np.uint64:
    """Scramble 64 bits (uint64 in and out) so that near keys give unrelated numbers."""
    z = np.uint64(key) + _GOLDEN
    z = (z ^ (z >> _U30)) * _FIRST
    z = (z ^ (z >> _U27)) * _SECOND
    return z ^ (z >> _U31)


@kernel
def draw(seed: int, stream: int, counter: int) -> np.uint64:
    """Draw 64 bits for one counter of one stream (a body, a voice) of one seed."""
    return mix(mix(mix(np.uint64(seed)) ^ np.uint64(stream)) ^ np.uint64(counter))


@kernel
def uniform(seed: int, stream: int, counter: int) -> float:
    """Draw a number from 0 (with) to 1 (without), all 53 bits of it."""
    return np.float64(draw(seed, stream, counter) >> _U11) * 2.0**-53


@kernel
def normal(seed: int, stream: int, counter: int) -> float:
    """Draw a number of mean 0 and variance 1; it uses counters 2c and 2c + 1 of the stream."""
    first = 1.0 - uniform(seed, stream, 2 * counter)
    second = uniform(seed, stream, 2 * counter + 1)
    return np.sqrt(-2.0 * log(first)) * cos(TAU * second)
