"""What happened, exactly when, where and to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import call
from typing import Any

Place = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened in a universe.

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
    index: int = 0  # of a crossing: which of the values asked for; of a pair: its rank
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


_WRITERS = tuple(getattr(Event, name).__set__ for name in Event.__slots__)


def event_of(fields: Sequence[Any]) -> Event:
    """Make an event of all its fields in order, in half the time its own constructor takes.

    A crowd makes thousands a second, and while they are made no other room can play.
    """
    event = object.__new__(Event)
    for _ in map(call, _WRITERS, repeat(event), fields):
        pass
    return event


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
