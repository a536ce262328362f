import pytest

from app.services.summaries import summary
from app.utils import merge_patch

BEFORE = {"music": {"tempo": 120}, "bodies": {"a": {"x": 1}}, "title": "One"}


@pytest.mark.parametrize(
    ("patch", "told"),
    [
        ({"music": {"tempo": 90}}, "tempo 120 → 90"),
        ({"physics": {"gravity": [0, 1, 0]}}, "gravity default → [0,1,0]"),
        ({"music": {"reverb": {"mix": 0.5}}}, "reverb mix default → 0.5"),
        ({"bodies": {"a": {"x": 2}}}, "changed x of body a"),
        ({"bodies": {"b": {}}}, "added body b"),
        ({"bodies": {"a": None}}, "removed body a"),
        ({"story": {"end": {"at": 1}}}, "added story point end"),
        ({"title": "Two"}, "title One → Two"),
        ({}, "nothing"),
        ({"bodies": {n: {} for n in "bcdef"}}, "added body b, added body c, added body d, and 2 more"),
    ],
)  # fmt: skip
def test_a_change_is_told_in_few_words(patch, told):
    assert summary("edit", patch, merge_patch.inverse(BEFORE, patch)) == told


@pytest.mark.parametrize(("act", "told"), [("undo", "undid: tempo 120 → 90"), ("create", "made the universe")])  # fmt: skip
def test_the_act_is_told_too(act, told):
    patch = {"music": {"tempo": 90}}

    assert summary(act, patch, merge_patch.inverse(BEFORE, patch)) == told


def test_a_long_value_is_cut_short():
    patch = {"about": "x" * 500}

    assert len(summary(None, patch, {"about": None})) < 80
