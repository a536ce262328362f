"""When bodies meet walls and each other, and what becomes of their velocities."""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay
from app.core.physics.engine.flight import flown
from app.core.physics.engine.pulls import around

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Vector = tuple[float, float, float]

NEVER = np.inf


@inner
def falls(d: float, v: float, a: float) -> float:
    """Give when d + v t + a t²/2 first falls to 0 (t >= 0, d >= 0 but for rounding), or infinity.

    At d = 0 and rising, it is the time of coming back. No digits are lost at either end.
    """
    if a < 0.0:
        s = np.sqrt(max(v * v - 2.0 * a * d, 0.0))
        if v >= 0.0:
            return (v + s) / -a
        return 2.0 * d / (s - v) if d > 0.0 else 0.0
    if v >= 0.0:
        return NEVER
    if d <= 0.0:
        return 0.0
    inside = v * v - 2.0 * a * d
    return 2.0 * d / (np.sqrt(inside) - v) if inside >= 0.0 else NEVER


@inner
def wall_time(body: Floats, tag: Ints, par: Floats, i: int, now: float) -> tuple[float, int]:
    """Give when a body next meets a wall within the substep and which; infinity, -1 if none."""
    best, which = NEVER, -1
    kind = tag[lay.KIND, i]
    if kind == lay.FIXED or kind == lay.RAILS:
        return best, which
    h = par[lay.SPAN]
    for axis in range(3):
        most = (abs(body[lay.VX + axis, i]) + 0.5 * abs(body[lay.AX + axis, i]) * h) * h
        most += body[lay.RADIUS, i]
        x = body[axis, i]
        if (
            kind == lay.FREE
            and x - most > par[lay.LOW_X + axis]
            and x + most < par[lay.HIGH_X + axis]
        ):
            continue
        for side in range(2):
            wall, sign = axis + 3 * side, 1.0 - 2.0 * side
            place = par[lay.LOW_X + wall]
            if not abs(place) < np.inf:
                continue
            if kind == lay.FREE:
                d = sign * (x - place) - body[lay.RADIUS, i]
                fall = falls(d, sign * body[lay.VX + axis, i], sign * body[lay.AX + axis, i])
                time = body[lay.T, i] + fall
            else:
                time = _swings(body, tag, par, i, now, axis, sign, place)
            if time < best:
                best, which = max(time, now), wall
    if best <= par[lay.SPAN]:
        return best, which
    return NEVER, -1


@inner
def _swings(
    body: Floats, tag: Ints, par: Floats, i: int, now: float, axis: int, sign: float, place: float
) -> float:
    """Give when a body on a rod meets a wall: by halving, if it is beyond it at the end."""
    low, high = now, par[lay.SPAN]
    edge = place + sign * body[lay.RADIUS, i]
    before = flown(body, tag, par, i, low)
    if sign * (before[axis] - edge) <= 0.0:
        return low if sign * before[3 + axis] < 0.0 else NEVER
    if sign * (flown(body, tag, par, i, high)[axis] - edge) > 0.0:
        return NEVER
    for _ in range(60):
        middle = 0.5 * (low + high)
        if sign * (flown(body, tag, par, i, middle)[axis] - edge) > 0.0:
            low = middle
        else:
            high = middle
    return high


@inner
def pair_time(body: Floats, tag: Ints, par: Floats, i: int, j: int, now: float) -> float:
    """Give when two bodies next touch while closing, within the substep; infinity if never."""
    reach = body[lay.RADIUS, i] + body[lay.RADIUS, j]
    if (tag[lay.KIND, i] == lay.FREE or tag[lay.KIND, i] == lay.FIXED) and (
        tag[lay.KIND, j] == lay.FREE or tag[lay.KIND, j] == lay.FIXED
    ):
        return _arcs_meet(body, par, i, j, now, reach)
    return _paths_meet(body, tag, par, i, j, now, reach)


@inner
def _apart(
    body: Floats, par: Floats, i: int, j: int, axis: int, now: float
) -> tuple[float, float, float]:
    """Give, along one axis, distance, velocity and acceleration of i seen from j on their arcs."""
    ti, tj = now - body[lay.T, i], now - body[lay.T, j]
    ai, aj = body[lay.AX + axis, i], body[lay.AX + axis, j]
    vi, vj = body[lay.VX + axis, i], body[lay.VX + axis, j]
    d = body[axis, i] - body[axis, j] + (vi + 0.5 * ai * ti) * ti - (vj + 0.5 * aj * tj) * tj
    d = around(d, par[lay.WRAP_X + axis])
    return d, vi - vj + ai * ti - aj * tj, ai - aj


@inner
def _dot(a: Vector, b: Vector) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


@inner
def _gap(d: Vector, v: Vector, a: Vector, reach: float, t: float) -> tuple[float, bool]:
    """Give the square of the distance less that of the reach at t, and whether it closes."""
    x, y, z = v[0] + 0.5 * a[0] * t, v[1] + 0.5 * a[1] * t, v[2] + 0.5 * a[2] * t
    x, y, z = d[0] + x * t, d[1] + y * t, d[2] + z * t
    closing = x * (v[0] + a[0] * t) + y * (v[1] + a[1] * t) + z * (v[2] + a[2] * t) < 0.0
    return x * x + y * y + z * z - reach * reach, closing


