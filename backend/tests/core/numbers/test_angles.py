"""Against long double, whose 64-bit mantissa is 2048 times finer than ours."""

import math

import numpy as np
import pytest

from app.core.numbers import angles

RANDOM = np.random.default_rng(7)
SMALL = RANDOM.uniform(-10, 10, 3000)
LARGE = RANDOM.uniform(-1e6, 1e6, 3000)
NEAR_ZEROS = np.array([n * math.pi / 2 for n in range(-500, 501) if n])


def ulps(values, exact):
    nearest = exact.astype(np.float64)
    return float(np.max(np.abs(values - exact) / np.spacing(np.abs(nearest))))


@pytest.mark.parametrize("points", [SMALL, LARGE, NEAR_ZEROS], ids=["small", "large", "zeros"])
@pytest.mark.parametrize("name", ["sin", "cos"])
def test_sine_and_cosine_are_within_one_ulp(name, points):
    values = np.array([getattr(angles, name)(x) for x in points])

    assert ulps(values, getattr(np, name)(points.astype(np.longdouble))) <= 1.0  # 0.5 is rounding


def test_both_at_once_are_the_same_bits_as_one_by_one():
    for x in SMALL:
        assert angles.sin_cos(x) == (angles.sin(x), angles.cos(x))


def test_arc_tangent_of_two_is_within_two_ulp_in_all_quarters():
    y = RANDOM.uniform(-3, 3, 4000)
    x = RANDOM.uniform(-3, 3, 4000) * 10.0 ** RANDOM.integers(-3, 4, 4000)
    values = np.array([angles.atan2(*point) for point in zip(y, x, strict=True)])

    assert ulps(values, np.arctan2(y.astype(np.longdouble), x.astype(np.longdouble))) <= 2.0


@pytest.mark.parametrize(
    "point", [(0.0, 1.0), (0.0, -1.0), (-0.0, -1.0), (1.0, 0.0), (-1.0, 0.0), (0.0, 0.0)]
)
def test_arc_tangent_on_the_axes_is_that_of_the_standard_library(point):
    assert angles.atan2(*point) == math.atan2(*point)


def test_inverse_functions_return_the_angle():
    for angle in np.linspace(-1.5, 1.5, 301):
        assert angles.asin(math.sin(angle)) == pytest.approx(angle, abs=1e-14)
        assert angles.acos(math.cos(angle)) == pytest.approx(abs(angle), abs=1e-13)


def test_what_is_not_a_number_stays_so():
    assert all(math.isnan(angles.sin(x)) for x in (math.nan, math.inf, -math.inf))
