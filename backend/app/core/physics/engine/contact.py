"""What rests against each other: contacts solved together, silently, warm from the last substep.

Projected Gauss-Seidel on velocities (Catto 2005, Iterative Dynamics with Temporal Coherence), then
overlaps are pushed apart without giving speed. Islands that have been slow for half a second sleep.
"""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay
from app.core.physics.engine.flight import faded
from app.core.physics.engine.friction import spun, turned
from app.core.physics.engine.impact import mixed, slowest
from app.core.physics.engine.islands import ONE, OTHER, islands, weight
from app.core.physics.engine.pulls import around

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Columns of a bond: its impulses (normal, three of friction), its bodies (j below 0: -1 - wall),
# the direction from i to j, gap, mass along it, friction. bonds[0] holds the last substep's.
NORMAL, RUBBING, DIRECTION, APART, WEIGHT, GRIP = 0, 1, 6, 9, 10, 11
BOND = 12

ROUNDS = 10
NEARLY = 0.005  # of the smaller radius: how close counts as touching
SLACK = 0.002  # of the smaller radius: overlap that is left alone


@inner
def bind(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, first: Ints, near: Ints, bonds: Floats
) -> int:
    """Find all contacts that rest, mute those pairs, and take over last substep's impulses.

    Returns their count; sets FAULT where there is no room. Only bodies that touch another body
    are bound; one that lies on walls alone is carried there exactly.
    """
    n = body.shape[1]
    count = 0
    for i in range(n):
        tag[lay.PILED, i] = 0
    if ctl[lay.ELASTIC] and par[lay.HARDEST] == 0.0:
        # Nothing is pressed together and nothing loses speed: nothing rests.
        ctl[lay.BONDS] = 0
        return 0
    for i in range(n):
        for k in range(first[i], first[i + 1]):
            j = near[k]
            if j > i and _rests(body, tag, par, i, j):
                if count < bonds.shape[1]:
                    _bond(body, par, bonds, count, i, j)
                count += 1
                near[k] = -1 - j
                for back in range(first[j], first[j + 1]):
                    if near[back] == i:
                        near[back] = -1 - i
                tag[lay.PILED, i] = tag[lay.PILED, j] = 1
    if count == 0:
        ctl[lay.BONDS] = 0
        return 0
    for i in range(n):
        if tag[lay.PILED, i] and body[lay.INVERSE, i] > 0.0:
            count = _bind_walls(body, tag, par, bonds, count, i)
    if count > bonds.shape[1]:
        ctl[lay.FAULT] = lay.MORE_BONDS
        return 0
    _remember(ctl, bonds, count)
    return count


@inner
def _rests(body: Floats, tag: Ints, par: Floats, i: int, j: int) -> bool:
    """Tell whether two bodies touch and neither approach nor part as a bounce does."""
    if tag[lay.KIND, i] == lay.ROD or tag[lay.KIND, j] == lay.ROD:
        return False
    if tag[lay.CLUMP, i] > 0 and tag[lay.CLUMP, i] == tag[lay.CLUMP, j]:
        return False
    reach = body[lay.RADIUS, i] + body[lay.RADIUS, j]
    x, y, z = toward(body, par, i, j)
    d2 = x * x + y * y + z * z
    most = reach + NEARLY * min(body[lay.RADIUS, i], body[lay.RADIUS, j])
    if d2 > most * most or d2 == 0.0:
        return False
    closing = 0.0
    closing += x * (body[lay.VX, i] - body[lay.VX, j])
    closing += y * (body[lay.VY, i] - body[lay.VY, j])
    closing += z * (body[lay.VZ, i] - body[lay.VZ, j])
    closing /= np.sqrt(d2)
    elasticity = mixed(body[lay.BOUNCE, i], body[lay.BOUNCE, j])
    slow = slowest(par, weight(body, i, j), elasticity, reach)
    return slow > 0.0 and -slow <= closing <= slow


@inner
def toward(body: Floats, par: Floats, i: int, j: int) -> tuple[float, float, float]:
    """Give the way from body i to the nearest image of body j, knots as they are."""
    return (
        around(body[0, j] - body[0, i], par[lay.WRAP_X]),
        around(body[1, j] - body[1, i], par[lay.WRAP_Y]),
        around(body[2, j] - body[2, i], par[lay.WRAP_Z]),
    )