@inner
def _arcs_meet(body: Floats, par: Floats, i: int, j: int, now: float, reach: float) -> float:
    """Find the first touch of two parabolas: exact where both bend alike, else by halving."""
    dx, vx, ax = _apart(body, par, i, j, 0, now)
    dy, vy, ay = _apart(body, par, i, j, 1, now)
    dz, vz, az = _apart(body, par, i, j, 2, now)
    d, v, a = (dx, dy, dz), (vx, vy, vz), (ax, ay, az)
    left = par[lay.SPAN] - now
    b, v2, a2 = _dot(d, v), _dot(v, v), _dot(a, a)
    c = _dot(d, d) - reach * reach
    if c <= 0.0 and b < 0.0:
        return now
    # The most they can come closer in the time left: nearly all pairs end here.
    most = (np.sqrt(v2) + 0.5 * np.sqrt(a2) * left) * left + reach
    if most * most < c + reach * reach:
        return NEVER
    if a2 == 0.0:
        inside = b * b - v2 * c
        if b >= 0.0 or inside < 0.0:
            return NEVER
        time = c / (np.sqrt(inside) - b)
        return now + time if time <= left else NEVER
    low, high, above = 0.0, -1.0, c > 0.0
    for part in range(1, 5):
        t = 0.25 * part * left
        f, closing = _gap(d, v, a, reach, t)
        if f <= 0.0 and (above or closing):
            high = t
            break
        low, above = t, f > 0.0
    if high < 0.0 or not above:
        return now + high if high >= 0.0 else NEVER
    for _ in range(60):
        t = 0.5 * (low + high)
        if _gap(d, v, a, reach, t)[0] > 0.0:
            low = t
        else:
            high = t
    return now + high


@inner
def _paths_meet(
    body: Floats, tag: Ints, par: Floats, i: int, j: int, now: float, reach: float
) -> float:
    """Find the first touch of two bodies of which one is on rails or a rod, by halving."""
    end = par[lay.SPAN]
    low, high = now, -1.0
    f, closing = _between(body, tag, par, i, j, reach, now)
    if f <= 0.0 and closing:
        return now
    above = f > 0.0
    for part in range(1, 5):
        t = now + 0.25 * part * (end - now)
        f, closing = _between(body, tag, par, i, j, reach, t)
        if f <= 0.0 and (above or closing):
            high = t
            break
        low, above = t, f > 0.0
    if high < 0.0 or not above:
        return high if high >= 0.0 else NEVER
    for _ in range(60):
        t = 0.5 * (low + high)
        if _between(body, tag, par, i, j, reach, t)[0] > 0.0:
            low = t
        else:
            high = t
    return high


@inner
def _between(
    body: Floats, tag: Ints, par: Floats, i: int, j: int, reach: float, t: float
) -> tuple[float, bool]:
    xi, yi, zi, ui, vi, wi = flown(body, tag, par, i, t)
    xj, yj, zj, uj, vj, wj = flown(body, tag, par, j, t)
    x = around(xi - xj, par[lay.WRAP_X])
    y = around(yi - yj, par[lay.WRAP_Y])
    z = around(zi - zj, par[lay.WRAP_Z])
    closing = x * (ui - uj) + y * (vi - vj) + z * (wi - wj) < 0.0
    return x * x + y * y + z * z - reach * reach, closing


@inner
def lightness(body: Floats, tag: Ints, i: int, n: Vector) -> float:
    """Give how much a unit of impulse along n changes a body's speed along n: 1/mass, or less
    on a rod, whose own direction nothing can follow."""
    light = body[lay.INVERSE, i]
    if light == 0.0 or tag[lay.KIND, i] != lay.ROD:
        return light
    along = 0.0
    for axis in range(3):
        along += n[axis] * (body[axis, i] - body[lay.CX + axis, i])
    along /= body[lay.LENGTH, i]
    return light * max(1.0 - along * along, 0.0)


@inner
def pushed(body: Floats, tag: Ints, i: int, impulse: float, n: Vector) -> None:
    """Give a body an impulse along n at its knot."""
    light = body[lay.INVERSE, i]
    for axis in range(3):
        body[lay.VX + axis, i] += impulse * light * n[axis]
    if tag[lay.KIND, i] != lay.ROD or light == 0.0:
        return
    along = 0.0
    for axis in range(3):
        along += body[lay.VX + axis, i] * (body[axis, i] - body[lay.CX + axis, i])
    along /= body[lay.LENGTH, i] * body[lay.LENGTH, i]
    for axis in range(3):
        body[lay.VX + axis, i] -= along * (body[axis, i] - body[lay.CX + axis, i])


@inner
def mixed(one: float, other: float) -> float:
    """Give what two bodies' elasticity or friction make together: the geometric mean."""
    return one if one == other else np.sqrt(one * other)


@inner
def slowest(par: Floats, press: float, elasticity: float, reach: float) -> float:
    """Give the speed of approach below which a contact rests instead of bouncing.

    A bounce at v under the pressing acceleration a lasts 2 v / a; one shorter than GAP is no
    longer a bounce but a rattle (Zeno). What keeps all its energy only rests when its bounce
    would not last the substep. Without a pull, bodies that lose energy stick below a thousandth
    of their size in a GAP.
    """
    if elasticity >= 1.0:
        return 0.5 * max(press, 0.0) * par[lay.SPAN]
    return max(0.5 * press * par[lay.GAP], 1e-3 * reach / par[lay.GAP])
