import pytest

from app.core.document.rules import Bound, Together, When
from app.core.document.spans import Span
from app.core.mapping.filters import Merger, concerns, holds
from app.core.mapping.measures import Subject
from app.core.physics.event import Event


class Worth:
    """Measures that are worth what the test says."""

    def __init__(self, **values):
        self.values = values

    def read(self, source, subject, world):
        return self.values.get(source.partition(".")[2], float("nan"))


@pytest.mark.parametrize(
    ("when", "yes"),
    [
        (When(event="collision"), True),
        (When(event="rest"), False),
        (When(event="collision", walls=True), False),
        (When(event="collision", of=("a",)), True),
        (When(event="collision", of=("c",)), False),
        (When(event="collision", of=("b",), with_=("a",)), True),
        (When(event="collision", of=("a",), with_=("c",)), False),
    ],
)
def test_both_sides_of_a_collision_are_looked_at(when, yes, bump):
    event = bump(bodies=("a", "b"), wall="")
    assert (concerns(when, event) is not None) is yes


def test_seen_from_the_other_side_left_is_right(bump):
    seen = concerns(When(event="collision", of=("b",)), bump(bodies=("a", "b"), wall="", side=1))
    assert (seen.bodies, seen.side) == (("b", "a"), 0)


def test_a_direction_is_asked_only_of_events_that_have_one():
    up = Event("crossing", 0, 0.0, 0.0, direction=1)
    none = Event("crossing", 0, 0.0, 0.0, direction=0)
    assert concerns(When(event="crossing", direction="up"), up) is up
    assert concerns(When(event="crossing", direction="down"), up) is None
    assert concerns(When(event="crossing", direction="down"), none) is none


def test_every_term_of_a_condition_must_hold_and_bounds_are_strict():
    condition = (Bound("body.x", above=1.0), Bound("body.y", below=2.0))
    assert holds(condition, Subject(), Worth(x=1.1, y=1.9), None)
    assert not holds(condition, Subject(), Worth(x=1.0, y=1.9), None)
    assert not holds(condition, Subject(), Worth(x=1.1, y=2.0), None)
    assert not holds(condition, Subject(), Worth(x=1.1), None)  # no value: nothing holds of it
    assert holds((), Subject(), Worth(), None)


def test_a_wall_is_matched_by_name(bump):
    condition = (Bound("event.wall", equal="floor"),)
    assert holds(condition, Subject(event=bump()), Worth(), None)
    assert not holds(condition, Subject(event=bump(wall="left")), Worth(), None)
    assert not holds(condition, Subject(), Worth(), None)


def test_groups_open_at_their_first_event_and_close_after_the_window(bump):
    merger = Merger(Together(Span(0.005), "sum"), within_s=0.005)
    groups = merger.merged([bump(offset=at) for at in (0.0, 0.3, 0.59, 0.61, 0.7)])
    assert [(event.offset, count, event.impulse) for event, count in groups] == [
        (0.0, 3, 6.0), (0.61, 2, 4.0),
    ]  # fmt: skip
