"""What happened, exactly when, where and to whom."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

Place = tuple[float, float, float]


class Event(NamedTuple):
    """One thing that happened in a universe.

    A tuple, because a crowd makes thousands a second, and while they are made no other room plays.

    Times are two numbers, so that no precision is lost late in a long performance:
    the tick it fell into, and the part of that tick gone by, 0 <= offset < 1.
    """

    kind: str  # collision transit conjunction apsis crossing rest appear escape ... story every
    tick: int
    offset: float
    universe_time: float  # clock units since tick 0
    bodies: tuple[str, ...] = ()  # ids; the subject first
    place: Place = (0.0, 0.0, 0.0)  # length
    watch: int = -1  # which Watch asked for it; -1: nobody in particular
    wall: str = ""  # left right floor ceiling back front: of a collision with one of these
    # Of a crossing: which of the values asked for; of a pair: its rank. No method of a tuple here.
    index: int = 0  # type: ignore[assignment]
    direction: int = 0  # +1 up, -1 down
    side: int = 0  # of a collision: 0 when the subject was struck from its left, 1 from its right
    impulse: float = 0.0  # mass · length / time
    approach_speed: float = 0.0  # length / time, before the impact, along the normal
    energy: float = 0.0  # kinetic energy of the approach in the centre-of-mass frame
    value: float = 0.0  # of a crossing: the value passed

    @property
    def heard_s(self) -> float:
        """Seconds of heard time since tick 0."""
        return (self.tick + self.offset) / 120


# An event of all its fields in order, in a sixth of the time its own constructor takes.
event_of: Callable[[Iterable[Any]], Event] = partial(tuple.__new__, Event)


@dataclass(frozen=True, slots=True)
class Watch:
    """What to look for: compiled from a rule's `when`, found exactly by the physics."""

    kind: str  # collision transit conjunction apsis crossing escape capture break rest
    of: tuple[str, ...] = ()  # body ids it is about; empty: all
    about: str = ""  # the centre of a transit, a conjunction, an apsis or an angle
    pairs: str = "all"  # all | neighbours
    measure: str = ""  # of a crossing, "body.angle", "body.x", ...
    at: tuple[float, ...] = ()  # of a crossing
    direction: str = "both"  # up | down | both
