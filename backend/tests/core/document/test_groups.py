from app.core.document.groups import all_ids, member_ids, members

DATA = {"bodies": {"zz-1": {}, "a": {}}, "series": {"p": {"n": 11}}, "crowds": {"g": {"n": 2}}}


def test_member_ids_sort_as_their_numbers():
    for count in (1, 9, 10, 11, 100, 101):
        ids = member_ids("p", count)
        assert list(ids) == sorted(ids)
        assert len(set(ids)) == count
    assert member_ids("p", 15)[0] == "p-00"
    assert member_ids("n", 5)[4] == "n-4"
    assert member_ids("n", 10)[9] == "n-9"


def test_a_group_is_named_for_all_its_members():
    assert members(DATA, "g") == ("g-0", "g-1")
    assert members(DATA, ["a", "g"]) == ("a", "g-0", "g-1")
    assert members(DATA, "p-03") == ("p-03",)
    assert members(DATA, None) == ()
    assert members(DATA, ["g", "g-1", "g"]) == ("g-0", "g-1")


def test_all_ids_ascend():
    assert all_ids(DATA) == sorted(all_ids(DATA))
    assert len(all_ids(DATA)) == 15
