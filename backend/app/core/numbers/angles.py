"""Sine, cosine and arc tangent from + - * / alone.

Coefficients and ranges: fdlibm (Sun Microsystems, 1993), k_sin.c, k_cos.c, s_atan.c.
"""

import math

import numpy as np

from app.core.numbers.bits import bits_of, float_of
from app.core.numbers.kernel import inner, kernel

TAU = 2 * math.pi
_TWO_OVER_PI = 2 / math.pi
# Half a pi in parts of 33 bits: a whole number below 2**20 times the first parts is exact.
_HALF_PI_1 = 1.57079632673412561417e00
_HALF_PI_2 = 6.07710050630396597660e-11
_HALF_PI_3 = 2.02226624871116645580e-21
_HALF_PI_3_TAIL = 8.47842766036889956997e-32

# Arc tangents of 1/2, 1, 3/2 and infinity, with what their doubles leave out.
_ATAN_HIGH = np.array(
    [
        4.63647609000806093515e-01,
        7.85398163397448278999e-01,
        9.82793723247329054082e-01,
        1.57079632679489655800e00,
    ]
)
_ATAN_LOW = np.array(
    [
        2.26987774529616870924e-17,
        3.06161699786838301793e-17,
        1.39033110312309984516e-17,
        6.12323399573676603587e-17,
    ]
)


@inner
def _sine(x: float, tail: float) -> float:
    z = x * x
    r = 8.33333333332248946124e-03 + z * (
        -1.98412698298579493134e-04
        + z
        * (
            2.75573137070700676789e-06
            + z * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10)
        )
    )
    cube = z * x
    return x - ((z * (0.5 * tail - cube * r) - tail) - cube * -1.66666666666666324348e-01)


@inner
def _cosine(x: float, tail: float) -> float:
    z = x * x
    r = z * (
        4.16666666666666019037e-02
        + z
        * (
            -1.38888888888741095749e-03
            + z
            * (
                2.48015872894767294178e-05
                + z
                * (
                    -2.75573143513906633035e-07
                    + z * (2.08757232129817482790e-09 + z * -1.13596475577881948265e-11)
                )
            )
        )
    )
    half = 0.5 * z
    whole = 1.0 - half
    return whole + (((1.0 - whole) - half) + (z * r - x * tail))


@inner
def _reduced(x: float) -> tuple[int, float, float]:
    """Take whole quarter turns out of an angle: how many (mod 4), the rest, and its tail."""
    turns = np.floor(x * _TWO_OVER_PI + 0.5)
    high = x - turns * _HALF_PI_1
    step = turns * _HALF_PI_2
    middle = high - step
    low = turns * _HALF_PI_3 - ((high - middle) - step)
    rest = middle - low
    # A second look, for angles close to a multiple of half a pi.
    tail = (middle - rest) - low - turns * _HALF_PI_3_TAIL
    return int(turns) & 3, rest, tail


@kernel
def sin(x: float) -> float:
    """Give the sine of an angle in radians; to 1 ulp while |x| < 1.6e6."""
    quarter, rest, tail = _reduced(x)
    value = _cosine(rest, tail) if quarter & 1 else _sine(rest, tail)
    return -value if quarter & 2 else value


@kernel
def cos(x: float) -> float:
    """Give the cosine of an angle in radians; to 1 ulp while |x| < 1.6e6."""
    quarter, rest, tail = _reduced(x)
    value = _sine(rest, tail) if quarter & 1 else _cosine(rest, tail)
    return -value if (quarter + 1) & 2 else value


@kernel
def sin_cos(x: float) -> tuple[float, float]:
    """Give sine and cosine of an angle in radians for little more than the price of one."""
    quarter, rest, tail = _reduced(x)
    s = _sine(rest, tail)
    c = _cosine(rest, tail)
    if quarter & 1:
        s, c = c, -s
    if quarter & 2:
        s, c = -s, -c
    return s, c


@kernel
def atan(x: float) -> float:
    """Give the angle in -π/2 .. π/2 whose tangent this is, to 1 ulp."""
    size = abs(x)
    if size < 0.4375:
        return x - x * _atan_tail(x)
    if size < 0.6875:
        part, at = (2.0 * size - 1.0) / (2.0 + size), 0
    elif size < 1.1875:
        part, at = (size - 1.0) / (size + 1.0), 1
    elif size < 2.4375:
        part, at = (size - 1.5) / (1.0 + 1.5 * size), 2
    else:
        part, at = -1.0 / size, 3
    angle = _ATAN_HIGH[at] - ((part * _atan_tail(part) - _ATAN_LOW[at]) - part)
    return -angle if x < 0.0 else angle


@inner
def _atan_tail(x: float) -> float:
    z = x * x
    w = z * z
    odd = z * (
        3.33333333333329318027e-01
        + w
        * (
            1.42857142725034663711e-01
            + w
            * (
                9.09088713343650656196e-02
                + w
                * (
                    6.66107313738753120669e-02
                    + w * (4.97687799461593236017e-02 + w * 1.62858201153657823623e-02)
                )
            )
        )
    )
    even = w * (
        -1.99999999998764832476e-01
        + w
        * (
            -1.11111104054623557880e-01
            + w
            * (
                -7.69187620504482999495e-02
                + w * (-5.83357013379057348645e-02 + w * -3.65315727442169155270e-02)
            )
        )
    )
    return odd + even


@kernel
def atan2(y: float, x: float) -> float:
    """Give the angle of the point (x, y) seen from the origin, -π .. π, to 2 ulp; 0 at the origin."""
    if y == 0.0:
        # A signed zero beside the negative axis: above it is +π, below it -π.
        down = bits_of(y) < 0
        if x < 0.0:
            return -math.pi if down else math.pi
        return y
    if x == 0.0:
        return math.copysign(0.5 * math.pi, y)
    angle = atan(abs(y / x))
    if x < 0.0:
        angle = math.pi - (angle - 1.22464679914735317720e-16)
    return float_of(bits_of(angle) | (bits_of(y) & np.int64(-(2**63))))


@kernel
def asin(x: float) -> float:
    """Give the angle in -π/2 .. π/2 whose sine this is; nan outside -1 .. 1."""
    return atan2(x, np.sqrt((1.0 - x) * (1.0 + x)))


@kernel
def acos(x: float) -> float:
    """Give the angle in 0 .. π whose cosine this is; nan outside -1 .. 1."""
    return atan2(np.sqrt((1.0 - x) * (1.0 + x)), x)
