"""Against long double, whose 64-bit mantissa is 2048 times finer than ours."""

import math

import numpy as np
import pytest

from app.core.numbers import powers

RANDOM = np.random.default_rng(11)


def ulps(values, exact):
    nearest = exact.astype(np.float64)
    return float(np.max(np.abs(values - exact) / np.spacing(np.abs(nearest))))


@pytest.mark.parametrize("span", [1e-9, 0.3, 10.0, 700.0])
def test_exponential_is_within_one_ulp(span):
    x = RANDOM.uniform(-span, span, 4000)

    assert ulps(np.array([powers.exp(v) for v in x]), np.exp(x.astype(np.longdouble))) <= 1.0


@pytest.mark.parametrize("span", [1e-6, 0.5, 300.0])
def test_logarithm_is_within_one_ulp(span):
    x = 10.0 ** RANDOM.uniform(-span, span, 4000)

    assert ulps(np.array([powers.log(v) for v in x]), np.log(x.astype(np.longdouble))) <= 1.0


@pytest.mark.parametrize("span", [0.1, 2.0, 60.0])
def test_power_is_within_two_ulp(span):
    x = 10.0 ** RANDOM.uniform(-3, 3, 4000)
    y = RANDOM.uniform(-span, span, 4000)
    exact = np.power(x.astype(np.longdouble), y.astype(np.longdouble))

    assert ulps(np.array([powers.power(*v) for v in zip(x, y, strict=True)]), exact) <= 2.0


def test_whole_powers_of_two_are_exact():
    assert all(powers.power(2.0, float(n)) == 2.0**n for n in range(-1022, 1024))


@pytest.mark.parametrize(
    ("x", "y"), [(0.0, 2.0), (0.0, 0.0), (-2.0, 3.0), (-2.0, 4.0), (9.0, 0.5), (1.0, math.inf)]
)
def test_power_at_its_corners_is_that_of_the_standard_library(x, y):
    assert powers.power(x, y) == math.pow(x, y)


def test_corners_of_exponential_and_logarithm():
    assert (powers.exp(0.0), powers.exp(1e4), powers.exp(-1e4)) == (1.0, math.inf, 0.0)
    assert (powers.log(1.0), powers.log(0.0), powers.log(math.inf)) == (0.0, -math.inf, math.inf)
    assert math.isnan(powers.log(-1.0))
    assert math.isnan(powers.exp(math.nan))
    assert math.isnan(powers.power(-2.0, 0.5))


def test_hyperbolic_tangent_is_within_four_ulp():
    x = np.concatenate([RANDOM.uniform(-0.2, 0.2, 2000), RANDOM.uniform(-20, 20, 2000)])

    assert ulps(np.array([powers.tanh(v) for v in x]), np.tanh(x.astype(np.longdouble))) <= 4.0
