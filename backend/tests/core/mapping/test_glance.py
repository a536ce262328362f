from app.core.document import parse
from app.core.mapping.glance import asked
from app.core.mapping.measures import Subject
from app.core.story import Clock

FOLLOW = {
    "glow": {
        "when": {"while": {"universe.kinetic": {"above": 1}}},
        "of": ["a", "b"],
        "note": {
            "pitch": {"from": "body.period", "scale": "ratio", "body": "c", "is": "C3"},
            "velocity": {"from": "body.index"},
            "pan": {"from": "body.x"},
        },
    }
}


def test_each_measure_of_the_world_is_asked_once_and_no_other(rules_of):
    made = rules_of(FOLLOW)
    rule = made._held[0]
    subjects = [Subject(("a",), "c"), Subject(("b",), "c")]
    assert sorted(asked([(rule, subjects)])) == [
        ("body.period", "a", "", "c"),
        ("body.period", "b", "", "c"),
        ("body.period", "c", "", ""),
        ("body.x", "a", "", "c"),
        ("body.x", "b", "", "c"),
        ("universe.kinetic", "", "", ""),
    ]


def test_what_is_glanced_at_is_read_until_the_blink(rules_of, sky):
    measures, subject = rules_of(FOLLOW).measures, Subject(("a",))
    ask = ("body.x", "a", "", "")
    sky.worth["body.x", "a"] = 1.0
    measures.glance((ask,), sky)
    sky.worth["body.x", "a"] = 2.0
    assert measures.read("body.x", subject, sky) == 1.0
    measures.blink()
    assert measures.read("body.x", subject, sky) == 2.0


def test_a_rule_that_holds_asks_the_world_nothing_but_its_glance(rules_of, sky):
    sky.worth.update({("universe.kinetic", ""): 2.0})
    sky.worth.update({(f"body.{name}", one): 1.5 for name in ("x", "period") for one in "abc"})
    whole = sky.measures
    sky.measures = lambda rows: (whole(rows), setattr(sky, "measure", None))[0]
    rules = rules_of(FOLLOW)
    wants, _ = rules.held(sky, Clock.of(parse("{}")), 0)
    assert [want.bodies for want in wants] == [("a",), ("b",)]
