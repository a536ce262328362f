"""Which events set a rule off, and which of them count as one."""

from collections.abc import Sequence

from app.core.document.rules import Condition, Together, When
from app.core.mapping.measures import Measures, Sky, Subject
from app.core.numbers.grid import TICKS_PER_SECOND
from app.core.physics.event import Event


def concerns(when: When, event: Event) -> Event | None:
    """Give the event as a rule sees it, its own body first; None if it is not the rule's affair."""
    if event.kind != (when.event or "every"):
        return None
    if (
        when.direction != "both"
        and event.direction
        and (event.direction > 0) != (when.direction == "up")
    ):
        return None
    if when.walls and not event.wall:
        return None
    return _sides(when, event)


def _sides(when: When, event: Event) -> Event | None:
    """Match `of` and `with` to the two sides of an event, either way round."""
    if _fits(when, event):
        return event
    if event.kind != "collision" or len(event.bodies) < 2:
        return None
    turned = event._replace(
        bodies=event.bodies[1::-1], side=1 - event.side, direction=-event.direction
    )
    return turned if _fits(when, turned) else None


def _fits(when: When, event: Event) -> bool:
    if when.of and (not event.bodies or event.bodies[0] not in when.of):
        return False
    if not when.with_:
        return True
    return event.wall in when.with_ or any(body in when.with_ for body in event.bodies[1:])


def holds(condition: Condition, subject: Subject, measures: Measures, world: Sky) -> bool:
    """Tell whether every term of a condition is true of a subject; a measure of nothing is not."""
    for bound in condition:
        if bound.measure == "event.wall" and isinstance(bound.equal, str):
            if subject.event is None or subject.event.wall != bound.equal:
                return False
            continue
        value = measures.read(bound.measure, subject, world)
        over = bound.above is None or value > bound.above
        under = bound.below is None or value < bound.below
        if value != value or not (over and under and bound.equal in (None, value)):
            return False
    return True


class Merger:
    """Makes one of simultaneous events; remembers when each rule's last group opened."""

    def __init__(self, together: Together, *, within_s: float) -> None:
        self._keep = together.keep
        self._within = within_s * TICKS_PER_SECOND
        self.opened: tuple[int, float] | None = None

    def merged(self, events: Sequence[Event]) -> list[tuple[Event, int]]:
        """Give the groups of one tick's events: the event that stands for each, and how many.

        A group is heard when it opens. What belongs to it but comes in a later tick is part of
        it and not heard again: a sound cannot wait for what may still happen.
        """
        groups: list[list[Event]] = []
        for event in events:
            if self._since(event) > self._within:
                self.opened = (event.tick, event.offset)
                groups.append([event])
            elif groups:
                groups[-1].append(event)
        return [(self._kept(group), len(group)) for group in groups]

    def _since(self, event: Event) -> float:
        if self.opened is None:
            return float("inf")
        tick, offset = self.opened
        return (event.tick - tick) + (event.offset - offset)

    def _kept(self, group: Sequence[Event]) -> Event:
        first = group[0]
        if self._keep == "first" or len(group) == 1:
            return first
        loudest = max(group, key=lambda event: event.impulse)
        if self._keep == "loudest":
            return loudest._replace(tick=first.tick, offset=first.offset)
        return first._replace(
            impulse=sum(event.impulse for event in group),
            energy=sum(event.energy for event in group),
        )