@inner
def _bond(body: Floats, par: Floats, bonds: Floats, at: int, i: int, j: int) -> None:
    x, y, z = toward(body, par, i, j)
    d = np.sqrt(x * x + y * y + z * z)
    bonds[1, at, ONE], bonds[1, at, OTHER] = i, j
    bonds[1, at, DIRECTION], bonds[1, at, DIRECTION + 1] = x / d, y / d
    bonds[1, at, DIRECTION + 2] = z / d
    bonds[1, at, APART] = d - body[lay.RADIUS, i] - body[lay.RADIUS, j]
    bonds[1, at, WEIGHT] = 1.0 / (body[lay.INVERSE, i] + body[lay.INVERSE, j])
    bonds[1, at, GRIP] = mixed(body[lay.RUB, i], body[lay.RUB, j])


@inner
def _bind_walls(body: Floats, tag: Ints, par: Floats, bonds: Floats, count: int, i: int) -> int:
    """Add the walls a piled body lies on."""
    for wall in range(6):
        place = par[lay.LOW_X + wall]
        if not abs(place) < np.inf:
            continue
        axis, sign = wall % 3, (1.0 if wall < 3 else -1.0)
        gap = sign * (body[axis, i] - place) - body[lay.RADIUS, i]
        slow = slowest(par, weight(body, i, i), body[lay.BOUNCE, i], body[lay.RADIUS, i])
        if gap > NEARLY * body[lay.RADIUS, i] or abs(body[lay.VX + axis, i]) > slow:
            continue
        if count < bonds.shape[1]:
            bonds[1, count, ONE], bonds[1, count, OTHER] = i, -1 - wall
            for other in range(3):
                bonds[1, count, DIRECTION + other] = -sign if other == axis else 0.0
            bonds[1, count, APART] = gap
            bonds[1, count, WEIGHT] = 1.0 / body[lay.INVERSE, i]
            bonds[1, count, GRIP] = body[lay.RUB, i]
        count += 1
    return count


@inner
def _remember(ctl: Ints, bonds: Floats, count: int) -> None:
    """Give each bond the impulses it had: both lists have pairs by ascending i, then walls by i."""
    at, old = 0, ctl[lay.BONDS]
    for k in range(count):
        i, j = bonds[1, k, ONE], bonds[1, k, OTHER]
        for part in range(4):
            bonds[1, k, part] = 0.0
        while at < old and _earlier(bonds[0, at, ONE], bonds[0, at, OTHER], i, j):
            at += 1
        look = at
        while look < old and bonds[0, look, ONE] == i and (bonds[0, look, OTHER] < 0) == (j < 0):
            if bonds[0, look, OTHER] == j:
                for part in range(4):
                    bonds[1, k, part] = bonds[0, look, part]
                break
            look += 1


@inner
def _earlier(oi: float, oj: float, i: float, j: float) -> bool:
    """Tell whether an old bond comes before the group of a new one."""
    if (oj < 0) != (j < 0):
        return oj >= 0
    return oi < i


@inner
def settle_piles(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, bonds: Floats, count: int
) -> None:
    """Give all piled bodies velocities that keep them apart at the end of the substep."""
    n = body.shape[1]
    h = par[lay.SPAN]
    islands(body, tag, par, ctl, bonds, count)
    for i in range(n):
        if tag[lay.PILED, i] == 0 or body[lay.INVERSE, i] == 0.0:
            continue
        asleep = tag[lay.ASLEEP, i]
        left, path = faded(body[lay.DRAG, i], h)
        for axis in range(3):
            v = body[lay.VX + axis, i] * left + body[lay.GX + axis, i] * path
            body[lay.VX + axis, i] = 0.0 if asleep else v
            body[lay.AX + axis, i] = body[lay.GX + axis, i] = 0.0
            if asleep:
                body[lay.SX + axis, i] = 0.0
        body[lay.DRAG, i] = 0.0
        tag[lay.HELD, i] = 7
    for k in range(count):
        _push(body, tag, par, bonds, k, bonds[1, k, NORMAL], bonds[1, k, RUBBING],
              bonds[1, k, RUBBING + 1], bonds[1, k, RUBBING + 2])  # fmt: skip
    for _ in range(ROUNDS):
        for k in range(count):
            _relax(body, tag, par, bonds, k, h)
    for _ in range(2):
        for k in range(count):
            _part(body, tag, par, bonds, k)
    for k in range(count):
        for part in range(6):
            bonds[0, k, part] = bonds[1, k, part]
    ctl[lay.BONDS] = count


