import math

import pytest

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


EACH = ("velocity", "pan", "brightness", "bend", "duration", "onset")


@pytest.mark.parametrize("name", EACH)
@pytest.mark.parametrize("worth", [math.nan, math.inf, -math.inf])
def test_a_measure_without_a_value_leaves_its_channel_as_it_is(rules_of, sky, bump, name, worth):
    sky.worth["body.period", "a"] = worth
    source = {"from": "body.period", "domain": [0, 1], "smooth": "1/8"}
    (want,) = wish(rules_of, sky, bump, {"pitch": "A4", name: source})
    (plain,) = wish(rules_of, sky, bump, {"pitch": "A4"})
    assert want == plain


@pytest.mark.parametrize("scale", ["linear", "log", "sqrt", "asinh", "sinh", "quantize"])
@pytest.mark.parametrize("worth", [1e300, -1e300, 1e-300, math.inf, math.nan])
@pytest.mark.parametrize("name", [*EACH, "degree", "pitch"])
def test_no_value_however_wild_makes_a_wish_nobody_can_hear(
    rules_of, sky, bump, name, scale, worth
):
    sky.worth["body.speed", "a"] = worth
    note = {"from": "body.speed", "scale": scale, "domain": [1, 2], "clamp": False}
    note |= {"step": 0.5} if scale == "quantize" else {}
    note |= {"fold": ["C3", "C5"]} if name == "pitch" else {}
    channels = {name: note} if name in ("degree", "pitch") else {"pitch": "A4", name: note}
    for want in wish(rules_of, sky, bump, channels):
        numbers = (want.velocity, want.pan, want.brightness, want.bend, want.tick, want.offset)
        assert all(math.isfinite(number) for number in numbers)
        assert want.hz == want.hz or abs(want.degree) <= 128
