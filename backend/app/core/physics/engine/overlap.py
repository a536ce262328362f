"""Bodies that overlap before anything has moved: they are moved apart, silently."""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inner, kernel
from app.core.physics.engine import layout as lay
from app.core.physics.engine.pulls import around

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ROUNDS = 64
ALIKE = 1e-9  # of the distance at which they touch: nearer than this is touching, rounded


@kernel
def apart(body: Floats, tag: Ints, par: Floats, moves: Ints) -> int:
    """Move overlapping bodies apart along the line between them; gives the rounds it took.

    Of two that may move the lighter one moves further, as their masses are; two in one place part
    along x. A body that reaches into a wall is set against it. `moves` (bodies,) says who may.
    Where 64 rounds do not do, a crowd is too dense: contacts push what is left apart.
    """
    for count in range(ROUNDS):
        worst = 0.0
        for i in range(body.shape[1]):
            if tag[lay.TOUCH, i] == 0:
                continue
            for j in range(i):
                if tag[lay.TOUCH, j] and (moves[i] or moves[j]):
                    worst = max(worst, _parted(body, tag, par, moves, i, j))
            if moves[i] and tag[lay.KIND, i] == lay.FREE:
                worst = max(worst, _inside(body, par, i))
        if worst == 0.0:
            return count
    return ROUNDS


@inner
def _parted(body: Floats, tag: Ints, par: Floats, moves: Ints, i: int, j: int) -> float:
    """Move one pair apart; gives by how much it overlapped, 0 for touching or tied so."""
    if tag[lay.CLUMP, i] > 0 and tag[lay.CLUMP, i] == tag[lay.CLUMP, j]:
        return 0.0
    reach = body[lay.RADIUS, i] + body[lay.RADIUS, j]
    x = around(body[lay.X, i] - body[lay.X, j], par[lay.WRAP_X])
    if abs(x) >= reach:
        return 0.0
    y = around(body[lay.Y, i] - body[lay.Y, j], par[lay.WRAP_Y])
    z = around(body[lay.Z, i] - body[lay.Z, j], par[lay.WRAP_Z])
    d = np.sqrt(x * x + y * y + z * z)
    one = body[lay.INVERSE, i] if moves[i] and tag[lay.KIND, i] == lay.FREE else 0.0
    other = body[lay.INVERSE, j] if moves[j] and tag[lay.KIND, j] == lay.FREE else 0.0
    if d >= reach * (1.0 - ALIKE) or one + other == 0.0:
        return 0.0
    x, y, z = (x / d, y / d, z / d) if d > 0.0 else (1.0, 0.0, 0.0)
    one, other = (reach - d) * one / (one + other), (reach - d) * other / (one + other)
    body[lay.X, i] += one * x
    body[lay.Y, i] += one * y
    body[lay.Z, i] += one * z
    body[lay.X, j] -= other * x
    body[lay.Y, j] -= other * y
    body[lay.Z, j] -= other * z
    return reach - d


@inner
def _inside(body: Floats, par: Floats, i: int) -> float:
    """Set a body against the walls it reaches into; gives how deep the deepest was."""
    deepest, radius = 0.0, body[lay.RADIUS, i]
    for wall in range(6):
        place = par[lay.LOW_X + wall]
        if not abs(place) < np.inf:
            continue
        sign = 1.0 if wall < 3 else -1.0
        deep = radius - sign * (body[wall % 3, i] - place)
        # What is beyond a wall altogether was put there.
        if ALIKE * radius < deep < 2.0 * radius:
            body[wall % 3, i] = place + sign * radius
            deepest = max(deepest, deep)
    return deepest
