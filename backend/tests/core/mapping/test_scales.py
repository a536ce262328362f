import math

import pytest

from app.core.mapping import scales


@pytest.mark.parametrize(
    ("scale", "bend"),
    [
        ("linear", float),
        ("log", math.log),
        ("sqrt", math.sqrt),
        ("asinh", math.asinh),
        ("sinh", math.sinh),
    ],
)
def test_each_scale_is_its_function(scale, bend):
    low, high = 0.5, 6.0
    for x in (0.5, 0.9, 2.0, 5.5, 6.0):
        wanted = (bend(x) - bend(low)) / (bend(high) - bend(low))
        assert scales.Way(scale, low, high).part(x) == pytest.approx(wanted, rel=1e-12, abs=1e-12)


def test_pow_takes_its_power_and_keeps_the_sign():
    assert scales.Way("pow", -2.0, 2.0, power=3.0).part(1.0) == pytest.approx((1 + 8) / 16)
    assert scales.Way("pow", -2.0, 2.0, power=2.0).part(-1.0) == pytest.approx((-1 + 4) / 8)


def test_clamping_stops_at_the_bounds_and_not_clamping_goes_on():
    assert scales.Way("linear", 0.0, 5.0).part(7.0) == 1.0
    assert scales.Way("linear", 0.0, 5.0).part(-7.0) == 0.0
    assert scales.Way("linear", 0.0, 5.0, clamp=False).part(10.0) == 2.0


def test_a_domain_without_width_puts_everything_in_the_middle():
    assert scales.Way("linear", 3.0, 3.0).part(3.0) == 0.5


def test_a_logarithm_over_zero_counts_in_plain_steps():
    assert scales.Way("log", 0.0, 10.0).part(5.0) == 0.5
    assert scales.Way("log", 1.0, 10.0).part(0.0) == 0.0


def test_pitches_are_crossed_in_equal_intervals():
    assert scales.between(0.5, 100.0, 400.0, as_pitch=True) == pytest.approx(200.0)
    assert scales.between(0.5, 100.0, 400.0) == 250.0
    assert scales.between(1.0, 0.1, 0.7) == 0.7


def test_steps_are_multiples():
    assert scales.stepped(0.74, 0.25) == 0.75
    assert scales.stepped(-0.13, 0.25) == -0.25
    assert scales.stepped(0.74, 0.0) == 0.74


def test_percentiles_lie_straight_between_neighbours():
    assert [scales.percentile([1.0, 2.0, 4.0], p) for p in (0, 25, 50, 75, 100)] == [
        1,
        1.5,
        2,
        3,
        4,
    ]


def test_folding_keeps_the_pitch_class():
    for hz in (30.0, 199.0, 200.0, 401.0, 3000.0):
        found = scales.folded(hz, 200.0, 400.0)
        assert 200.0 <= found <= 400.0
        assert math.log2(found / hz) == pytest.approx(round(math.log2(found / hz)))


def test_what_has_no_octaves_or_steps_stays_as_it_is():
    for value in (0.0, -3.0, math.inf):
        assert scales.folded(value, 100.0, 200.0) == value
    assert scales.stepped(math.inf, 0.5) == math.inf
    assert math.isnan(scales.stepped(math.nan, 0.5))
