import struct

import pytest

from app.core.numbers.bits import bits_of, float_of
from app.core.numbers.kernel import kernel


@kernel
def spelled(x):
    return bits_of(x)


@kernel
def read(bits):
    return float_of(bits)


@pytest.mark.parametrize("number", [0.0, -0.0, 1.5, -2.25e-310, 1e300, float("inf")])
def test_bits_are_those_of_ieee_754(number):
    assert spelled(number) == struct.unpack("<q", struct.pack("<d", number))[0]
    assert struct.pack("<d", read(spelled(number))) == struct.pack("<d", number)
