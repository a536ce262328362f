import math

import pytest

from app.core.document import parse
from app.core.mapping import compile
from app.core.story import Clock
from app.utils import strict_json

CLOCK = Clock.of(parse("{}"))


def strike(rules, sky, *events):
    wants, moved = rules.wants(list(events), sky, CLOCK, 7)
    assert moved == {}
    return wants


def test_a_collision_with_the_floor_becomes_its_rules_wish(rules_of, sky, bump):
    rules = rules_of(
        {"hits": {"when": {"event": "collision", "with": "floor"},
                  "note": {"voice": "pluck", "pitch": "A3", "velocity": 0.4, "pan": {"from": "body.x"}}}}
    )  # fmt: skip
    sky.worth["body.x", "a"] = -2.0
    (want,) = strike(rules, sky, bump())
    assert (want.rule, want.voice, want.bodies, want.event) == (
        "hits",
        "pluck",
        ("a",),
        "collision",
    )
    assert (want.hz, want.velocity, want.pan) == (220.0, 0.4, -1.0)
    assert (want.tick, want.offset, want.universe_time) == (7, 0.5, 0.0625)
    assert want.written
    assert not want.exact


def test_other_walls_other_bodies_and_other_kinds_pass_by(rules_of, sky, bump):
    rules = rules_of(
        {
            "hits": {
                "when": {"event": "collision", "with": "floor", "of": "a"},
                "note": {"pitch": "A4"},
            }
        }
    )
    others = [
        bump(wall="left"),
        bump(bodies=("b",)),
        bump(kind="rest"),
        bump(bodies=("a", "b"), wall=""),
    ]
    assert strike(rules, sky, *others) == []


def test_a_rule_of_one_body_sees_it_first_whoever_struck_whom(rules_of, sky, bump):
    rules = rules_of({"hits": {"when": {"event": "collision", "of": "b"}, "note": {"pitch": "A4"}}})
    (want,) = strike(rules, sky, bump(bodies=("a", "b"), wall="", side=0))
    assert want.bodies == ("b", "a")


def test_only_events_that_pass_the_filter_are_heard(rules_of, sky, bump):
    rules = rules_of(
        {"hits": {"when": {"event": "collision", "where": {"event.impulse": {"above": 1.0}, "event.wall": "floor"}},
                  "note": {"pitch": "A4"}}}
    )  # fmt: skip
    heard = strike(rules, sky, bump(impulse=0.5), bump(impulse=1.5), bump(wall="left"))
    assert len(heard) == 1


def test_four_contacts_in_one_instant_are_one_note_of_their_sum(rules_of, sky, bump):
    rules = rules_of(
        {"clack": {"when": {"event": "collision"}, "together": {"within": "5 ms", "keep": "sum"},
                   "note": {"pitch": "A4", "velocity": {"from": "event.impulse", "domain": [0, 10], "range": [0, 1]}}}}
    )  # fmt: skip
    (want,) = strike(rules, sky, *(bump(impulse=2.0) for _ in range(4)))
    assert want.merged == 4
    assert want.velocity == pytest.approx(0.8)
    # 5 ms are 0.6 ticks: what follows in the next tick within them is part of it, later is not.
    assert strike(rules, sky, bump(tick=8, offset=0.05)) == []
    assert len(strike(rules, sky, bump(tick=8, offset=0.2))) == 1


@pytest.mark.parametrize(("keep", "velocity"), [("first", 0.1), ("loudest", 0.5)])
def test_together_may_keep_the_first_or_the_loudest(rules_of, sky, bump, keep, velocity):
    rules = rules_of(
        {"clack": {"when": {"event": "collision"}, "together": {"within": "5 ms", "keep": keep},
                   "note": {"pitch": "A4", "velocity": {"from": "event.impulse", "domain": [0, 10], "range": [0, 1]}}}}
    )  # fmt: skip
    (want,) = strike(rules, sky, bump(impulse=1.0), bump(impulse=5.0, offset=0.6))
    assert want.velocity == pytest.approx(velocity)
    assert want.offset == 0.5


