import random

from app.utils import merge_patch
from app.utils.json_paths import GONE, at, differences, leaves, overlap, put, written


def value(draw, depth=0):
    if depth < 3 and draw.random() < 0.6:
        return {key: value(draw, depth + 1) for key in draw.sample("abcd", draw.randrange(3))}
    return draw.choice([1, 2, "x", [1], True])


def patch_of(draw, depth=0):
    if depth < 3 and draw.random() < 0.6:
        return {key: patch_of(draw, depth + 1) for key in draw.sample("abcd", draw.randrange(4))}
    return draw.choice([1, 3, None, [2]])


def test_putting_back_every_leaf_undoes_a_patch():
    for seed in range(500):
        draw = random.Random(seed)
        before, patch = {"z": value(draw)}, {"z": patch_of(draw, 1), "a": patch_of(draw)}
        inverse, undo = merge_patch.inverse(before, patch), {}
        for path, _, old in leaves(patch, inverse):
            put(undo, path, old)

        assert merge_patch.merged(merge_patch.merged(before, patch), undo) == before, seed


def test_leaves_tell_what_was_written_and_what_stood_there():
    patch = {"a": {"b": 1, "new": {"c": 2}}, "gone": None, "never": None}
    inverse = merge_patch.inverse({"a": {"b": 0}, "gone": {"d": 4}}, patch)

    assert list(leaves(patch, inverse)) == [
        (("a", "b"), 1, 0),
        (("a", "new"), {"c": 2}, None),
        (("gone",), None, {"d": 4}),
    ]


def test_paths_overlap_when_one_lies_within_the_other():
    assert overlap(("a",), ("a", "b"))
    assert overlap(("a", "b"), ("a", "b"))
    assert not overlap(("a", "b"), ("a", "c"))


def test_members_are_put_and_found_at_their_path():
    target = {"a": 1}
    put(target, ("a", "b", "c"), 2)

    assert target == {"a": {"b": {"c": 2}}}
    assert (at(target, ("a", "b", "c")), at(target, ("x",))) == (2, GONE)
    assert written(("a", "b")) == "$.a.b"


def test_differences_are_the_members_that_differ():
    found = list(
        differences({"a": {"b": 1, "c": 1}, "d": [1]}, {"a": {"b": True, "c": 1}, "e": {}})
    )

    assert found == [(("a", "b"), 1, True), (("d",), [1], GONE), (("e",), GONE, {})]