@inner
def _push(
    body: Floats, tag: Ints, par: Floats, bonds: Floats, k: int, normal: float, rx: float,
    ry: float, rz: float,
) -> None:  # fmt: skip
    """Give both bodies of a bond an impulse: apart along the normal, and along the surface."""
    i, j = int(bonds[1, k, ONE]), int(bonds[1, k, OTHER])
    if tag[lay.ASLEEP, i] and (j < 0 or tag[lay.ASLEEP, j]):
        return
    x = rx - normal * bonds[1, k, DIRECTION]
    y = ry - normal * bonds[1, k, DIRECTION + 1]
    z = rz - normal * bonds[1, k, DIRECTION + 2]
    light = body[lay.INVERSE, i]
    body[lay.VX, i] += light * x
    body[lay.VY, i] += light * y
    body[lay.VZ, i] += light * z
    if j >= 0:
        light = body[lay.INVERSE, j]
        body[lay.VX, j] -= light * x
        body[lay.VY, j] -= light * y
        body[lay.VZ, j] -= light * z
    if par[lay.INERTIA] > 0.0:
        n = (bonds[1, k, DIRECTION], bonds[1, k, DIRECTION + 1], bonds[1, k, DIRECTION + 2])
        turned(body, tag, par, i, n, (rx, ry, rz))
        if j >= 0:
            turned(body, tag, par, j, n, (rx, ry, rz))


@inner
def _relax(body: Floats, tag: Ints, par: Floats, bonds: Floats, k: int, h: float) -> None:
    """Stop a bond's approach, but for what its gap allows, then its sliding as far as it grips."""
    i, j = int(bonds[1, k, ONE]), int(bonds[1, k, OTHER])
    if tag[lay.ASLEEP, i] and (j < 0 or tag[lay.ASLEEP, j]):
        return
    nx, ny, nz = bonds[1, k, DIRECTION], bonds[1, k, DIRECTION + 1], bonds[1, k, DIRECTION + 2]
    u, v, w = body[lay.VX, i], body[lay.VY, i], body[lay.VZ, i]
    if j >= 0:
        u, v, w = u - body[lay.VX, j], v - body[lay.VY, j], w - body[lay.VZ, j]
    closing = u * nx + v * ny + w * nz
    old = bonds[1, k, NORMAL]
    new = max(old + (closing - max(bonds[1, k, APART], 0.0) / h) * bonds[1, k, WEIGHT], 0.0)
    bonds[1, k, NORMAL] = new
    grip = bonds[1, k, GRIP] * new
    mass = bonds[1, k, WEIGHT] / (1.0 + par[lay.INERTIA])
    if par[lay.INERTIA] > 0.0:
        a, b, c = spun(body, par, i, (nx, ny, nz), body[lay.RADIUS, i])
        u, v, w = u + a, v + b, w + c
        if j >= 0:
            a, b, c = spun(body, par, j, (nx, ny, nz), -body[lay.RADIUS, j])
            u, v, w = u - a, v - b, w - c
    rx, ry, rz = bonds[1, k, RUBBING], bonds[1, k, RUBBING + 1], bonds[1, k, RUBBING + 2]
    tx = rx - mass * (u - closing * nx)
    ty = ry - mass * (v - closing * ny)
    tz = rz - mass * (w - closing * nz)
    most = np.sqrt(tx * tx + ty * ty + tz * tz)
    if most > grip:
        scale = grip / most
        tx, ty, tz = tx * scale, ty * scale, tz * scale
    bonds[1, k, RUBBING], bonds[1, k, RUBBING + 1], bonds[1, k, RUBBING + 2] = tx, ty, tz
    _push(body, tag, par, bonds, k, new - old, tx - rx, ty - ry, tz - rz)


@inner
def _part(body: Floats, tag: Ints, par: Floats, bonds: Floats, k: int) -> None:
    """Move what overlaps a quarter of the way apart, without giving it speed."""
    i, j = int(bonds[1, k, ONE]), int(bonds[1, k, OTHER])
    if tag[lay.ASLEEP, i] and (j < 0 or tag[lay.ASLEEP, j]):
        return
    small = body[lay.RADIUS, i]
    if j >= 0:
        small = min(small, body[lay.RADIUS, j])
        x, y, z = toward(body, par, i, j)
        gap = np.sqrt(x * x + y * y + z * z) - body[lay.RADIUS, i] - body[lay.RADIUS, j]
    else:
        wall = -1 - j
        sign = 1.0 if wall < 3 else -1.0
        gap = sign * (body[wall % 3, i] - par[lay.LOW_X + wall]) - body[lay.RADIUS, i]
    deep = -gap - SLACK * small
    if deep <= 0.0:
        return
    push = 0.25 * deep * bonds[1, k, WEIGHT]
    for axis in range(3):
        step = push * bonds[1, k, DIRECTION + axis]
        body[axis, i] -= step * body[lay.INVERSE, i]
        if j >= 0:
            body[axis, j] += step * body[lay.INVERSE, j]
