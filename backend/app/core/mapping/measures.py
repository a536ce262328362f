"""What the measure of a rule is worth, and between which bounds it naturally lies."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from app.core.document.body import BodySpec
from app.core.document.document import Document
from app.core.document.quantities import WALLS
from app.core.document.worlds import BoundarySpec, boundary, physics
from app.core.parameters import PARAMETERS
from app.core.physics.asked import Ask
from app.core.physics.event import Event, Place

Domain = tuple[float, float]
Reader = Callable[["Subject", "Sky"], float]
_AXES = {"x": 0, "y": 1, "z": 2}


class Sky(Protocol):
    """As much of a world as rules look at."""

    @property
    def roster(self) -> tuple[str, ...]:
        """Ids in the order of the frame's rows."""

    def frame(self) -> NDArray[np.float64]:
        """(bodies, 6) position and velocity now."""

    def place(self, body: str) -> Place:
        """Where a body is now."""

    def measure(self, name: str, body: str = "", other: str = "", about: str = "") -> float:
        """Value of a measure now."""

    def measures(self, asks: tuple[Ask, ...]) -> list[float]:
        """Values of many measures now; quickest when asked with the same tuple again."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a measure is asked of: the bodies of an event, or the body of a held note."""

    bodies: tuple[str, ...] = ()
    about: str = ""
    event: Event | None = None


class Measures:
    """Reads the measures of one universe."""

    def __init__(self, document: Document, bodies: Sequence[BodySpec]) -> None:
        self._index = {body.id: body.index for body in bodies}
        self._rank = {name: rank for rank, name in enumerate(sorted(self._index))}
        self._edge = boundary(document)
        self._document = document
        self._orbits = any(body.orbit is not None for body in bodies)
        self.moved: dict[str, Any] = {}  # parameters that story or rules have moved
        self.scene: list[float] = []  # low x, high x, low y, high y, low z, high z
        self._readers: dict[str, Reader] = {}
        self._glanced: dict[Ask, float] = {}

    def look(self, world: Sky) -> None:
        """Take the size of the scene from where the bodies start; later looks change nothing."""
        if not self.scene:
            self.scene = scene_of(world.frame(), self._edge, round_about=self._orbits)

    def glance(self, asked: tuple[Ask, ...], world: Sky) -> None:
        """Take in much of the world at once; reads are of that until `blink`."""
        self._glanced = dict(zip(asked, world.measures(asked), strict=True))

    def blink(self) -> None:
        """Forget what was glanced at: the world goes on."""
        self._glanced = {}

    def read(self, source: str, subject: Subject, world: Sky) -> float:
        """Give the value of a measure for a subject; nan where it has none."""
        if source not in self._readers:
            self._readers[source] = self.reader(source)
        return self._readers[source](subject, world)

    def reader(self, source: str) -> Reader:
        """Give what reads a measure of any subject."""
        group, _, name = source.partition(".")
        if group == "event":
            return lambda subject, world: self._of_event(name, subject.event)
        if source == "pair.rank":
            return lambda subject, world: float(subject.event.index) if subject.event else math.nan
        if group in ("body", "pair") and name in ("index", "rank"):
            numbers = self._index if name == "index" else self._rank
            return lambda subject, world: (
                float(numbers.get(subject.bodies[0], 0)) if subject.bodies else math.nan
            )
        if group == "universe":
            return lambda subject, world: self._of_world((source, "", "", ""), world)
        if group in ("body", "pair"):
            return lambda subject, world: (
                self._of_world(_bodily(source, subject), world) if subject.bodies else math.nan
            )
        return lambda subject, world: self._of_parameter(source)

    def _of_world(self, ask: Ask, world: Sky) -> float:
        known = self._glanced.get(ask)
        return world.measure(*ask) if known is None else known

    def _of_parameter(self, path: str) -> float:
        """Give a parameter as it stands, a vector as its length; nan where nothing is said."""
        value = self.moved[path] if path in self.moved else self._document.value(path)
        if value == "natural":
            return physics(self._document).gravitation
        if isinstance(value, tuple | list):
            return math.sqrt(sum(float(part) * float(part) for part in value))
        return math.nan if value is None else float(value)

    def _of_event(self, name: str, event: Event | None) -> float:
        if event is None:
            return math.nan
        if name == "wall":
            return float(WALLS.index(event.wall)) if event.wall else math.nan
        group, _, axis = name.partition(".")
        if group != "place":
            return float(getattr(event, name))
        return self._along(event) if axis == "along" else event.place[_AXES[axis]]

    def _along(self, event: Event) -> float:
        """Give how far along its wall a collision was, 0..1: from the left, or from below."""
        axis = 1 if event.wall in ("left", "right") else 0
        low, high = self._edges(axis)
        return min(max((event.place[axis] - low) / (high - low), 0.0), 1.0)

    def _edges(self, axis: int) -> Domain:
        half = 0.5 * self._edge.size[axis]
        return (-half, half) if half > 0.0 else self._sides(axis)

    def _sides(self, axis: int) -> Domain:
        return (self.scene[2 * axis], self.scene[2 * axis + 1]) if self.scene else (-1.0, 1.0)

    def domain(self, source: str) -> Domain | None:
        """Give the natural bounds of a measure; None where only experience can tell."""
        group, _, name = source.partition(".")
        if source in _DOMAINS:
            return _DOMAINS[source]
        if name in ("index", "rank") and group in ("body", "pair"):
            return (0.0, max(self._last(name, group), 1.0))
        if source in PARAMETERS:
            low, high = PARAMETERS[source].low, PARAMETERS[source].high
            low = 0.0 if PARAMETERS[source].kind == "vector" else low
            return None if low is None or high is None else (low, high)
        axis = _AXES.get(name.removeprefix("place."))
        return None if axis is None else self._sides(axis)

    def _last(self, name: str, group: str) -> float:
        indices: Mapping[str, int] = self._index if name == "index" else self._rank
        return float(max(indices.values(), default=1) - (group == "pair"))


