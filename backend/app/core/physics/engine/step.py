"""One substep: set out, meet in order of time, arrive, feel the forces there."""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay
from app.core.physics.engine.bounce import hit_pair, hit_wall, pressing, stopped, told
from app.core.physics.engine.contact import bind, settle_piles
from app.core.physics.engine.flight import bend, flown
from app.core.physics.engine.forces import forces
from app.core.physics.engine.impact import NEVER, mixed, pair_time, slowest, wall_time
from app.core.physics.engine.islands import weight
from app.core.physics.engine.near import neighbours
from app.core.physics.engine.pulls import around
from app.core.physics.engine.queue import STOP, put, take
from app.core.physics.engine.slide import carry, foresee_stop
from app.core.physics.engine.ties import snap, straighten, tie

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@inner
def substep(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, force: Floats, log: Floats, queue: Floats,
    pairs: Ints, first: Ints, near: Ints, cells: Ints, bonds: Floats, scene: Floats,
    events: Floats, marks: Ints, h: float,
) -> None:  # fmt: skip
    """Move everything by h of universe time, rows X.. to rows E..; NOW stays at the start.

    Sets FAULT where a table was too small: the caller then goes back and grows it.
    """
    par[lay.SPAN] = h
    ctl[lay.KNOTS], ctl[lay.QUEUE], ctl[lay.SPEEDERS] = 0, 0, 0
    for i in range(body.shape[1]):
        body[lay.T, i] = 0.0
        tag[lay.LOG, i], tag[lay.STAMP, i], tag[lay.HELD, i], tag[lay.SPED, i] = -1, 0, 0, 0
        for axis in range(3):
            force[3 + axis, i] = body[lay.WX + axis, i] = body[lay.GX + axis, i]
        if tag[lay.KIND, i] == lay.FREE:
            bend(body, i, h)
    if ctl[lay.TIED]:
        tie(body, tag, par, ctl, scene)
    meet(body, tag, par, ctl, log, queue, pairs, first, near, cells, bonds, events, marks)
    if ctl[lay.FAULT] == lay.OK:
        arrive(body, tag, par, ctl, scene, force)
        if ctl[lay.LINKS]:
            snap(body, tag, par, ctl, log, scene, events, marks)
        if ctl[lay.TOUCHING]:
            _rest(body, tag, par, ctl, events, marks)


@inner
def arrive(body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, force: Floats) -> None:
    """Fly from the last knots to the end of the substep and add what the forces changed meanwhile."""
    h = par[lay.SPAN]
    n = body.shape[1]
    for i in range(n):
        if tag[lay.KIND, i] != lay.FIXED:
            x, y, z, u, v, w = flown(body, tag, par, i, h)
            body[lay.EX, i], body[lay.EX + 1, i], body[lay.EX + 2, i] = x, y, z
            body[lay.EX + 3, i], body[lay.EX + 4, i], body[lay.EX + 5, i] = u, v, w
    forces(body, tag, par, ctl, scene, force)
    for i in range(n):
        kind = tag[lay.KIND, i]
        if kind != lay.FREE and kind != lay.ROD:
            continue
        # The force is taken to change evenly from 0 to h; its mean over the last arc counts.
        share = 0.5 * (h * h - body[lay.T, i] * body[lay.T, i]) / h
        for axis in range(3):
            if tag[lay.HELD, i] >> axis & 1 == 0:
                body[lay.EX + 3 + axis, i] += share * (force[axis, i] - force[3 + axis, i])
            if ctl[lay.TIED]:
                # Rods pull for half a step here, and for the other half as they are at the end.
                body[lay.EX + 3 + axis, i] -= share * body[lay.KX + axis, i]
            body[lay.GX + axis, i] = force[axis, i]
        if kind == lay.ROD:
            along_rod(body, i)
    if ctl[lay.TIED]:
        straighten(body, ctl, scene)


@inner
def _rest(body: Floats, tag: Ints, par: Floats, ctl: Ints, events: Floats, marks: Ints) -> None:
    """Tell of bodies that came to rest: once, until they have moved as fast as a bounce again."""
    for i in range(body.shape[1]):
        if tag[lay.KIND, i] != lay.FREE:
            continue
        u, v, w = body[lay.EVX, i], body[lay.EVY, i], body[lay.EVZ, i]
        speed2 = u * u + v * v + w * w
        if tag[lay.RESTED, i]:
            quick = slowest(par, weight(body, i, i), 0.0, body[lay.RADIUS, i])
            tag[lay.RESTED, i] = speed2 <= quick * quick
        elif speed2 == 0.0 and tag[lay.HELD, i]:
            tag[lay.RESTED, i] = 1
            at = told(events, marks, par, ctl, lay.REST, body[lay.T, i], i, -1)
            if at >= 0:
                for axis in range(3):
                    events[at, lay.E_X + axis] = body[lay.EX + axis, i]


