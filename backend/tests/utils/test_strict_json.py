import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.utils.strict_json import DEPTH_MAX, Malformed, TooLong, canonical, decode, reread

PLAIN = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
)
VALUES = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=5),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)


def read(source, bytes_max=10**6):
    return decode(source, bytes_max=bytes_max)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "line 1, column 1"),
        ("[NaN]", "column 2: NaN is not JSON"),
        ("[-Infinity]", "-Infinity is not JSON"),
        ("[1e999]", "1e999 is too large"),
        ("[-1.0e400]", "too large"),
        ('{\n "a": tru}', "line 2, column 7"),
        ('{"a": 1, "b": {"a": 1, "a": 2}}', 'the key "a" stands twice'),
        ('["\\u0000"]', "NUL"),
        ('["\\ud800"]', "surrogate"),
        ('{"\\udc00x": 1}', "surrogate"),
        ("\ufeff{}", "byte order mark"),
        ("{} {}", "column 4"),
        ("[9007199254740993]", "would lose digits"),
        ("[1" + "0" * 100_000 + "]", "would lose digits"),
        ("[01]", "line 1"),
        ("'a'", "line 1"),
        ('["\t"]', "Invalid control character"),
        ("[1,]", "line 1"),
        ("/* a */ 1", "line 1"),
    ],
    ids=lambda text: text[:12],
)
def test_what_is_not_the_json_we_take_is_refused_with_its_place(text, says):
    with pytest.raises(Malformed, match=says.replace("(", "\\(")):
        read(text)


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":'])
def test_depth_is_refused_before_any_recursion(opening):
    with pytest.raises(Malformed, match=f"deeper than {DEPTH_MAX} levels"):
        read(opening * 100_000)


def test_the_deepest_that_is_taken_is_taken():
    assert read("[" * DEPTH_MAX + "]" * DEPTH_MAX)
    with pytest.raises(Malformed):
        read("[" * (DEPTH_MAX + 1) + "]" * (DEPTH_MAX + 1))


def test_brackets_in_strings_are_no_depth():
    assert read('"' + "[{" * 1000 + '\\"]"')


def test_bytes_are_utf_8_or_refused():
    assert read('{"ä": 1}'.encode()) == {"ä": 1}
    with pytest.raises(Malformed, match="byte 2: the text is not UTF-8"):
        read(b'"\xff"')
    with pytest.raises(Malformed):
        read("{}".encode("utf-16"))


def test_text_longer_than_the_limit_is_refused_by_its_bytes():
    assert read('"ä"', bytes_max=4)
    with pytest.raises(TooLong, match="4 bytes; at most 3"):
        read('"ä"', bytes_max=3)


@pytest.mark.parametrize(
    "text", ['"' + "\\" * 300_001, '"\\"' * 100_000, '"' * 300_000, "[" + "1," * 150_000]
)
def test_a_hostile_text_costs_one_pass(text):
    started = time.perf_counter()
    with pytest.raises(Malformed):
        read(text)

    assert time.perf_counter() - started < 2  # a second look from every quote would take minutes


@given(value=VALUES)
def test_canonical_text_is_one_text_that_reads_back(value):
    text = canonical(value)

    assert canonical(read(text)) == text
    assert repr(reread(text)) == repr(read(text))
    assert canonical(json.loads(json.dumps(value))) == text


@given(text=st.text(max_size=30))
def test_whatever_is_taken_is_what_the_library_reads(text):
    try:
        value = read(text)
    except Malformed:
        return
    assert value == json.loads(text)


def test_a_large_float_comes_back_as_one():
    text = canonical(9007199254740992.0)

    assert text == "9007199254740992"
    assert isinstance(read(text), float)
    assert canonical(read(text)) == text


def test_the_canonical_form_is_that_of_the_rfc():
    value = {"numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 1e-27], "€": None, "a": True}

    assert canonical(value) == (
        '{"a":true,"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"€":null}'
    )


@pytest.mark.parametrize(
    "value", [float("nan"), 2**53, "\ud800", {1: 2}, {"a", "b"}, object(), {("a",): 1}]
)
def test_what_is_no_json_has_no_canonical_form(value):
    with pytest.raises(Malformed):
        canonical(value)


def test_canonical_text_with_a_nul_is_refused_and_one_that_looks_like_it_is_not():
    with pytest.raises(Malformed, match="NUL"):
        reread(canonical("a\0b"))
    assert reread(canonical("\\u0000")) == "\\u0000"
