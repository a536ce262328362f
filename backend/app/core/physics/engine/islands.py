"""What hangs together, and when it sleeps: once all of it has been slow for half a second."""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay
from app.core.physics.engine.impact import slowest

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ONE, OTHER = 4, 5  # where a bond keeps its two bodies
SLEEP_S = 0.5  # of heard time: 60 ticks
SLOW = 0.12  # of the speed below which contacts rest


@inner
def weight(body: Floats, i: int, j: int) -> float:
    """Give the greater of the forces per mass on two bodies: what may press them together."""
    one = other = 0.0
    for axis in range(3):
        one += body[lay.WX + axis, i] * body[lay.WX + axis, i]
        other += body[lay.WX + axis, j] * body[lay.WX + axis, j]
    return np.sqrt(max(one, other))


@inner
def _root(tag: Ints, i: int) -> int:
    while tag[lay.ISLAND, i] != i:
        tag[lay.ISLAND, i] = tag[lay.ISLAND, tag[lay.ISLAND, i]]
        i = tag[lay.ISLAND, i]
    return i


@inner
def islands(body: Floats, tag: Ints, par: Floats, ctl: Ints, bonds: Floats, count: int) -> None:
    """Put to sleep what hangs together and has been slow long enough; wake the rest."""
    n = body.shape[1]
    for i in range(n):
        tag[lay.ISLAND, i] = i
    for k in range(count):
        i, j = int(bonds[1, k, ONE]), int(bonds[1, k, OTHER])
        if j >= 0 and body[lay.INVERSE, i] > 0.0 and body[lay.INVERSE, j] > 0.0:
            a, b = _root(tag, i), _root(tag, j)
            tag[lay.ISLAND, max(a, b)] = min(a, b)
    # An island's root carries the shortest time any of its bodies has been slow.
    for i in range(n):
        tag[lay.ASLEEP, i] = 1
    for i in range(n):
        if tag[lay.PILED, i] and body[lay.INVERSE, i] > 0.0:
            slow = SLOW * slowest(par, weight(body, i, i), 0.0, body[lay.RADIUS, i])
            speed = 0.0
            for axis in range(3):
                speed += body[lay.VX + axis, i] * body[lay.VX + axis, i]
            body[lay.SLOW, i] = body[lay.SLOW, i] + par[lay.SPAN] if speed < slow * slow else 0.0
            if body[lay.SLOW, i] < SLEEP_S / 0.03 * par[lay.GAP]:
                tag[lay.ASLEEP, _root(tag, i)] = 0
    for i in range(n):
        # Roots come first: an island's root is its lowest index.
        root = _root(tag, i)
        tag[lay.ASLEEP, i] = tag[lay.ASLEEP, root] if tag[lay.PILED, i] else 0
    for i in range(n):
        if body[lay.INVERSE, i] == 0.0:
            tag[lay.ASLEEP, i] = 1
