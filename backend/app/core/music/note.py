"""Notes: what is heard, when exactly, and why."""

from dataclasses import dataclass

from app.core.physics.event import Place

# The way from an event to a note, in its order.
STEPS = ("merge", "want", "grid", "chord", "scale", "register", "leap", "density", "dynamics")


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way from an event to a note: what moved, from where, to where."""

    name: str  # one of STEPS
    before: float
    after: float
    reason: str


@dataclass(frozen=True, slots=True)
class Note:
    """One note. `id` ascends within a performance; `sample` is its onset, counted from tick 0."""

    id: int
    tick: int  # the tick its onset falls into
    offset: float  # the part of that tick gone by, 0 <= offset < 1
    sample: int
    universe_time: float  # of its event, clock units since tick 0
    hz: float
    velocity: float  # 0..1
    duration_s: float  # math.inf for a held note
    voice: str
    pan: float  # -1 left .. 1 right
    brightness: float  # 0..1
    rule: str
    event: str  # the kind of its event
    bodies: tuple[str, ...]
    place: Place
    why: tuple[Step, ...] = ()

    @property
    def heard_s(self) -> float:
        """Seconds of heard time since tick 0."""
        return (self.tick + self.offset) / 120


@dataclass(frozen=True, slots=True)
class Control:
    """A sounding note's new values from the start of `tick` on; `ends` releases it."""

    note: int  # its id
    tick: int
    hz: float
    velocity: float
    pan: float
    brightness: float
    ends: bool = False
