import dataclasses

from app.core.document import parse
from app.core.performance.checkpoint import packed, unpacked
from app.core.performance.recall import clock_from, events_from
from app.core.physics.event import Event
from app.core.story import Clock


def test_a_clock_comes_back_with_its_anchors():
    clock = Clock.of(parse("{}"))
    for one in (clock, clock.changed(77, {"music.tempo": 93.7})):
        assert clock_from(unpacked(packed(dataclasses.asdict(one)))) == one


def test_events_come_back_as_they_were():
    events = [
        Event("appear", 7, 0.0, 1.5, ("zz-a",), (1.0, -2.0, 0.1)),
        Event("story", 8, 0.25, 2.0),
    ]
    said = [event._asdict() for event in events]
    assert events_from(unpacked(packed(said))) == events
