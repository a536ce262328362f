from app.core.document.authored import authored, member_of


def test_ramps_and_lists_are_taken_by_member_number():
    said = {"n": 3, "x": {"from": 1, "step": 2}, "mass": [5, 6, 7], "rod": {"length": [1, 2, 3]}}

    assert member_of(said, 2) == {"x": 5, "mass": 7, "rod": {"length": 3}}


def test_every_body_is_there_once_in_ascending_id():
    found = authored({"bodies": {"z": {}, "a": {}}, "series": {"m": {"n": 2}}})

    assert list(found) == ["a", "m-0", "m-1", "z"]
    assert [(one.index, one.group) for one in found.values()] == [
        (0, ""),
        (0, "m"),
        (1, "m"),
        (3, ""),
    ]
