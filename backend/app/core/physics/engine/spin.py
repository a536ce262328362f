"""Spin of what lies on a wall: friction turns sliding into rolling, which it then only steers.

Coulomb's friction f at the touch slows the centre by f and turns the body by K f / radius, where K is
mass · radius² / moment of inertia: 5/2 of a ball, 2 of a disc. Its surface slides slower by
(1 + K) f, so a pushed ball rolls at 5/7 of its speed and a disc at 2/3.
"""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay
from app.core.physics.engine.friction import cross, spun
from app.core.physics.engine.impact import Vector

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ROLLS = 1e-12  # of its own speed: a surface slower than this does not slide


@inner
def whirl(body: Floats, i: int, t: float) -> None:
    """Let friction go on changing a body's spin for t."""
    for axis in range(3):
        body[lay.SX + axis, i] += t * body[lay.TX + axis, i]


@inner
def sliding(body: Floats, tag: Ints, par: Floats, i: int) -> Vector:
    """Give the velocity of the surface of a body where it touches the wall it lies on."""
    n = inward(tag[lay.LIES, i])
    a, b, c = spun(body, par, i, n, -body[lay.RADIUS, i])
    u, v, w = body[lay.VX, i] + a, body[lay.VY, i] + b, body[lay.VZ, i] + c
    along = u * n[0] + v * n[1] + w * n[2]
    return u - along * n[0], v - along * n[1], w - along * n[2]


@inner
def inward(wall: int) -> Vector:
    """Give the direction from a wall into the world."""
    sign = 1.0 if wall < 3 else -1.0
    axis = wall % 3
    return sign if axis == 0 else 0.0, sign if axis == 1 else 0.0, sign if axis == 2 else 0.0


@inner
def rub(body: Floats, tag: Ints, par: Floats, i: int, grip: float) -> None:
    """Begin a substep of a body that lies on a wall: it slides, or it rolls already.

    `grip` is the most friction can do, per mass; the arc has everything else by now.
    """
    u, v, w = sliding(body, tag, par, i)
    slide = np.sqrt(u * u + v * v + w * w)
    own = whole = 0.0
    for axis in range(3):
        own += body[lay.VX + axis, i] * body[lay.VX + axis, i]
        whole += body[lay.SX + axis, i] * body[lay.SX + axis, i]
    tag[lay.HELD, i] = 7
    if slide <= ROLLS * (np.sqrt(own) + body[lay.RADIUS, i] * np.sqrt(whole)):
        _steer(body, tag, par, i, grip)
    else:
        _drag(body, tag, par, i, (-grip * u / slide, -grip * v / slide, -grip * w / slide))


@inner
def roll(body: Floats, tag: Ints, par: Floats, i: int) -> None:
    """Go over from sliding to rolling at the knot, with the friction there was as the most there is."""
    n, radius = inward(tag[lay.LIES, i]), body[lay.RADIUS, i]
    x, y, z = cross(n, (body[lay.TX, i], body[lay.TY, i], body[lay.TZ, i]))
    scale = radius / par[lay.INERTIA]
    _drag(body, tag, par, i, (-scale * x, -scale * y, -scale * z))
    _steer(body, tag, par, i, scale * np.sqrt(x * x + y * y + z * z))


@inner
def ends(body: Floats, tag: Ints, par: Floats, i: int) -> float:
    """Give in what time from its knot a body will have stopped sliding; infinity if it does not."""
    n, radius = inward(tag[lay.LIES, i]), body[lay.RADIUS, i]
    u, v, w = sliding(body, tag, par, i)
    slide = np.sqrt(u * u + v * v + w * w)
    x, y, z = cross((body[lay.TX, i], body[lay.TY, i], body[lay.TZ, i]), n)
    rate = (
        u * (body[lay.AX, i] - radius * x)
        + v * (body[lay.AY, i] - radius * y)
        + w * (body[lay.AZ, i] - radius * z)
    )
    turning = body[lay.TX, i] != 0.0 or body[lay.TY, i] != 0.0 or body[lay.TZ, i] != 0.0
    own = abs(body[lay.VX, i]) + abs(body[lay.VY, i]) + abs(body[lay.VZ, i])
    if not turning or rate >= 0.0 or slide <= ROLLS * own:
        return np.inf
    return slide * slide / -rate


@inner
def _drag(body: Floats, tag: Ints, par: Floats, i: int, f: Vector) -> None:
    """Let friction f per mass bend the arc, and turn the body."""
    n = inward(tag[lay.LIES, i])
    x, y, z = cross(f, n)
    gain = par[lay.INERTIA] / body[lay.RADIUS, i]
    for axis in range(3):
        body[lay.AX + axis, i] += f[axis]
        body[lay.GX + axis, i] += f[axis]
    body[lay.TX, i] += gain * x
    body[lay.TY, i] += gain * y
    body[lay.TZ, i] += gain * z


@inner
def _steer(body: Floats, tag: Ints, par: Floats, i: int, grip: float) -> None:
    """Roll: spin as the centre moves, and take from the pull what keeps it so, if friction can."""
    n, radius = inward(tag[lay.LIES, i]), body[lay.RADIUS, i]
    x, y, z = cross(n, (body[lay.VX, i], body[lay.VY, i], body[lay.VZ, i]))
    about = body[lay.SX, i] * n[0] + body[lay.SY, i] * n[1] + body[lay.SZ, i] * n[2]
    body[lay.SX, i] = about * n[0] + x / radius
    body[lay.SY, i] = about * n[1] + y / radius
    body[lay.SZ, i] = about * n[2] + z / radius
    a, b, c = body[lay.AX, i], body[lay.AY, i], body[lay.AZ, i]
    along = a * n[0] + b * n[1] + c * n[2]
    a, b, c = a - along * n[0], b - along * n[1], c - along * n[2]
    pull = np.sqrt(a * a + b * b + c * c)
    if pull == 0.0:
        return
    share = min(1.0 / (1.0 + par[lay.INERTIA]), grip / pull)
    _drag(body, tag, par, i, (-share * a, -share * b, -share * c))
