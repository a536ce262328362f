"""Where a body is between two knots of its path: on an arc, on rails, on a rod, or where it was."""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.angles import sin_cos
from app.core.numbers.kernel import inner
from app.core.numbers.powers import exp
from app.core.physics.engine import layout as lay
from app.core.physics.engine.kepler import Sextet, on_rails

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Yoshida (1990), Phys. Lett. A 150, 262: three steps of second order make one of fourth.
W1 = 1.0 / (2.0 - 2.0 ** (1.0 / 3.0))
W0 = 1.0 - 2.0 * W1
# A piece of path: body, from, until, place, velocity, arc, force, the piece before it.
PIECE = 16


@inner
def faded(k: float, t: float) -> tuple[float, float]:
    """Give what linear drag leaves of a speed after t, and the path a unit of speed covers."""
    if k * t < 1e-8:
        return 1.0 - k * t, t * (1.0 - 0.5 * k * t)
    left = exp(-k * t)
    return left, (1.0 - left) / k


@inner
def swung(state: Sextet, pivot: tuple[float, float, float, float], pull: tuple[float, float, float],
          k: float, t: float) -> Sextet:  # fmt: skip
    """Let a body on a rod swing for t: kicks along the sphere, great circles between.

    `pivot` is place and length, `pull` the force per mass, k the drag. Fourth order, symplectic.
    Source: Yoshida (1990); the drift is the exact geodesic of the sphere.
    """
    x, y, z, u, v, w = state
    px, py, pz, length = pivot
    gx, gy, gz = pull
    x, y, z = (x - px) / length, (y - py) / length, (z - pz) / length
    # Parts by the energy above hanging, which does not change as it swings: an even step keeps it.
    force = np.sqrt(gx * gx + gy * gy + gz * gz)
    lift = u * u + v * v + w * w + 2.0 * length * (force - gx * x - gy * y - gz * z)
    parts = int(np.floor(abs(t) * np.sqrt(lift / length + force) / np.sqrt(length) / 0.05)) + 1
    h = t / parts
    left = exp(-0.5 * k * h) if k > 0.0 else 1.0
    for stage in range(4 * parts):
        which = stage & 3
        if which == 0:
            u, v, w = u * left, v * left, w * left
        drift = 0.5 * W1 * h if which == 0 or which == 3 else 0.5 * (W0 + W1) * h
        speed = np.sqrt(u * u + v * v + w * w)
        if speed > 0.0:
            s, c = sin_cos(speed * drift / length)
            f, g = s / speed, -s * speed
            x, y, z, u, v, w = (
                x * c + u * f, y * c + v * f, z * c + w * f,
                u * c + x * g, v * c + y * g, w * c + z * g,
            )  # fmt: skip
        if which == 3:
            u, v, w = u * left, v * left, w * left
            continue
        kick = (W0 if which == 1 else W1) * h
        along = gx * x + gy * y + gz * z
        u += kick * (gx - along * x)
        v += kick * (gy - along * y)
        w += kick * (gz - along * z)
    scale = 1.0 / np.sqrt(x * x + y * y + z * z)
    x, y, z = x * scale, y * scale, z * scale
    # Rounding leaves a trace of speed along the rod.
    along = u * x + v * y + w * z
    return (
        px + length * x, py + length * y, pz + length * z,
        u - along * x, v - along * y, w - along * z,
    )  # fmt: skip


@inner
def railed(body: Floats, tag: Ints, par: Floats, i: int, t: float) -> Sextet:
    """Give place and velocity of a body on rails, its centre's own motion included."""
    x = y = z = u = v = w = 0.0
    for _ in range(64):
        if tag[lay.KIND, i] != lay.RAILS:
            break
        a, b, c, d, e, f = on_rails(body, i, par[lay.NOW] + t)
        x, y, z, u, v, w = x + a, y + b, z + c, u + d, v + e, w + f
        i = tag[lay.ABOUT, i]
    if tag[lay.KIND, i] == lay.RAILS:
        return x, y, z, u, v, w
    dt = t - body[lay.T, i]
    moves = 1.0 if tag[lay.KIND, i] == lay.FREE else 0.0
    half = 0.5 * dt * dt * moves
    dt *= moves
    return (
        x + body[lay.X, i] + body[lay.VX, i] * dt + body[lay.AX, i] * half,
        y + body[lay.Y, i] + body[lay.VY, i] * dt + body[lay.AY, i] * half,
        z + body[lay.Z, i] + body[lay.VZ, i] * dt + body[lay.AZ, i] * half,
        u + moves * body[lay.VX, i] + body[lay.AX, i] * dt,
        v + moves * body[lay.VY, i] + body[lay.AY, i] * dt,
        w + moves * body[lay.VZ, i] + body[lay.AZ, i] * dt,
    )


@inner
def flown(body: Floats, tag: Ints, par: Floats, i: int, t: float) -> Sextet:
    """Give place and velocity at a time of the substep, flying from the knot undisturbed."""
    kind = tag[lay.KIND, i]
    if kind == lay.RAILS:
        return railed(body, tag, par, i, t)
    dt = t - body[lay.T, i]
    x, y, z = body[lay.X, i], body[lay.Y, i], body[lay.Z, i]
    u, v, w = body[lay.VX, i], body[lay.VY, i], body[lay.VZ, i]
    if kind == lay.FREE:
        half = 0.5 * dt * dt
        x += u * dt + body[lay.AX, i] * half
        y += v * dt + body[lay.AY, i] * half
        z += w * dt + body[lay.AZ, i] * half
        if body[lay.DRAG, i] > 0.0:
            left, path = faded(body[lay.DRAG, i], dt)
            return (
                x, y, z,
                u * left + body[lay.GX, i] * path, v * left + body[lay.GY, i] * path, w * left + body[lay.GZ, i] * path,
            )  # fmt: skip
        return x, y, z, u + body[lay.AX, i] * dt, v + body[lay.AY, i] * dt, w + body[lay.AZ, i] * dt
    if kind == lay.ROD:
        pivot = (body[lay.CX, i], body[lay.CY, i], body[lay.CZ, i], body[lay.LENGTH, i])
        pull = (body[lay.GX, i], body[lay.GY, i], body[lay.GZ, i])
        return swung((x, y, z, u, v, w), pivot, pull, body[lay.DRAG, i], dt)
    return x, y, z, u, v, w


