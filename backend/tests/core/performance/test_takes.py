import json

import pytest

from app.core.performance import Entry
from app.core.performance.takes import Take, described, read, written
from app.errors import DocumentError, InputError, SyntaxFault


def test_a_universe_is_a_take_of_itself(busy):
    take = read(busy.text.encode())
    assert take.document.sha256 == busy.sha256
    assert (take.seed, take.journal, take.start, take.ticks) == (None, (), 0, None)


def test_a_take_reads_back_as_it_was_written(busy, throw):
    take = Take(busy, seed=9, journal=(Entry(5, 1, throw),), start=3, ticks=240)
    assert read(json.dumps(written(take)).encode()) == take


def test_a_performance_says_what_it_is_of(busy):
    said = described(Take(busy, seed=9))
    assert (said["universe"], said["seed"]) == (busy.sha256, 9)
    assert described(Take(busy))["seed"] == 3


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"take": 2}, "$.take"),
        ({"universe": []}, "$.universe"),
        ({"seed": -1}, "$.seed"),
        ({"ticks": True}, "$.ticks"),
        ({"start": 0.5}, "$.start"),
        ({"journal": {}}, "$.journal"),
        ({"journal": [{"tick": 1, "rev": 1, "patch": {}}, {"tick": 1}]}, "$.journal[1]"),
    ],
)
def test_a_broken_take_names_the_place(change, path):
    with pytest.raises(SyntaxFault) as caught:
        read(json.dumps({"take": 1, "universe": {}, **change}).encode())
    assert [problem.path for problem in caught.value.problems] == [path]


@pytest.mark.parametrize("source", [b"", b"{", b'{"take": 1', b"[]", b"\xff\xfe", b'{"take": NaN}'])
def test_what_is_no_json_object_is_refused(source):
    with pytest.raises(InputError):
        read(source)


def test_a_take_of_a_faulty_universe_is_refused_with_its_faults():
    with pytest.raises(DocumentError):
        read(b'{"take": 1, "universe": {"music": {"tempo": 1e6}}}')
