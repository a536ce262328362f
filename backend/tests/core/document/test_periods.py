import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from app.core.document import judge
from app.core.document.periods import drop_height, rod_length, universe_time


@given(period=st.floats(0.01, 100), gravity=st.floats(0.01, 20))
def test_a_dropped_ball_is_back_after_its_period(period, gravity):
    height = drop_height(period, gravity)

    assert 2 * math.sqrt(2 * height / gravity) == pytest.approx(period, rel=1e-14)


def test_the_heights_of_the_polyrhythm_are_those_of_the_specification():
    heights = [drop_height(2 / n, 9.81) for n in (3, 4, 5, 7)]

    assert heights == pytest.approx([0.545, 0.307, 0.196, 0.100], abs=6e-4)


@pytest.mark.parametrize("angle", [0.0, 10.0, 60.0, 120.0, 179.0])
def test_a_pendulum_swings_in_its_period_at_any_angle(angle):
    length = rod_length(1.5, 9.81, math.radians(angle))
    k = math.sin(math.radians(angle) / 2)
    # The period by its integral, not by the mean the engine uses.
    turn, _ = quad(
        lambda x: 1 / math.sqrt(1 - (k * math.sin(x)) ** 2), 0, math.pi / 2, epsrel=1e-12
    )

    assert 4 * math.sqrt(length / 9.81) * turn == pytest.approx(1.5, rel=1e-9)


def test_a_span_in_universe_time_follows_tempo_meter_and_rate():
    music = {"tempo": 60, "meter": "3/4"}
    plain = judge({"music": music})
    days = judge({"music": music, "clock": {"unit": "day", "rate": 2, "per": "beat"}})

    assert universe_time(plain, "1/2 bar") == 1.5
    assert universe_time(days, "1/2 bar") == 3.0
    assert universe_time(days, "1 s") == 2.0
    assert universe_time(plain, {"per_minute": 40}) == 1.5
