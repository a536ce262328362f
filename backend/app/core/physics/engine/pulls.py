"""Single pulls: fields, springs, the medium, soft walls, each with the energy it stores."""

import math

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.grid import TICKS_PER_SECOND
from app.core.numbers.kernel import inner
from app.core.numbers.powers import log
from app.core.physics.engine import layout as lay

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PI = math.pi
QUADRATIC = 0.44  # drag coefficient of a sphere in Newton's regime


@inner
def around(d: float, edge: float) -> float:
    """Give a distance to the nearest image in a world that wraps after `edge`; 0: it does not."""
    return d - edge * np.floor(d / edge + 0.5) if edge > 0.0 else d


@inner
def wall_gap(body: Floats, par: Floats, first: int, i: int, wall: int) -> float:
    """Give the room between a body and a wall, its place in the rows from `first` on."""
    place = par[lay.LOW_X + wall]
    if not abs(place) < np.inf:
        return np.inf
    sign = 1.0 if wall < 3 else -1.0
    return sign * (body[first + wall % 3, i] - place) - body[lay.RADIUS, i]


@inner
def press(body: Floats, tag: Ints, par: Floats, out: Floats) -> None:
    """Add the soft wall one length deep: p · π r² · (1 - gap), away from each wall."""
    pushed = 0.0
    for i in range(body.shape[1]):
        force = par[lay.PRESSURE] * PI * body[lay.RADIUS, i] * body[lay.RADIUS, i]
        light = body[lay.INVERSE, i]
        if light == 0.0 or light > 1e29:
            continue
        for wall in range(6):
            deep = 1.0 - wall_gap(body, par, lay.EX, i, wall)
            if deep > 0.0:
                out[wall % 3, i] += (force if wall < 3 else -force) * light * deep
                pushed += force * deep
        par[lay.QUICKEST] = max(par[lay.QUICKEST], force * light)
    par[lay.PUSHED] = pushed


@inner
def feel(par: Floats, dt: float) -> None:
    """Smooth what the walls were given in a tick into a pressure, over a second of heard time."""
    if par[lay.WALL_PUSH] == 0.0 and par[lay.FELT] == 0.0:
        return
    area = wide = 0.0
    for axis in range(3):
        a = par[lay.HIGH_X + (axis + 1) % 3] - par[lay.LOW_X + (axis + 1) % 3]
        b = par[lay.HIGH_X + (axis + 2) % 3] - par[lay.LOW_X + (axis + 2) % 3]
        # A flat world has edges for walls: their length counts.
        if a < np.inf and b < np.inf:
            area += 2.0 * a * b
        wide += 2.0 * a if a < np.inf else 0.0
    area = area if par[lay.HIGH_Z] < np.inf else wide
    if area > 0.0:
        par[lay.FELT] += (par[lay.WALL_PUSH] / (dt * area) - par[lay.FELT]) / TICKS_PER_SECOND
    par[lay.WALL_PUSH] = 0.0


@inner
def swim(body: Floats, par: Floats, out: Floats) -> None:
    """Add buoyancy, and set each body's drag: Stokes' for the slow, Newton's for the fast.

    What is so light that a step takes it beyond the speed at which drag is all of its pull, and back
    the next, is dragged as at that speed. Comes last: `out` has every other pull. Source: Landau & Lifshitz, Fluid Mechanics, §20 and §45.
    """
    for i in range(body.shape[1]):
        r, light = body[lay.RADIUS, i], body[lay.INVERSE, i]
        if light == 0.0 or light > 1e29:
            continue
        lift = par[lay.FLUID] * 4.0 / 3.0 * PI * r * r * r * light
        u, v, w = body[lay.EVX, i], body[lay.EVY, i], body[lay.EVZ, i]
        speed = np.sqrt(u * u + v * v + w * w)
        pull2 = 0.0
        for axis in range(3):
            out[axis, i] -= lift * par[lay.PULL_X + axis]
            pull2 += out[axis, i] * out[axis, i]
        rate, h = 0.5 * QUADRATIC * par[lay.FLUID] * PI * r * r * light, par[lay.TICK_SPAN]
        if rate * np.sqrt(pull2) * h * h > 1.0:
            speed = max(speed, np.sqrt(np.sqrt(pull2) / rate))
        body[lay.DRAG, i] += 6.0 * PI * par[lay.VISCOSITY] * r * light + rate * speed


@inner
def charge(body: Floats, scene: Floats, k: int, i: int) -> float:
    """Give how strongly a field takes a body: alike for all, or by charge over mass."""
    if scene[k, lay.F_CHARGED] == 0.0:
        return 1.0
    return body[lay.CHARGE, i] / body[lay.MASS, i] if body[lay.MASS, i] > 0.0 else 0.0


@inner
def _fade(scene: Floats, k: int, d: float, soft: float) -> float:
    """Give a field's strength at a distance: as said at 1 length, nothing beyond its radius."""
    if d > scene[k, lay.F_RADIUS]:
        return 0.0
    falloff = scene[k, lay.F_FALLOFF]
    strength = scene[k, lay.F_STRENGTH]
    if falloff == lay.LINEAR:
        return strength * (1.0 - d / scene[k, lay.F_RADIUS])
    if falloff == lay.INVERSELY:
        return strength / np.sqrt(d * d + soft)
    if falloff == lay.SQUARELY:
        return strength / (d * d + soft)
    return strength


