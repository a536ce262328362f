"""Exponential, logarithm, power and hyperbolic tangent from + - * / alone.

Coefficients of exp and log: fdlibm (Sun Microsystems, 1993), e_exp.c, e_log.c.
The power is taken in numbers of two doubles: Dekker (1971), Numer. Math. 18, 224.
"""

import math

import numpy as np

from app.core.numbers.bits import bits_of, float_of
from app.core.numbers.kernel import inner, kernel

_LN2 = math.log(2.0)
_LN2_HIGH = 6.93147180369123816490e-01  # 32 bits: whole exponents times it are exact
_LN2_LOW = 1.90821492927058770002e-10
_EXP_HIGH = 709.782712893384
_EXP_LOW = -745.1332191019411
_FRACTION = np.int64((1 << 52) - 1)
_ONE_BITS = np.int64(1023 << 52)
_SQRT_HALF = math.sqrt(0.5)
_TWO_54 = 2.0**54
_SPLIT = 2.0**27 + 1.0
_THIRD_LOW = 1.850371707708594e-17  # a third less its double


@kernel
def scaled(x: float, exponent: int) -> float:
    """Multiply by two to a whole power, -1100 .. 1024, exactly unless the result is subnormal."""
    if exponent > 1023:
        return x * 2.0 * float_of(np.int64(exponent - 1 + 1023) << 52)
    if exponent < -1021:
        return x * float_of(np.int64(exponent + 128 + 1023) << 52) * 2.0**-128
    return x * float_of(np.int64(exponent + 1023) << 52)


@inner
def _rest(x: float) -> float:
    """Give what e**x has beyond 1 + x, for |x| below half a ln 2."""
    z = x * x
    c = x - z * (
        1.66666666666666019037e-01
        + z
        * (
            -2.77777777770155933842e-03
            + z
            * (
                6.61375632143793436117e-05
                + z * (-1.65339022054652515390e-06 + z * 4.13813679705723846039e-08)
            )
        )
    )
    return x * c / (2.0 - c)


@inner
def _exp_pair(high: float, low: float) -> float:
    """Give e**(high + low), low a small part of high's last bit or of ln 2's tail."""
    if high > _EXP_HIGH:
        return np.inf
    if high < _EXP_LOW:
        return 0.0
    if high != high:
        return high
    turns = np.floor(high / _LN2 + 0.5)
    top = high - turns * _LN2_HIGH
    bottom = turns * _LN2_LOW - low
    x = top - bottom
    tail = (top - x) - bottom
    return scaled(1.0 + (x + (_rest(x) + tail * (1.0 + x))), int(turns))


@kernel
def exp(x: float) -> float:
    """Give e to a power, to 1 ulp; infinity above 709.78, 0 below -745.13."""
    return _exp_pair(x, 0.0)


@inner
def _split(x: float) -> tuple[float, int]:
    """Write a positive number as m · 2**k, m from √½ to √2."""
    shift = 0
    if x < 2.2250738585072014e-308:
        x, shift = x * _TWO_54, -54
    bits = bits_of(x)
    m = float_of((bits & _FRACTION) | _ONE_BITS)
    k = (bits >> 52) - 1023 + shift
    if m > 2.0 * _SQRT_HALF:
        m, k = 0.5 * m, k + 1
    return m, k


@kernel
def log(x: float) -> float:
    """Give the natural logarithm, to 1 ulp; -infinity of 0, nan below."""
    if not x > 0.0:
        return -np.inf if x == 0.0 else np.nan
    if x == np.inf:
        return x
    m, k = _split(x)
    f = m - 1.0
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    even = w * (
        3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01)
    )
    odd = z * (
        6.666666666666735130e-01
        + w
        * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01))
    )
    half = 0.5 * f * f
    return k * _LN2_HIGH - ((half - (s * (half + odd + even) + k * _LN2_LOW)) - f)


@inner
def _product(a: float, b: float) -> tuple[float, float]:
    """Multiply two doubles into a double and exactly what it rounded away (Dekker)."""
    p = a * b
    t = _SPLIT * a
    a1 = t - (t - a)
    a2 = a - a1
    t = _SPLIT * b
    b1 = t - (t - b)
    b2 = b - b1
    return p, ((a1 * b1 - p) + a1 * b2 + a2 * b1) + a2 * b2


@inner
def _log_pair(x: float) -> tuple[float, float]:
    """Give the natural logarithm of a positive number as two doubles, to about 2**-64."""
    m, k = _split(x)
    f = m - 1.0
    g = m + 1.0
    g_low = m - (g - 1.0)
    s = f / g
    p, e = _product(s, g)
    s_low = ((f - p) - e - s * g_low) / g
    z, z_low = _product(s, s)
    z_low += 2.0 * s * s_low
    # log m = 2 s (1 + z/3 + z²/5 + …): the first two terms in two doubles, the rest in one.
    rest = 1.0 / 25.0
    for n in range(23, 4, -2):
        rest = rest * z + 1.0 / n
    third, third_low = _product(z, 1.0 / 3.0)
    third_low += z * _THIRD_LOW + z_low / 3.0 + rest * z * z
    c, c_low = _product(s, third)
    c_low += s * third_low + s_low * third
    high = k * _LN2_HIGH
    top = high + 2.0 * s
    error = (high - (top - (top - high))) + (2.0 * s - (top - high))
    second = top + 2.0 * c
    more = (top - (second - (second - top))) + (2.0 * c - (second - top))
    low = error + more + 2.0 * (c_low + s_low) + k * _LN2_LOW
    return second, low


@kernel
def power(x: float, y: float) -> float:
    """Give x to the power y, to 2 ulp; nan for a negative x unless y is whole."""
    if y == 0.0 or x == 1.0:
        return 1.0
    sign = 1.0
    if x < 0.0:
        if y != np.floor(y):
            return np.nan
        sign = -1.0 if 0.5 * y != np.floor(0.5 * y) else 1.0
        x = -x
    if x == 0.0:
        return 0.0 * sign if y > 0.0 else np.inf * sign
    if not x < np.inf:
        return x * sign if y > 0.0 or x != x else 0.0
    high, low = _log_pair(x)
    total = high + low
    low = low - (total - high)
    if not abs(y * total) < 800.0:
        return sign * _exp_pair(y * total, 0.0)
    p, e = _product(total, y)
    return sign * _exp_pair(p, e + low * y)


@kernel
def tanh(x: float) -> float:
    """Give the hyperbolic tangent, to 4 ulp."""
    size = abs(x)
    if size < 0.34:
        part = x + _rest(x)
        half = part / (part + 2.0)
        return 2.0 * half / (1.0 + half * half)
    value = 1.0 - 2.0 / (exp(2.0 * size) + 1.0)
    return -value if x < 0.0 else value
