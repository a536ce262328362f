import math

from app.core.document.spans import Span


def wish(rules_of, sky, bump, note, **more):
    rules = rules_of({"r": {"when": {"event": "collision"}, "note": note, **more}})
    wants, _ = rules.wants([bump()], sky, None, 7)
    return wants


def test_the_voice_is_the_rules_or_a_bell(rules_of, sky, bump):
    assert wish(rules_of, sky, bump, {"pitch": "A4"})[0].voice == "bell"
    assert wish(rules_of, sky, bump, {"pitch": "A4", "voice": "bass"})[0].voice == "bass"


def test_lengths_and_delays_may_be_seconds_or_note_values(rules_of, sky, bump):
    (want,) = wish(rules_of, sky, bump, {"pitch": "A4", "duration": "1/8", "onset": 0.25})
    assert want.duration == Span(0.5, "beat")
    assert want.delay == Span(0.25)
    (want,) = wish(rules_of, sky, bump, {"pitch": "A4", "duration": "until-next"})
    assert want.until_next
    assert want.duration is None


def test_a_pitch_by_degree_scale_is_a_degree(rules_of, sky, bump):
    (want,) = wish(rules_of, sky, bump, {"pitch": {"from": "body.index", "scale": "degree"}})
    assert want.degree == 0.0
    assert math.isnan(want.hz)


def test_an_interval_is_exact_unless_the_rule_says_snap(rules_of, sky, bump):
    sky.worth["body.period", "a"] = 2.0
    note = {"pitch": {"from": "body.period", "scale": "ratio", "value": 1, "is": "A3"}}
    assert wish(rules_of, sky, bump, note)[0].exact
    assert not wish(rules_of, sky, bump, note, snap=True)[0].exact


def test_a_pitch_without_a_value_is_no_wish(rules_of, sky, bump):
    sky.worth["body.period", "a"] = math.nan
    note = {"pitch": {"from": "body.period", "scale": "ratio", "value": 1, "is": "A3"}}
    assert wish(rules_of, sky, bump, note) == []