@inner
def sway(body: Floats, par: Floats, scene: Floats, k: int, out: Floats) -> None:
    """Add one field: radial toward its place, along a direction, round an axis, or a tether.

    In a periodic world it is the nearest image of its place that counts.
    """
    kind = scene[k, lay.F_KIND]
    tx, ty, tz = scene[k, lay.F_TX], scene[k, lay.F_TY], scene[k, lay.F_TZ]
    soft = max(par[lay.SOFTENING2], 1e-6)
    for i in range(body.shape[1]):
        x = around(scene[k, lay.F_X] - body[lay.EX, i], par[lay.WRAP_X])
        y = around(scene[k, lay.F_Y] - body[lay.EY, i], par[lay.WRAP_Y])
        z = around(scene[k, lay.F_Z] - body[lay.EZ, i], par[lay.WRAP_Z])
        d = np.sqrt(x * x + y * y + z * z)
        f = _fade(scene, k, d, soft) * charge(body, scene, k, i)
        if f == 0.0:
            continue
        if kind == lay.DIRECTIONAL:
            x, y, z = tx, ty, tz
        elif kind == lay.VORTEX:
            # A quarter turn ahead, seen along the axis.
            x, y, z = ty * -z + tz * y, tz * -x + tx * z, tx * -y + ty * x
            f = f / d if d > 0.0 else 0.0
        elif kind == lay.RADIAL:
            near = np.sqrt(d * d + soft)
            par[lay.QUICKEST] = max(par[lay.QUICKEST], abs(f) / near)
            f = f / near
        else:
            par[lay.QUICKEST] = max(par[lay.QUICKEST], abs(f))
        out[0, i] += f * x
        out[1, i] += f * y
        out[2, i] += f * z


@inner
def height(body: Floats, par: Floats, scene: Floats, k: int, i: int) -> float:
    """Give a field's potential per mass where the rows X.. say a body is; 0 for a vortex."""
    kind, strength, radius = scene[k, lay.F_KIND], scene[k, lay.F_STRENGTH], scene[k, lay.F_RADIUS]
    x, y, z = (
        around(body[0, i] - scene[k, lay.F_X], par[lay.WRAP_X]),
        around(body[1, i] - scene[k, lay.F_Y], par[lay.WRAP_Y]),
        around(body[2, i] - scene[k, lay.F_Z], par[lay.WRAP_Z]),
    )
    if kind == lay.VORTEX:
        return 0.0
    if kind == lay.DIRECTIONAL:
        along = x * scene[k, lay.F_TX] + y * scene[k, lay.F_TY] + z * scene[k, lay.F_TZ]
        return -strength * along
    d2 = x * x + y * y + z * z
    d = min(np.sqrt(d2), radius)
    if kind == lay.TETHER:
        return 0.5 * strength * d * d
    soft = max(par[lay.SOFTENING2], 1e-6)
    near = np.sqrt(d * d + soft)
    falloff = scene[k, lay.F_FALLOFF]
    if falloff == lay.SQUARELY:
        # The pull is strength · d / (d² + soft)^(3/2): Plummer's.
        return -strength / near
    if falloff == lay.INVERSELY:
        return strength * log(near)
    if falloff == lay.LINEAR:
        return strength * (near - 0.5 * near * near / radius)
    return strength * near


@inner
def spring(body: Floats, par: Floats, scene: Floats, k: int, out: Floats) -> None:
    """Add a spring between two bodies: stiffness times stretch, and damping along it."""
    i, j = int(scene[k, lay.L_I]), int(scene[k, lay.L_J])
    x, y, z = (
        around(body[lay.EX, j] - body[lay.EX, i], par[lay.WRAP_X]),
        around(body[lay.EY, j] - body[lay.EY, i], par[lay.WRAP_Y]),
        around(body[lay.EZ, j] - body[lay.EZ, i], par[lay.WRAP_Z]),
    )
    d = np.sqrt(x * x + y * y + z * z)
    if d == 0.0:
        return
    x, y, z = x / d, y / d, z / d
    rate = x * (body[lay.EVX, j] - body[lay.EVX, i]) + y * (body[lay.EVY, j] - body[lay.EVY, i])
    rate += z * (body[lay.EVZ, j] - body[lay.EVZ, i])
    force = scene[k, lay.L_STIFF] * (d - scene[k, lay.L_LENGTH]) + scene[k, lay.L_DAMP] * rate
    one = body[lay.INVERSE, i] if body[lay.INVERSE, i] < 1e29 else 0.0
    other = body[lay.INVERSE, j] if body[lay.INVERSE, j] < 1e29 else 0.0
    out[0, i] += force * one * x
    out[1, i] += force * one * y
    out[2, i] += force * one * z
    out[0, j] -= force * other * x
    out[1, j] -= force * other * y
    out[2, j] -= force * other * z
    par[lay.QUICKEST] = max(par[lay.QUICKEST], scene[k, lay.L_STIFF] * (one + other))
