"""Sow a crowd: places and velocities drawn from the seed, the same for the same id whoever else is there."""

import functools
import hashlib
import itertools
import math
from collections.abc import Iterator
from dataclasses import replace

from app.core.document.body import BodySpec, CrowdSpec, Vector
from app.core.numbers.angles import cos, sin
from app.core.numbers.noise import uniform
from app.core.numbers.powers import power

TRIES = 200
TAU = 2 * math.pi


def key_of(name: str) -> int:
    """Give the stream of noise that belongs to an id: 63 bits of its SHA-256."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") >> 1


@functools.lru_cache(maxsize=16)
def sown(crowd: CrowdSpec, *, seed: int, planar: bool) -> tuple[BodySpec, ...]:
    """Give a crowd's members their places and velocities.

    A place that would overlap one already taken is drawn again, up to 200 times; where the crowd
    is too dense for that the bodies overlap and push each other apart without a sound. What was
    sown once is remembered, since every edit of a universe asks for it again.
    """
    taken = _Taken(max((one.radius for one in crowd.members), default=0.0))
    return tuple(_sown(crowd, one, taken, seed, planar) for one in crowd.members)


class _Taken:
    """Places taken, by cells as wide as two bodies."""

    def __init__(self, radius: float) -> None:
        self._edge = 2.0 * radius or 1.0
        self._cells: dict[tuple[int, ...], list[tuple[Vector, float]]] = {}

    def free(self, place: Vector, radius: float) -> bool:
        """Tell whether a body there would overlap nobody."""
        x, y, z = self._cell(place)
        near = itertools.product((x - 1, x, x + 1), (y - 1, y, y + 1), (z - 1, z, z + 1))
        return all(
            math.dist(place, other) >= radius + reach
            for cell in near
            for other, reach in self._cells.get(cell, ())
        )

    def take(self, place: Vector, radius: float) -> None:
        """Keep a place."""
        self._cells.setdefault(self._cell(place), []).append((place, radius))

    def _cell(self, place: Vector) -> tuple[int, ...]:
        return tuple(math.floor(one / self._edge) for one in place)


def _sown(crowd: CrowdSpec, one: BodySpec, taken: _Taken, seed: int, planar: bool) -> BodySpec:
    draws = _draws(seed, key_of(one.id))
    place = _place(crowd, one, draws, planar)
    for _ in range(TRIES):
        if not one.collide or taken.free(place, one.radius):
            break
        place = _place(crowd, one, draws, planar)
    taken.take(place, one.radius)
    x, y, z = _direction(draws, planar)
    u, v, w = crowd.velocity
    speed = crowd.speed
    return replace(one, position=place, velocity=(u + speed * x, v + speed * y, w + speed * z))


def _draws(seed: int, key: int) -> Iterator[float]:
    # The bath counts up from 0; the sower stays far above it.
    counter = 1 << 61
    while True:
        yield float(uniform(seed, key, counter))
        counter += 1


def _place(crowd: CrowdSpec, one: BodySpec, draws: Iterator[float], planar: bool) -> Vector:
    x, y, z = _shape(crowd, one, draws, planar)
    cx, cy, cz = crowd.position
    return (cx + x, cy + y, cz + z)


def _shape(crowd: CrowdSpec, one: BodySpec, draws: Iterator[float], planar: bool) -> Vector:
    # Bodies lie within what is sown, rims and all.
    room = tuple(max(half - one.radius, 0.0) for half in crowd.extent)
    if crowd.sow == "line":
        return ((2.0 * next(draws) - 1.0) * room[0], 0.0, 0.0)
    if crowd.sow == "box":
        x, y, z = ((2.0 * next(draws) - 1.0) * half for half in room)
        return (x, y, 0.0 if planar else z)
    if crowd.sow == "ball" and not planar:
        x, y, z = _direction(draws, planar=False)
        far = room[0] * float(power(next(draws), 1.0 / 3.0))
        return (far * x, far * y, far * z)
    turn = TAU * next(draws)
    # A disc is filled evenly by the root of an even draw; a ring is its rim.
    far = crowd.extent[0] if crowd.sow == "ring" else room[0] * math.sqrt(next(draws))
    return (far * float(cos(turn)), far * float(sin(turn)), 0.0)


def _direction(draws: Iterator[float], planar: bool) -> Vector:
    turn = TAU * next(draws)
    z = 0.0 if planar else 2.0 * next(draws) - 1.0
    flat = math.sqrt(1.0 - z * z)
    return (flat * float(cos(turn)), flat * float(sin(turn)), z)
