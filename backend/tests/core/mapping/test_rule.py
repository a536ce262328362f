import pytest

from app.core.document import judge
from app.core.document.spans import span_of
from app.core.mapping.rule import Seconds


def test_spans_count_at_the_tempo_and_meter_a_universe_is_written_in():
    seconds = Seconds(judge({"music": {"tempo": 90, "meter": "3/4"}}))

    assert seconds.of(span_of("1 bar")) == pytest.approx(2.0)
    assert seconds.beats(span_of("3 s")) == pytest.approx(4.5)
    assert seconds.smooth(None) == 0.0
