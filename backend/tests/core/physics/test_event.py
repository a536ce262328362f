import pytest

from app.core.physics import Event
from app.core.physics.event import event_of


def test_heard_time_is_ticks_and_the_part_of_one():
    assert Event("collision", tick=60, offset=0.5, universe_time=1.0).heard_s == 60.5 / 120


def test_an_event_made_in_one_go_is_the_same_and_as_frozen():
    fields = (
        "crossing", 7, 0.25, 1.5, ("a", "b"), (1.0, 2.0, 3.0), 4, "floor", 5, -1, 1, 0.1, 0.2, 0.3, 0.4,
    )  # fmt: skip
    event = event_of(fields)

    assert event == Event(*fields)
    with pytest.raises(AttributeError):
        event.tick = 8
