import math

import numpy as np
import pytest

from app.core.document import judge
from app.core.mapping.look import CHANNELS, Looks
from app.core.performance import Performance

FALL = {
    "physics": {"floor": 0, "elasticity": 1},
    "bodies": {"a": {"position": [0, 1, 0], "radius": 0.1}, "b": {"position": [1, 9, 0], "radius": 0.1}},
}  # fmt: skip


def played(rules, ticks=120, cut=None, **more):
    performance = Performance(judge({**FALL, "rules": rules, **more}))
    return [performance.run(cut or ticks) for _ in range(ticks // (cut or ticks))]


def shown(rules, name, body="a", **more):
    (piece,) = played(rules, **more)
    return piece.looks[:, piece.roster.index(body), CHANNELS.index(name)]


def test_a_held_look_follows_its_body():
    found = shown(
        {"r": {"look": {"hue": {"from": "body.y", "domain": [0, 1], "range": [0, 360]}}}}, "hue"
    )
    assert found[0] == pytest.approx(360)
    assert found[::2].min() < 120
    assert np.all(found[0::2] == found[1::2])  # a look belongs to a frame


def test_a_held_look_lasts_as_long_as_its_condition():
    rules = {"r": {"when": {"while": {"body.y": {"below": 0.5}}}, "look": {"glow": 1}}}
    found = shown(rules, "glow")
    assert math.isnan(found[0])
    assert np.nanmax(found) == 1
    assert math.isnan(shown(rules, "glow", ticks=100)[-1])  # it is up again


def test_an_event_changes_a_look_until_the_next():
    rules = {
        "r": {"when": {"event": "collision", "with": "floor"}, "look": {"size": 3, "opacity": 0.5}}
    }
    found = shown(rules, "size")
    first = int(np.argmax(~np.isnan(found)))
    fall = math.sqrt(2 * 0.9 / 9.81)
    assert first == math.floor(fall * 120) + 1
    assert set(found[first:]) == {3.0}
    assert np.all(np.isnan(shown(rules, "size", body="b")))
    assert shown(rules, "opacity")[-1] == 0.5
    assert np.all(np.isnan(shown(rules, "hue")))


@pytest.mark.parametrize("name", CHANNELS)
def test_every_channel_is_carried_within_its_bounds(name):
    (piece,) = played(
        {"r": {"look": {name: {"from": "body.y", "domain": [0, 0.5], "clamp": False}}}}
    )
    found = piece.looks[:, 0, CHANNELS.index(name)]
    assert not np.any(np.isnan(found))
    assert found.min() >= 0
    assert found.max() <= {"hue": 360, "size": 10}.get(name, 1)


def test_looks_do_not_depend_on_how_a_stretch_is_cut():
    rules = {
        "h": {"look": {"hue": {"from": "body.speed", "domain": [0, 5], "smooth": "1/8"}}},
        "s": {"when": {"event": "collision"}, "look": {"size": {"from": "event.impulse"}}},
    }
    whole, parts = played(rules), played(rules, cut=24)
    found = np.concatenate([piece.looks for piece in parts])
    assert np.array_equal(found, whole[0].looks, equal_nan=True)


def test_looks_survive_a_checkpoint_and_rules_that_are_gone_are_forgotten():
    rules = {"s": {"when": {"event": "collision"}, "look": {"size": 2}}}
    performance = Performance(judge({**FALL, "rules": rules}))
    performance.run(60)
    again = Performance.resume(performance.snapshot())
    assert np.array_equal(again.run(6).looks, performance.run(6).looks, equal_nan=True)
    performance.edit(
        performance.document.patched({"rules": {"s": None, "t": {"look": {"glow": 1}}}})
    )
    assert np.all(np.isnan(performance.run(2).looks[:, :, CHANNELS.index("size")]))


def test_of_several_rules_the_last_by_name_wins_channel_by_channel():
    looks = Looks()
    looks.strike("b", "x", {"hue": 2.0})
    looks.strike("a", "x", {"hue": 1.0, "size": 4.0})
    row = looks.table(("x",))[0]
    assert (row[0], row[2]) == (2.0, 4.0)
    looks.hold("x", {"hue": 9.0})
    assert looks.table(("x",))[0, 0] == 9.0
    looks.release()
    assert looks.table(("x",))[0, 0] == 2.0


def test_without_look_rules_nothing_is_carried():
    (piece,) = played({})
    assert piece.looks.shape == (0, 2, 6)


def test_rules_and_story_move_the_picture():
    rules = {
        "r": {
            "set": {"visual.glow": {"from": "body.y", "domain": [0, 1], "range": [0, 1]}},
            "of": "a",
        }
    }
    (piece,) = played(rules)
    assert 0 < piece.visual["visual.glow"] < 1
    story = {"p": {"at": 0, "changes": {"visual.camera.zoom": 2}, "over": 2}}
    (piece,) = played({}, story=story)
    assert piece.visual["visual.camera.zoom"] == pytest.approx(1 + 119 / 240)
