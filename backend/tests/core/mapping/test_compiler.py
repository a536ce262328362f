from app.core.document import parse
from app.core.mapping.compiler import compile, everybody


def test_members_of_crowds_and_series_are_among_everybody():
    document = parse(
        '{"dimensions": 2, "bodies": {"m": {}}, "series": {"s": {"n": 2}},'
        ' "crowds": {"c": {"sow": "box", "n": 3, "radius": 0.1}}}'
    )
    assert [body.id for body in everybody(document)] == ["c-0", "c-1", "c-2", "m", "s-0", "s-1"]
    assert compile(document).bodies == {"c-0", "c-1", "c-2", "m", "s-0", "s-1"}


def test_rules_keep_their_names_and_get_the_built_in_one():
    said = '{"rules": {"z": {"when": {"event": "collision"}, "note": {"pitch": "A4"}}}}'
    assert compile(parse(said)).ids == {"z", "appear"}
