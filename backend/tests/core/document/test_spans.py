import re

import pytest

from app.core.document.spans import PERIOD, Span, position_of, span_of

PACE = {"tempo": 120.0, "bar_beats": 4.0}


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("1/3 bar", 2 / 3), ("2 bars", 4.0), ("1 beat", 0.5), ("1.5 beats", 0.75), ("1/4", 0.5),
        ("1/8t", 1 / 6), ("5 ms", 0.005), ("2 s", 2.0), (0.25, 0.25), ({"per_minute": 30}, 2.0),
        ("2bars", 4.0),
    ],
)  # fmt: skip
def test_a_span_is_so_many_seconds_at_a_tempo(said, seconds):
    assert span_of(said).seconds(**PACE) == pytest.approx(seconds, rel=1e-15)
    assert span_of(said).beats(**PACE) == pytest.approx(2 * seconds, rel=1e-15)


@pytest.mark.parametrize("said", ["1/0 bar", "bar", "-1 bar", "1e3 s", "1/4 bart", "", "1 bar\n"])
def test_what_is_no_span_is_refused(said):
    with pytest.raises(ValueError, match="no span"):
        span_of(said)


def test_a_bar_of_a_score_counts_from_one():
    assert position_of("bar 17") == Span(16.0, "bar")
    assert position_of("beat 1") == Span(0.0, "beat")
    assert position_of("bar 2.5") == Span(1.5, "bar")
    assert position_of("8 bars") == Span(8.0, "bar")
    assert position_of(12) == Span(12.0)


@pytest.mark.parametrize(("said", "longer"), [("0 bars", False), ("0/3 bar", False), ("0.0 s", False), ("0.01 s", True), ("1/3 bar", True), ("10 ms", True)])  # fmt: skip
def test_a_period_is_longer_than_nothing(said, longer):
    assert bool(re.fullmatch(PERIOD, said)) is longer