@inner
def bend(body: Floats, i: int, left: float) -> None:
    """Choose the arc from the knot to the end of the substep, `left` away: exact there under drag."""
    k = body[lay.DRAG, i]
    if k <= 0.0:
        body[lay.AX, i], body[lay.AY, i], body[lay.AZ, i] = (
            body[lay.GX, i],
            body[lay.GY, i],
            body[lay.GZ, i],
        )
        return
    if left <= 0.0:
        return
    _, path = faded(k, left)
    # x(h) = v·path + g·(h - path)/k; what it has beyond v·h is the arc's half a h².
    fall = (left - path) / k if k * left > 1e-4 else 0.5 * left * left * (1.0 - k * left / 3.0)
    scale = 2.0 / (left * left)
    for axis in range(3):
        body[lay.AX + axis, i] = scale * (
            body[lay.VX + axis, i] * (path - left) + body[lay.GX + axis, i] * fall
        )


@inner
def knot(body: Floats, tag: Ints, ctl: Ints, log: Floats, i: int, t: float, state: Sextet) -> bool:
    """Begin a new piece of path of a body at t, keeping the old one for the watches.

    Returns False where the log is full.
    """
    at = ctl[lay.KNOTS]
    if at >= log.shape[0]:
        return False
    log[at, 0], log[at, 1], log[at, 2] = i, body[lay.T, i], t
    for row in range(6):
        log[at, 3 + row] = body[lay.X + row, i]
        log[at, 9 + row] = body[lay.AX + row, i]
    log[at, 15] = tag[lay.LOG, i]
    tag[lay.LOG, i] = at
    ctl[lay.KNOTS] = at + 1
    body[lay.T, i] = t
    (
        body[lay.X, i],
        body[lay.Y, i],
        body[lay.Z, i],
        body[lay.VX, i],
        body[lay.VY, i],
        body[lay.VZ, i],
    ) = state
    return True


@inner
def seen(body: Floats, tag: Ints, par: Floats, log: Floats, i: int, t: float) -> Sextet:
    """Give place and velocity at any time of a substep that is over, impacts and all.

    Between the last knot and the end a cubic joins both ends' places and velocities.
    """
    kind = tag[lay.KIND, i]
    if kind == lay.RAILS:
        return railed(body, tag, par, i, t)
    at = tag[lay.LOG, i]
    if at >= 0 and t < body[lay.T, i]:
        return _earlier(body, tag, par, log, i, t)
    if kind != lay.FREE:
        return flown(body, tag, par, i, t)
    h = par[lay.SPAN] - body[lay.T, i]
    if t >= par[lay.SPAN]:
        return (
            body[lay.EX, i],
            body[lay.EY, i],
            body[lay.EZ, i],
            body[lay.EVX, i],
            body[lay.EVY, i],
            body[lay.EVZ, i],
        )
    s = (t - body[lay.T, i]) / h
    a, va = cubic(body[lay.X, i], body[lay.VX, i], body[lay.EX, i], body[lay.EVX, i], h, s)
    b, vb = cubic(body[lay.Y, i], body[lay.VY, i], body[lay.EY, i], body[lay.EVY, i], h, s)
    c, vc = cubic(body[lay.Z, i], body[lay.VZ, i], body[lay.EZ, i], body[lay.EVZ, i], h, s)
    return a, b, c, va, vb, vc


@inner
def cubic(x0: float, v0: float, x1: float, v1: float, h: float, s: float) -> tuple[float, float]:
    """Give place and speed at the part s of a stretch h by the cubic of Hermite."""
    rise = x1 - x0
    a = h * (v0 + v1) - 2.0 * rise
    b = 3.0 * rise - h * (2.0 * v0 + v1)
    return x0 + s * (h * v0 + s * (b + s * a)), v0 + s * (2.0 * b + 3.0 * s * a) / h


@inner
def _earlier(body: Floats, tag: Ints, par: Floats, log: Floats, i: int, t: float) -> Sextet:
    at = tag[lay.LOG, i]
    while t < log[at, 1] and log[at, 15] >= 0.0:
        at = int(log[at, 15])
    dt = t - log[at, 1]
    x, y, z, u, v, w = log[at, 3], log[at, 4], log[at, 5], log[at, 6], log[at, 7], log[at, 8]
    if tag[lay.KIND, i] == lay.ROD:
        pivot = (body[lay.CX, i], body[lay.CY, i], body[lay.CZ, i], body[lay.LENGTH, i])
        pull = (log[at, 12], log[at, 13], log[at, 14])
        return swung((x, y, z, u, v, w), pivot, pull, body[lay.DRAG, i], dt)
    half = 0.5 * dt * dt
    a, b, c = log[at, 9], log[at, 10], log[at, 11]
    return (
        x + u * dt + a * half, y + v * dt + b * half, z + w * dt + c * half,
        u + a * dt, v + b * dt, w + c * dt,
    )  # fmt: skip
