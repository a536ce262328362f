import numba
import numpy as np
import pytest

from app.core.physics.engine import lanes
from app.core.physics.engine import layout as at

# Kernels within the engine have no door from Python; this one is for the test, and not kept.
gravitate = numba.njit(error_model="numpy")(lambda body, par, out: lanes.gravitate(body, par, out))


def pulls(places, masses, *, gravitation=1.0, softening=0.0):
    n = len(places)
    body = np.zeros((at.BODY_ROWS, n))
    body[at.EX : at.EX + 3], body[at.MASS] = places.T, masses
    par, out = np.zeros(at.PARS), np.zeros((8, max(n, lanes.WIDE)))
    par[at.GRAVITATION], par[at.SOFTENING2] = gravitation, softening**2
    gravitate(body, par, out)
    return out[:3, :n].T, par


@pytest.mark.parametrize("n", [1, 2, 7, 8, 9, lanes.LANES, lanes.LANES + 1, 600])
def test_every_body_feels_every_other_whatever_the_size_of_the_block(n):
    chance = np.random.default_rng(n)
    places, masses = chance.normal(size=(n, 3)), chance.uniform(0, 2, n)
    d = places[None, :, :] - places[:, None, :]
    d2 = (d * d).sum(axis=2) + 0.1**2
    np.fill_diagonal(d2, np.inf)

    felt, _ = pulls(places, masses, gravitation=3.0, softening=0.1)

    expected = 3.0 * (masses[None, :, None] * d / d2[:, :, None] ** 1.5).sum(axis=1)
    assert felt == pytest.approx(expected, rel=1e-10, abs=1e-10)  # sums of 600, each to 1e-16


def test_two_bodies_at_one_place_do_not_pull_each_other():
    felt, _ = pulls(np.zeros((2, 3)), np.ones(2))

    assert not felt.any()


def test_the_tightest_pull_is_told():
    places = np.array([[0.0, 0, 0], [2, 0, 0], [10, 0, 0]])

    _, par = pulls(places, np.array([8.0, 0, 0]))

    assert par[at.QUICKEST] == pytest.approx(8 / 2**3)
