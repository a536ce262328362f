"""Sow a crowd: places and velocities drawn from the seed, the same for the same id whoever else is there."""

import hashlib
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


def sown(crowd: CrowdSpec, *, seed: int, planar: bool) -> tuple[BodySpec, ...]:
    """Give a crowd's members their places and velocities.

    A place that would overlap one already taken is drawn again, up to 200 times; where the crowd
    is too dense for that the bodies overlap and push each other apart without a sound.
    """
    taken: list[tuple[Vector, float]] = []
    return tuple(_sown(crowd, one, taken, seed, planar) for one in crowd.members)


def _sown(
    crowd: CrowdSpec, one: BodySpec, taken: list[tuple[Vector, float]], seed: int, planar: bool
) -> BodySpec:
    draws = _draws(seed, key_of(one.id))
    place = _place(crowd, one, draws, planar)
    for _ in range(TRIES):
        if not one.collide or _free(place, one.radius, taken):
            break
        place = _place(crowd, one, draws, planar)
    taken.append((place, one.radius))
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


def _free(place: Vector, radius: float, taken: list[tuple[Vector, float]]) -> bool:
    return all(math.dist(place, other) >= radius + reach for other, reach in taken)


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
