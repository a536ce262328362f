from app.utils.ids import new_id


def test_identifiers_ascend_with_time_and_never_repeat():
    made = [new_id() for _ in range(1000)]

    assert made == sorted(set(made))
    assert {one.version for one in made} == {7}
