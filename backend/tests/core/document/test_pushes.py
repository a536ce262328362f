import pytest

from app.core.document.pushes import BODIES_MAX, is_push, problems_of

PUSH = {"push": {"a": {"velocity": [0, 2, 0]}}}
WRONG = [
    (None, "$"),
    ({}, "$"),
    ({f"b{n}": {"velocity": [0, 0, 0]} for n in range(BODIES_MAX + 1)}, "$"),
    ({"a": {}}, "$.a"),
    ({"a": {"mass": 3}}, "$.a"),
    ({"a": [1]}, "$.a"),
    ({"a": {"velocity": [1, 2]}}, "$.a.velocity"),
    ({"a": {"velocity": [1, 2, "x"]}}, "$.a.velocity[2]"),
    ({"a": {"position": [1e300, 0, 0]}}, "$.a.position[0]"),
]


@pytest.mark.parametrize(("pushes", "path"), WRONG)
def test_what_is_no_push_is_told_where(pushes, path):
    assert [one.path for one in problems_of(pushes, "$")][:1] == [path]


def test_a_push_and_a_patch_are_told_apart():
    assert is_push(PUSH)
    assert not is_push({"bodies": {"push": {}}})
    assert list(problems_of(PUSH["push"], "$")) == []
