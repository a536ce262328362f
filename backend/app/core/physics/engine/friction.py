"""What rubs: Coulomb's friction at a touch, and the spin it gives where bodies spin."""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay
from app.core.physics.engine.impact import Vector, lightness, pushed

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@inner
def cross(a: Vector, b: Vector) -> Vector:
    """Give the vector product."""
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


@inner
def spun(body: Floats, par: Floats, i: int, arm: Vector, far: float) -> Vector:
    """Give the speed spin adds to a body's surface `far` along `arm` from its centre."""
    if par[lay.INERTIA] == 0.0:
        return 0.0, 0.0, 0.0
    x, y, z = cross((body[lay.SX, i], body[lay.SY, i], body[lay.SZ, i]), arm)
    return far * x, far * y, far * z


@inner
def turned(body: Floats, tag: Ints, par: Floats, i: int, arm: Vector, push: Vector) -> None:
    """Give a body the spin of an impulse `push` at its surface, the way `arm` from its centre."""
    radius = body[lay.RADIUS, i]
    if par[lay.INERTIA] == 0.0 or radius == 0.0 or tag[lay.KIND, i] != lay.FREE:
        return
    gain = par[lay.INERTIA] * body[lay.INVERSE, i] / radius
    x, y, z = cross(arm, push)
    body[lay.SX, i] += gain * x
    body[lay.SY, i] += gain * y
    body[lay.SZ, i] += gain * z


@inner
def rubbed(
    body: Floats, tag: Ints, par: Floats, i: int, j: int, n: Vector, impulse: float, rub: float
) -> None:
    """Take speed along the surface: Coulomb's friction, at most rub times the normal impulse.

    `n` points to i from the other, j, or from the wall where j is -1. Where bodies spin it is the
    speed of their surfaces that rubs, and the rubbing spins them.
    """
    if rub == 0.0 or impulse <= 0.0:
        return
    u, v, w = body[lay.VX, i], body[lay.VY, i], body[lay.VZ, i]
    a, b, c = spun(body, par, i, n, -body[lay.RADIUS, i])
    u, v, w = u + a, v + b, w + c
    if j >= 0:
        a, b, c = spun(body, par, j, n, body[lay.RADIUS, j])
        u, v, w = u - body[lay.VX, j] - a, v - body[lay.VY, j] - b, w - body[lay.VZ, j] - c
    along = u * n[0] + v * n[1] + w * n[2]
    u, v, w = u - along * n[0], v - along * n[1], w - along * n[2]
    slide = np.sqrt(u * u + v * v + w * w)
    if slide == 0.0:
        return
    s = (u / slide, v / slide, w / slide)
    light = _loose(body, tag, par, i, s) + (_loose(body, tag, par, j, s) if j >= 0 else 0.0)
    if light == 0.0:
        return
    grip = min(rub * impulse, slide / light)
    push = (grip * s[0], grip * s[1], grip * s[2])
    pushed(body, tag, i, -grip, s)
    # Both arms and both pushes are opposite: the two bodies are spun alike.
    turned(body, tag, par, i, n, push)
    if j >= 0:
        pushed(body, tag, j, grip, s)
        turned(body, tag, par, j, n, push)


@inner
def _loose(body: Floats, tag: Ints, par: Floats, i: int, s: Vector) -> float:
    """Give how much a unit of impulse changes the speed of a body's surface along s."""
    light = lightness(body, tag, i, s)
    spins = tag[lay.KIND, i] == lay.FREE and body[lay.RADIUS, i] > 0.0
    return light * (1.0 + par[lay.INERTIA]) if spins else light