@inner
def along_rod(body: Floats, i: int) -> None:
    """Take away the speed along the rod at the end of the substep."""
    along = 0.0
    for axis in range(3):
        along += body[lay.EX + 3 + axis, i] * (body[lay.EX + axis, i] - body[lay.CX + axis, i])
    along /= body[lay.LENGTH, i] * body[lay.LENGTH, i]
    for axis in range(3):
        body[lay.EX + 3 + axis, i] -= along * (body[lay.EX + axis, i] - body[lay.CX + axis, i])


@inner
def settle(body: Floats, tag: Ints, par: Floats, ctl: Ints, h: float) -> None:
    """Make the end of the substep the start of the next, h later, round the world if it wraps."""
    n = body.shape[1]
    for row in range(6):
        for i in range(n):
            body[row, i] = body[lay.EX + row, i]
    for i in range(n if ctl[lay.PLAIN] == 0 else 0):
        body[lay.T, i] = 0.0
        tag[lay.LOG, i] = -1
        if ctl[lay.WRAP] and tag[lay.KIND, i] == lay.FREE:
            for axis in range(3):
                edge = par[lay.WRAP_X + axis]
                if edge > 0.0 and abs(body[axis, i]) > 0.5 * edge:
                    body[axis, i] = around(body[axis, i], edge)
                    ctl[lay.WRAPPED] = 1
    par[lay.WALL_PUSH] += par[lay.PUSHED] * h
    par[lay.NOW] += h


@inner
def foresee(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, queue: Floats, first: Ints, near: Ints
) -> None:
    """Queue every impact that will happen in the substep as things are at its start."""
    ctl[lay.QUEUE] = 0
    for i in range(body.shape[1]):
        if tag[lay.TOUCH, i] == 0:
            continue
        _foresee_wall(body, tag, par, ctl, queue, i, 0.0)
        x, y, z = body[0, i], body[1, i], body[2, i]
        for k in range(first[i], first[i + 1]):
            # Resting partners show below 0.
            j = near[k]
            if j <= i:
                continue
            dx = around(body[0, j] - x, par[lay.WRAP_X])
            dy = around(body[1, j] - y, par[lay.WRAP_Y])
            dz = around(body[2, j] - z, par[lay.WRAP_Z])
            most = body[lay.RADIUS, i] + body[lay.RADIUS, j] + 2.0 * par[lay.REACH]
            if dx * dx + dy * dy + dz * dz <= most * most:
                _foresee_pair(body, tag, par, ctl, queue, i, j, 0.0)
        if tag[lay.HELD, i]:
            foresee_stop(body, tag, par, ctl, queue, i)


@inner
def meet(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, log: Floats, queue: Floats, pairs: Ints,
    first: Ints, near: Ints, cells: Ints, bonds: Floats, events: Floats, marks: Ints,
) -> None:  # fmt: skip
    """Solve every impact of the substep in order of time, each at its own instant."""
    if ctl[lay.TOUCHING] == 0:
        return
    neighbours(body, tag, par, ctl, pairs, first, near, cells)
    if ctl[lay.FAULT] != lay.OK:
        return
    count = bind(body, tag, par, ctl, first, near, bonds)
    if ctl[lay.FAULT] != lay.OK:
        return
    if count > 0:
        settle_piles(body, tag, par, ctl, bonds, count)
    for i in range(body.shape[1] if par[lay.HARDEST] > 0.0 else 0):
        if tag[lay.TOUCH, i] and tag[lay.KIND, i] == lay.FREE and tag[lay.PILED, i] == 0:
            carry(body, tag, par, ctl, i)
    foresee(body, tag, par, ctl, queue, first, near)
    while ctl[lay.QUEUE] > 0 and ctl[lay.FAULT] == lay.OK:
        t, i, j, si, sj = take(queue, ctl)
        if tag[lay.STAMP, i] != si or (j >= 0 and tag[lay.STAMP, j] != sj):
            continue
        ctl[lay.BUDGET] -= 1
        if ctl[lay.BUDGET] == 0:
            ctl[lay.SPENT] += 1
        if ctl[lay.BUDGET] < -body.shape[1]:
            return
        partner = -1
        if j >= 0:
            if hit_pair(body, tag, par, ctl, log, events, marks, i, j, t):
                partner = j
            _mute(first, near, i, j, partner >= 0)
            _again(body, tag, par, ctl, queue, first, near, j, t)
        elif j == STOP:
            stopped(body, tag, par, ctl, log, i, t)
        else:
            hit_wall(body, tag, par, ctl, log, events, marks, i, -1 - j, t)
        _again(body, tag, par, ctl, queue, first, near, i, t)


