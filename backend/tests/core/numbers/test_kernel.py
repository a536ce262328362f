import numpy as np

from app.core.numbers import kernel as module
from app.core.numbers.kernel import kernel


@kernel
def fused(a, b, c):
    return a * b + c


def test_a_product_is_rounded_before_it_is_added():
    # One fused operation would give 2**-104 here, whatever the processor can do.
    a = 1.0 + 2.0**-52

    assert fused(a, 1.0 - 2.0**-52, -1.0) == 0.0


@kernel
def total(values):
    result = 0.0
    for value in values:
        result += value
    return result


def test_a_sum_keeps_its_order():
    values = np.array([1e16, 1.0, -1e16] * 64)

    assert total(values) == sum(values.tolist())  # reordered by fours it is not 0


def test_compilations_are_counted():
    before = module.compilations()
    total(np.zeros(3, dtype=np.float32))

    assert module.compilations() in (before, before + 1)  # none when the cache has it
