from app.core.document.rules_judged import mapped, named, voiced


def rules(rule):
    return {"bodies": {"a": {}}, "rules": {"r": rule}}


def test_walls_and_bodies_are_there_to_be_named():
    for other in ("wall", "floor", "a", ["a", "left"]):
        assert list(named(rules({"when": {"event": "collision", "with": other}}))) == []


def test_a_scale_has_what_it_needs():
    pitch = {"from": "body.x", "scale": "pow"}
    (fault,) = mapped(rules({"when": {"event": "appear"}, "note": {"pitch": pitch}}))

    assert fault.path == "$.rules.r.note.pitch"
    assert (
        list(mapped(rules({"when": {"event": "appear"}, "note": {"pitch": {**pitch, "power": 2}}})))
        == []
    )


def test_a_range_may_run_down_where_a_domain_may_not():
    value = {"from": "body.x", "domain": [0, 1], "range": [1, 0]}

    assert list(mapped(rules({"set": {"music.harmony": value}}))) == []


def test_voices_of_the_document_and_the_house_are_known():
    data = rules({"when": {"event": "appear"}, "note": {"voice": "glass"}})

    assert list(voiced(data))
    assert list(voiced({**data, "voices": {"glass": {}}})) == []