def ask_of(source: str, subject: Subject) -> Ask | None:
    """Give what to ask the world for a measure of a subject; None where that tells nothing."""
    group, _, name = source.partition(".")
    if group == "universe":
        return (source, "", "", "")
    if group not in ("body", "pair") or name in ("index", "rank") or not subject.bodies:
        return None
    return _bodily(source, subject)


def _bodily(source: str, subject: Subject) -> Ask:
    bodies = subject.bodies
    return (source, bodies[0], bodies[1] if len(bodies) > 1 else "", subject.about)


_DOMAINS: dict[str, Domain] = {
    "body.angle": (-math.pi, math.pi),
    "body.phase": (0.0, 2.0 * math.pi),
    "body.eccentricity": (0.0, 1.0),
    "pair.angle": (-math.pi, math.pi),
    "event.side": (0.0, 1.0),
    "event.wall": (0.0, 5.0),
    "event.direction": (-1.0, 1.0),
    "event.place.along": (0.0, 1.0),
    "universe.temperature": (0.0, 1000.0),
    "universe.pressure": (0.0, 200.0),
}


def scene_of(frame: NDArray[np.float64], edge: BoundarySpec, *, round_about: bool) -> list[float]:
    """Give the bounds of the scene: low and high of x, y and z, never without width.

    Args:
        frame: (bodies, 6), where the bodies start.
        edge: the boundary; a scene whose bodies fill half of its box is as wide as the box.
        round_about: whether bodies go round, so that every direction reaches as far as any other.
    """
    bounds: list[float] = []
    reach = float(np.abs(frame[:, :3]).max(initial=0.0))
    for axis in range(3):
        column = frame[:, axis]
        size = reach if round_about else float(np.abs(column).max(initial=0.0))
        half = 0.5 * edge.size[axis]
        size = half if half > 0.0 and size > 0.5 * half else size
        bounds += [-size, size] if size > 0.0 else [-1.0, 1.0]
    if edge.floor is not None:
        bounds[2] = edge.floor
        bounds[3] = max(bounds[3], edge.floor + 1e-3)
    return bounds