def test_a_transit_is_watched_for_and_known_by_its_watch(rules_of, sky, bump):
    rules = rules_of(
        {"one": {"when": {"event": "transit", "about": "a"}, "note": {"pitch": "A4"}},
         "two": {"when": {"event": "transit", "about": "b"}, "note": {"pitch": "A5"}}}
    )  # fmt: skip
    assert [(watch.kind, watch.about) for watch in rules.watches] == [
        ("transit", "a"),
        ("transit", "b"),
    ]
    (want,) = strike(rules, sky, bump(kind="transit", watch=1, wall=""))
    assert want.rule == "two"


def test_a_metronome_strikes_each_note_value_once(rules_of, sky):
    rules = rules_of({"beat": {"when": {"every": "1/8"}, "note": {"pitch": "A4"}}})
    heard = []
    for tick in range(240):
        events = rules.metronome(CLOCK, tick)
        heard += rules.wants(events, sky, CLOCK, tick)[0]
    assert [want.tick + want.offset for want in heard] == pytest.approx(
        [30.0 * n for n in range(8)]
    )


def test_a_held_note_follows_its_body_and_lasts_while_its_condition_holds(rules_of, sky):
    rules = rules_of(
        {"glide": {"when": {"while": {"body.speed": {"above": 1.0}}}, "of": "b",
                   "note": {"pitch": {"from": "body.speed", "domain": [1, 2], "range": ["A3", "A4"]}}}}
    )  # fmt: skip
    seen = []
    for speed in (0.5, 1.5, 2.0, 0.5):
        sky.worth["body.speed", "b"] = speed
        wants, _ = rules.held(sky, CLOCK, 3)
        seen.append([want.hz for want in wants])
    assert seen == [[], [pytest.approx(220 * 2**0.5)], [440.0], []]


def test_a_set_rule_moves_a_parameter_smoothly(rules_of, sky):
    rules = rules_of(
        {
            "heat": {
                "set": {
                    "music.harmony": {
                        "from": "universe.temperature",
                        "domain": [0, 100],
                        "range": [1, 0],
                        "smooth": "1 bar",
                    }
                }
            }
        }
    )
    sky.worth["universe.temperature", ""] = 0.0
    assert rules.held(sky, CLOCK, 0)[1] == {"music.harmony": 1.0}
    sky.worth["universe.temperature", ""] = 100.0
    moved = [rules.held(sky, CLOCK, tick)[1]["music.harmony"] for tick in range(1, 241)]
    assert moved == sorted(moved, reverse=True)
    assert moved[-1] == pytest.approx(
        math.exp(-1.0), rel=1e-9
    )  # a bar is 240 ticks, one time constant


def test_a_universe_without_one_gets_the_built_in_appear(rules_of, sky, bump):
    rules = rules_of({})
    low, high = (
        strike(rules, sky, bump(kind="appear", wall="", place=(0.0, y, 0.0)))[0]
        for y in (-3.0, 3.0)
    )
    assert (low.voice, low.velocity, low.rule) == ("pluck", 0.7, "appear")
    assert (low.degree, high.degree) == (0.0, 14.0)
    own = rules_of({"hello": {"when": {"event": "appear"}, "note": {"pitch": "C4"}}})
    assert [want.rule for want in strike(own, sky, bump(kind="appear", wall=""))] == ["hello"]


def test_what_rules_have_learnt_outlives_a_snapshot(rules_of, sky, bump):
    said = {
        "hits": {"when": {"event": "collision"}, "together": {"within": "1 s"},
                 "note": {"pitch": "A4", "velocity": {"from": "event.impulse", "smooth": "1 bar"}}}
    }  # fmt: skip
    one, other = rules_of(said), rules_of(said)
    for impulse, tick in ((1.0, 0), (5.0, 200), (3.0, 400)):
        strike(one, sky, bump(impulse=impulse, tick=tick))
    other.restore(strict_json.decode(strict_json.canonical(one.snapshot()), bytes_max=10**6))
    for tick in (410, 600):
        event = bump(impulse=2.0, tick=tick)
        assert strike(one, sky, event) == strike(other, sky, event)


def test_the_voice_is_the_rules_then_the_bodys_then_a_bell(sky, bump):
    said = {
        "bodies": {"a": {"voice": "bass"}, "b": {}},
        "rules": {"r": {"when": {"event": "collision"}, "note": {"pitch": "A2"}}},
    }
    rules = compile(parse(strict_json.canonical(said)))
    heard = strike(rules, sky, bump(), bump(bodies=("b",)))
    assert [want.voice for want in heard] == ["bass", "bell"]
