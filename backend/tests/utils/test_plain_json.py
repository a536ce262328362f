"""Laws of the quick halves: where they do not doubt, they are the slow ones."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.utils import plain_json, strict_json
from app.utils.plain_json import Doubt
from tests.utils.test_strict_json import VALUES

FAULTS = ('"', "]", "{", "1e999", "NaN", "0", "\\u0000", "-", "é", ",", "9" * 30, '{"a":1,"a":2}')


def doubt(*_):
    raise Doubt


def slowly(act, *facts, **more):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain_json, "decode", doubt)
        patch.setattr(plain_json, "canonical", doubt)
        return outcome(act, *facts, **more)


def outcome(act, *facts, **more):
    try:
        return repr(act(*facts, **more))
    except strict_json.Malformed as fault:
        return str(fault)


@given(value=VALUES, at=st.integers(0, 60), put=st.sampled_from(FAULTS))
def test_what_is_read_quickly_is_taken_or_refused_as_by_the_slow_look(value, at, put):
    text = json.dumps(value)

    for one in (text, text[:at] + put + text[at:]):
        asked = {"bytes_max": 10**6}
        assert outcome(strict_json.decode, one, **asked) == slowly(strict_json.decode, one, **asked)


@given(value=VALUES | st.integers() | st.floats() | st.text())
@example(value=[1e-4, 1e-5, 1e16, 1e15, -0.0, 123456789.5, 5e-324, 2**53, -(2**53) + 1, 1e21])
@example(value={"b": '\x7f\x1f\n"\\/', "a": [True, None, ()], "é": 1, "\U00010000": 2, "\uffff": 3})
@example(value={1: 2})
@example(value=["\ud800"])
def test_what_is_written_quickly_is_what_the_library_writes(value):
    assert outcome(strict_json.canonical, value) == slowly(strict_json.canonical, value)


@given(value=VALUES | st.integers() | st.floats() | st.text())
@example(value=[1e-4, 1e-5, 1e16, 1e15, -0.0, 123456789.5, 5e-324, 2**53, -(2**53) + 1, 1e21])
@example(value={"b": '\x7f\x1f\n"\\/', "a": [True, None, ()], "é": 1, "\x00": 2})
@example(value={1: 2})
@example(value=[1.0, 10.05, 9007199254740993, 0.12345678901234567])
def test_what_is_settled_at_once_is_what_was_written_and_read_again(value):
    found = strict_json.settled(value, 32)

    if found is not None:
        text = strict_json.canonical(value)
        assert repr(found) == repr((strict_json.reread(text), text))


def test_what_is_deeper_than_asked_is_not_settled():
    assert strict_json.settled({"a": [1.5]}, 2) == ({"a": [1.5]}, '{"a":[1.5]}')
    assert strict_json.settled({"a": [1.5]}, 1) is None


def test_what_is_plain_is_not_doubted():
    plain = {"bodies": {"a-1": {"position": [0.5, -1, 2], "fixed": True, "of": None}}}

    assert plain_json.canonical(plain) == strict_json.canonical(plain)
    assert plain_json.decode(json.dumps(plain), 32) == plain
