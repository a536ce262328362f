import pytest

from app.core.document import judge
from app.core.document.faults import faults
from app.core.document.grammar.matter import BODY, SERIES
from app.errors import DocumentError


def fits(shape, value):
    return not list(faults(shape, value, "$"))


def test_a_series_takes_ramps_and_lists_wherever_a_body_takes_a_number():
    assert fits(SERIES, {"n": 3, "mass": {"from": 1, "step": 1}, "rod": {"length": [1, 2, 3]}})
    assert fits(SERIES, {"n": 2, "bounce": ["1/3 bar", "1/4 bar"]})
    assert fits(SERIES, {"n": 2, "rod": {"swing": {"per_minute": {"from": 51, "step": 1}}}})
    assert not fits(BODY, {"mass": {"from": 1, "step": 1}})


def test_a_body_moves_in_one_way_only():
    assert not fits(BODY, {"fixed": True, "rod": {"length": 1}})
    assert not fits(BODY, {"orbit": "1 bar", "bounce": "1 bar"})


@pytest.mark.parametrize("breaks", [0, -0.0, -1])
def test_a_link_that_bears_nothing_is_refused_at_its_path(breaks):
    bodies = {"a": {"position": [0, 0, 0]}, "b": {"position": [1, 0, 0]}}
    link = {"kind": "rod", "between": ["a", "b"]}

    with pytest.raises(DocumentError) as refused:
        judge({"bodies": bodies, "links": {"l": {**link, "breaks": breaks}}})

    (fault,) = refused.value.problems
    assert fault.path == "$.links.l.breaks"
    assert "more than 0" in fault.message
    judge({"bodies": bodies, "links": {"l": {**link, "breaks": 5e-324}}})
