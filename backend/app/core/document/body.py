"""The bodies of a universe, resolved to numbers: what physics starts from."""

from dataclasses import dataclass
from typing import Any

Vector = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class OrbitSpec:
    """Exact Kepler motion about another body. Angles in radians; +x is azimuth 0, +y a quarter.

    The reference plane is x-y; `inclination` tilts the orbit about its line of nodes.
    """

    about: str  # id of the body at the focus
    period: float  # clock units
    semi_major_axis: float  # length
    eccentricity: float  # 0 <= e < 1
    inclination: float
    node: float
    argument: float  # of the periapsis, from the node
    mean_anomaly: float  # at tick 0, 0 <= M < 2π


@dataclass(frozen=True, slots=True)
class RodSpec:
    """A rigid massless rod in a plane of constant z; the body starts at rest at `angle`."""

    pivot: Vector  # length
    length: float  # length
    angle: float  # radians from hanging straight down, positive toward +x


@dataclass(frozen=True, slots=True)
class BodySpec:
    """One body as it starts, at tick 0."""

    id: str
    index: int  # `body.index`: rank by id over all bodies; member number inside a series or crowd
    group: str = ""  # the series or crowd it belongs to
    mass: float = 0.0  # mass; 0 is a test particle
    radius: float = 0.0  # length; 0 is a point
    position: Vector = (0.0, 0.0, 0.0)  # length; of a body on rails or on a rod: where that puts it
    velocity: Vector = (0.0, 0.0, 0.0)  # length / time, the clock's unit of time
    orbit: OrbitSpec | None = None  # on rails: pulls others, is not pulled
    rod: RodSpec | None = None
    fixed: bool = False
    collide: bool = True
    elasticity: float | None = None  # None: physics.elasticity, whatever it is at the time
    friction: float | None = None  # None: physics.friction
    charge: float = 0.0
    voice: str = ""  # "": the rule's or the default one
    colour: str = ""  # "#rrggbb"; "": the palette's
    size: float = 1.0  # in the picture, times what it would be
    # Of a crowd's member: how its place and its velocity were asked for, not what chance made of it.
    sown: tuple[Any, ...] = ()
    sped: tuple[Any, ...] = ()
    aside: bool = False  # its x is where others leave room for it

    @property
    def identity(self) -> tuple[str, int | str]:
        """Who it is from edit to edit: a member's id gets longer when its group does."""
        return (self.group, self.index if self.group else self.id)


@dataclass(frozen=True, slots=True)
class CrowdSpec:
    """Bodies to be sown from the seed; `members` carry everything but position and velocity."""

    id: str
    sow: str  # disc | ball | box | ring | line
    extent: (
        Vector  # half the edges of a box; radius of a disc, ball or ring, half a line in x; length
    )
    position: Vector  # centre, length
    velocity: Vector  # of the crowd as a whole, length / time
    speed: float  # of each about that, in a direction drawn from the seed; length / time
    members: tuple[BodySpec, ...]  # ascending id