@inner
def _mute(first: Ints, near: Ints, i: int, j: int, rests: bool) -> None:
    """Leave a pair that came to rest out of sight until a fast approach; partners show as -1 - j."""
    for k in range(first[i], first[i + 1]):
        if near[k] == j or near[k] == -1 - j:
            near[k] = -1 - j if rests else j
    for k in range(first[j], first[j + 1]):
        if near[k] == i or near[k] == -1 - i:
            near[k] = -1 - i if rests else i


@inner
def _again(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, queue: Floats, first: Ints, near: Ints,
    i: int, t: float,
) -> None:  # fmt: skip
    """Foresee a body's impacts anew after its path changed at t."""
    tag[lay.STAMP, i] += 1
    if tag[lay.SPED, i] == 0 and _speeds(body, par, i):
        # It may leave the room its neighbours were looked for in: from now on it is everybody's.
        tag[lay.SPED, i] = 1
        ctl[lay.SPEEDERS] += 1
    _foresee_wall(body, tag, par, ctl, queue, i, t)
    for k in range(first[i], first[i + 1]):
        j = near[k]
        if j < 0:
            j = -1 - j
            if not _strikes(body, tag, par, i, j, t):
                continue
        _foresee_pair(body, tag, par, ctl, queue, min(i, j), max(i, j), t)
    if ctl[lay.SPEEDERS] > 0:
        for j in range(body.shape[1]):
            if j != i and (tag[lay.SPED, i] or tag[lay.SPED, j]) and not _listed(first, near, i, j):
                _foresee_pair(body, tag, par, ctl, queue, min(i, j), max(i, j), t)


@inner
def _speeds(body: Floats, par: Floats, i: int) -> bool:
    """Tell whether a body now flies faster than was foreseen for any."""
    speed2 = 0.0
    for axis in range(3):
        speed2 += body[lay.VX + axis, i] * body[lay.VX + axis, i]
    return speed2 * par[lay.SPAN] * par[lay.SPAN] > par[lay.REACH] * par[lay.REACH]


@inner
def _listed(first: Ints, near: Ints, i: int, j: int) -> bool:
    found = False
    for k in range(first[i], first[i + 1]):
        found = found or near[k] == j or near[k] == -1 - j
    return found


@inner
def _strikes(body: Floats, tag: Ints, par: Floats, i: int, j: int, t: float) -> bool:
    """Tell whether two bodies that rest against each other now approach faster than resting ones."""
    a = flown(body, tag, par, i, t)
    b = flown(body, tag, par, j, t)
    x = around(b[0] - a[0], par[lay.WRAP_X])
    y = around(b[1] - a[1], par[lay.WRAP_Y])
    z = around(b[2] - a[2], par[lay.WRAP_Z])
    d = np.sqrt(x * x + y * y + z * z)
    if d == 0.0:
        return False
    speed = (x * (a[3] - b[3]) + y * (a[4] - b[4]) + z * (a[5] - b[5])) / d
    press = pressing(body, tag, i, j, (x / d, y / d, z / d))
    elasticity = mixed(body[lay.BOUNCE, i], body[lay.BOUNCE, j])
    return speed > slowest(par, press, elasticity, body[lay.RADIUS, i] + body[lay.RADIUS, j])


@inner
def _foresee_wall(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, queue: Floats, i: int, now: float
) -> None:
    t, wall = wall_time(body, tag, par, i, now)
    if wall >= 0 and not put(queue, ctl, t, i, -1 - wall, tag[lay.STAMP, i], 0):
        ctl[lay.FAULT] = lay.MORE_QUEUE


@inner
def _foresee_pair(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, queue: Floats, i: int, j: int, now: float
) -> None:
    if tag[lay.TOUCH, i] == 0 or tag[lay.TOUCH, j] == 0:
        return
    t = pair_time(body, tag, par, i, j, now)
    if t < NEVER and not put(queue, ctl, t, i, j, tag[lay.STAMP, i], tag[lay.STAMP, j]):
        ctl[lay.FAULT] = lay.MORE_QUEUE
