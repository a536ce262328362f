import numpy as np
import pytest

from app.core.numbers.noise import draw, mix, normal, uniform


def test_mixing_is_splitmix64():
    # Vigna's reference splitmix64.c seeded with 0 gives these first two numbers.
    assert mix(np.uint64(0)) == 0xE220A8397B1DCDAF
    assert mix(np.uint64(0x9E3779B97F4A7C15)) == 0x6E789E6AA1B965F4


def test_any_draw_can_be_made_again_in_any_order():
    forward = [draw(3, 1, n) for n in range(50)]

    assert [draw(3, 1, n) for n in reversed(range(50))] == forward[::-1]
    assert len({draw(s, b, n) for s in range(5) for b in range(5) for n in range(20)}) == 500


def test_uniform_fills_its_range_evenly():
    sample = np.array([uniform(1, 2, n) for n in range(20_000)])

    assert 0.0 <= sample.min() < 1e-3
    assert 1 - 1e-3 < sample.max() < 1.0
    assert sample.mean() == pytest.approx(0.5, abs=0.0082)  # four standard errors
    assert sample.var() == pytest.approx(1 / 12, abs=0.0022)


def test_normal_has_the_moments_of_the_bell():
    sample = np.array([normal(5, 0, n) for n in range(20_000)])

    assert sample.mean() == pytest.approx(0, abs=0.029)  # four standard errors
    assert sample.var() == pytest.approx(1, abs=0.04)
    assert (sample**4).mean() == pytest.approx(3, abs=0.28)
    assert np.corrcoef(sample[:-1], sample[1:])[0, 1] == pytest.approx(0, abs=0.029)
