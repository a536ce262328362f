import pytest

from app.core.document.faults import faults
from app.core.document.grammar.common import NAME, PERIOD_OF, PITCH_OF, POSITION_OF, SPAN_OF


def fits(shape, value):
    return not list(faults(shape, value, "$"))


@pytest.mark.parametrize("span", ["1/3 bar", "2 bars", "1/16", "1/8t", "5 ms", 0.5, 0])
def test_spans_are_words_or_seconds(span):
    assert fits(SPAN_OF, span)


def test_a_period_is_longer_than_nothing():
    assert fits(PERIOD_OF, {"per_minute": 51})
    assert not fits(PERIOD_OF, {"per_minute": 0})
    assert not fits(PERIOD_OF, 0)
    assert not fits(PERIOD_OF, "0 bars")


def test_a_position_may_be_a_bar_of_the_score():
    assert fits(POSITION_OF, "bar 17")
    assert not fits(SPAN_OF, "bar 17")


def test_pitches_and_names():
    assert fits(PITCH_OF, "F#4")
    assert fits(PITCH_OF, 432)
    assert not fits(PITCH_OF, 5)
    assert fits(NAME, "zz-k3f9")
    assert not fits(NAME, "Zz")
