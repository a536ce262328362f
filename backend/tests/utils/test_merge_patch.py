import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.utils.merge_patch import difference, inverse, merged

# What a stored document may hold: objects, lists, text, numbers; nulls only inside patches.
plain = st.recursive(
    st.integers(-3, 3) | st.text("ab", max_size=2),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("xyz"), inner),
    max_leaves=8,
)
documents = st.dictionaries(st.sampled_from("xyz"), plain, max_size=3)
patches = st.recursive(
    st.none() | st.integers(-3, 3),
    lambda inner: st.dictionaries(st.sampled_from("xyz"), inner, max_size=3),
    max_leaves=8,
).filter(lambda value: isinstance(value, dict))


@given(documents, patches)
def test_the_inverse_takes_a_patch_back(before, patch):
    assert merged(merged(before, patch), inverse(before, patch)) == before


@given(documents, documents)
def test_the_difference_turns_one_document_into_the_other(before, after):
    assert merged(before, difference(before, after)) == after


@pytest.mark.parametrize(
    ("before", "patch", "undo"),
    [
        ({"a": 1}, {"a": 2}, {"a": 1}),
        ({}, {"a": 2}, {"a": None}),
        ({"a": 1}, {"a": None}, {"a": 1}),
        ({}, {"a": None}, {}),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 3}}, {"a": {"b": 1}}),
        ({"a": {"b": 1}}, {"a": [1]}, {"a": {"b": 1}}),
        ({"a": 1}, {"a": {"b": 2}}, {"a": 1}),
    ],
)
def test_an_inverse_names_only_what_the_patch_named(before, patch, undo):
    assert inverse(before, patch) == undo


def test_equal_documents_differ_in_nothing():
    assert difference({"a": {"b": 1}}, {"a": {"b": 1}}) == {}
    assert difference({"a": 1}, {"a": True}) == {"a": True}
