import pytest

from app.core.document.faults import faults
from app.core.document.grammar.rules import NOTE_CHANNELS, POINT, RULE, SET, VOICE


def fits(shape, value):
    return not list(faults(shape, value, "$"))


@pytest.mark.parametrize(
    ("channel", "value"),
    [("pitch", "C4"), ("pitch", 440), ("degree", -3), ("duration", "until-next"), ("duration", "1/8"),
     ("duration", 2), ("velocity", 0.5), ("pan", -1), ("voice", "bell")],
)  # fmt: skip
def test_a_channel_takes_a_constant(channel, value):
    assert fits(NOTE_CHANNELS[channel], value)


def test_a_rule_sets_music_and_picture_and_not_the_world():
    assert fits(SET, {"music.harmony": {"from": "universe.temperature", "range": [0, 1]}})
    assert fits(SET, {"music.scale": "minor"})
    assert not fits(SET, {"physics.temperature": 1})


def test_the_range_of_a_channel_keeps_to_the_channel():
    assert fits(
        RULE,
        {
            "when": {"event": "appear"},
            "note": {"degree": 1, "pan": {"from": "body.x", "range": [-1, 1]}},
        },
    )
    assert not fits(
        RULE,
        {
            "when": {"event": "appear"},
            "note": {"degree": 1, "pan": {"from": "body.x", "range": [-2, 1]}},
        },
    )


def test_points_and_voices():
    assert fits(
        POINT,
        {
            "at": "bar 17",
            "title": "Heat",
            "changes": {"physics.temperature": 400},
            "over": "8 bars",
        },
    )
    assert fits(VOICE, {"like": "bell", "register": ["C3", "C5"]})
