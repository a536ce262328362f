from app.core.numbers import angles, kernel, noise, powers
from app.core.numbers.warm import warm


def test_after_warming_nothing_is_left_to_compile():
    warm()
    before = kernel.compilations()
    angles.atan2(1.0, 2.0), powers.power(2.0, 0.5), noise.normal(9, 9, 9)

    assert kernel.compilations() == before
