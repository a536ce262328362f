from app.core.document.rules_judged import WATCHES_MAX, mapped, named, voiced, watched


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


def test_what_must_be_watched_is_counted_over_all_rules():
    when = {"event": "crossing", "measure": "body.x", "at": 0}
    data = {"series": {"p": {"n": 2000}}, "rules": {f"r{n}": {"when": when} for n in range(6)}}
    few = {**data, "rules": {name: {"when": {**when, "of": "p-0001"}} for name in data["rules"]}}
    pairs = {
        "series": {"p": {"n": 200}},
        "rules": {"r": {"when": {**when, "measure": "pair.distance"}}},
    }

    assert "12000" in next(watched(data)).message
    assert list(watched(few)) == []
    assert str(200 * 199 // 2) in next(watched(pairs)).message
    assert WATCHES_MAX == 10_000
