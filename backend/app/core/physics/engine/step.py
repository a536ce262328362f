"""One substep: set out, meet in order of time, arrive, feel the forces there."""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay
from app.core.physics.engine.bounce import hit_pair, hit_wall, stopped, told
from app.core.physics.engine.budget import spend
from app.core.physics.engine.contact import bind, settle_piles
from app.core.physics.engine.flight import bend, flown
from app.core.physics.engine.forces import forces
from app.core.physics.engine.foresee import again, foresee, mute
from app.core.physics.engine.impact import slowest
from app.core.physics.engine.islands import weight
from app.core.physics.engine.near import neighbours
from app.core.physics.engine.pulls import around
from app.core.physics.engine.queue import STOP, take
from app.core.physics.engine.slide import carry
from app.core.physics.engine.spin import whirl
from app.core.physics.engine.ties import ALL, among, straighten, tie

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
    _set_out(body, tag, force, h)
    if ctl[lay.TIED]:
        tie(body, tag, par, ctl, scene, ALL, ALL, 0.0)
    meet(body, tag, par, ctl, scene, log, queue, pairs, first, near, cells, bonds, events, marks)
    if ctl[lay.FAULT] == lay.OK:
        arrive(body, tag, par, ctl, scene, force)
        if ctl[lay.TOUCHING]:
            _rest(body, tag, par, ctl, events, marks)


@inner
def _set_out(body: Floats, tag: Ints, force: Floats, h: float) -> None:
    """Begin everybody's arc at the start of the substep: row by row, many bodies abreast."""
    n = body.shape[1]
    for axis in range(3):
        for i in range(n):
            pull = body[lay.GX + axis, i]
            force[3 + axis, i] = body[lay.WX + axis, i] = body[lay.AX + axis, i] = pull
    for i in range(n):
        body[lay.T, i] = 0.0
        tag[lay.LOG, i], tag[lay.STAMP, i], tag[lay.HELD, i], tag[lay.SPED, i] = -1, 0, 0, 0
    for i in range(n):
        if body[lay.DRAG, i] > 0.0 and tag[lay.KIND, i] == lay.FREE:
            bend(body, i, h)


@inner
def arrive(body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, force: Floats) -> None:
    """Fly from the last knots to the end of the substep and add what the forces changed meanwhile."""
    h, n = par[lay.SPAN], body.shape[1]
    _land(body, tag, par, h)
    forces(body, tag, par, ctl, scene, force)
    # The force is taken to change evenly from 0 to h; its mean over the last arc counts.
    for axis in range(3):
        for i in range(n):
            kind = tag[lay.KIND, i]
            moves = (kind == lay.FREE or kind == lay.ROD) and tag[lay.HELD, i] >> axis & 1 == 0
            share = 0.5 * (h * h - body[lay.T, i] * body[lay.T, i]) / h
            v = body[lay.EVX + axis, i]
            more = v + share * (force[axis, i] - force[3 + axis, i])
            body[lay.EVX + axis, i] = more if moves else v
            body[lay.GX + axis, i] = force[axis, i]
    for i in range(n):
        kind = tag[lay.KIND, i]
        if ctl[lay.TIED] and (kind == lay.FREE or kind == lay.ROD):
            # Rods pull for half a step here, and for the other half as they are at the end.
            share = 0.5 * (h - body[lay.T, i])
            for axis in range(3):
                body[lay.EVX + axis, i] -= share * body[lay.KX + axis, i]
        if kind == lay.ROD:
            along_rod(body, i)
    if ctl[lay.TIED]:
        straighten(body, par, ctl, scene)


@inner
def _land(body: Floats, tag: Ints, par: Floats, h: float) -> None:
    """Fly everybody to the end of the substep: arcs abreast, then what is on no plain arc."""
    n = body.shape[1]
    for axis in range(3):
        for i in range(n):
            t = h - body[lay.T, i]
            v, a = body[lay.VX + axis, i], body[lay.AX + axis, i]
            body[lay.EX + axis, i] = body[axis, i] + (v * t + a * (0.5 * t * t))
            body[lay.EVX + axis, i] = v + a * t
    for i in range(n):
        if tag[lay.KIND, i] != lay.FREE or body[lay.DRAG, i] > 0.0:
            x, y, z, u, v, w = flown(body, tag, par, i, h)
            body[lay.EX, i], body[lay.EX + 1, i], body[lay.EX + 2, i] = x, y, z
            body[lay.EX + 3, i], body[lay.EX + 4, i], body[lay.EX + 5, i] = u, v, w


@inner
def _rest(body: Floats, tag: Ints, par: Floats, ctl: Ints, events: Floats, marks: Ints) -> None:
    """Tell of bodies that came to rest: once, until they have moved as fast as a bounce again."""
    for i in range(body.shape[1]):
        if tag[lay.KIND, i] != lay.FREE or (tag[lay.RESTED, i] == 0 and tag[lay.HELD, i] == 0):
            continue
        u, v, w = body[lay.EVX, i], body[lay.EVY, i], body[lay.EVZ, i]
        speed2 = u * u + v * v + w * w
        if tag[lay.RESTED, i]:
            quick = slowest(par, weight(body, i, i), 0.0, body[lay.RADIUS, i])
            tag[lay.RESTED, i] = speed2 <= quick * quick
        elif speed2 == 0.0:
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
    # The six rows lie end to end, here and there: they are copied as one.
    for k in range(6 * n):
        body[lay.X, k] = body[lay.EX, k]
    for i in range(n if par[lay.INERTIA] > 0.0 else 0):
        whirl(body, i, h - body[lay.T, i])
        body[lay.TX, i] = body[lay.TY, i] = body[lay.TZ, i] = 0.0
    for i in range(n if ctl[lay.PLAIN] == 0 else 0):
        body[lay.T, i] = 0.0
        tag[lay.LOG, i] = -1
    for i in range(n if ctl[lay.WRAP] else 0):
        if tag[lay.KIND, i] == lay.FREE:
            for axis in range(3):
                edge = par[lay.WRAP_X + axis]
                if edge > 0.0 and abs(body[axis, i]) > 0.5 * edge:
                    body[axis, i] = around(body[axis, i], edge)
                    ctl[lay.WRAPPED] = 1
    par[lay.WALL_PUSH] += par[lay.PUSHED] * h
    par[lay.NOW] += h


@inner
def meet(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, log: Floats, queue: Floats,
    pairs: Ints, first: Ints, near: Ints, cells: Ints, bonds: Floats, events: Floats, marks: Ints,
) -> None:  # fmt: skip
    """Solve every impact of the substep in order of time, each at its own instant."""
    if ctl[lay.TOUCHING] == 0:
        return
    neighbours(body, tag, par, ctl, pairs, first, near, cells, log)
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
        spend(body, par, ctl, events, marks, t, i, j)
        if ctl[lay.BUDGET] < -body.shape[1]:
            return
        partner = -1
        if j >= 0:
            if hit_pair(body, tag, par, ctl, scene, log, events, marks, i, j, t):
                partner = j
            mute(first, near, i, j, partner >= 0)
            again(body, tag, par, ctl, queue, first, near, j, t)
        elif j == STOP:
            stopped(body, tag, par, ctl, log, i, t)
        else:
            hit_wall(body, tag, par, ctl, scene, log, events, marks, i, -1 - j, t)
        again(body, tag, par, ctl, queue, first, near, i, t)
        if ctl[lay.TIED]:
            _pulled_along(body, tag, par, ctl, queue, first, near, i, max(j, -1), t)


@inner
def _pulled_along(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, queue: Floats, first: Ints, near: Ints,
    i: int, j: int, t: float,
) -> None:  # fmt: skip
    """Foresee anew what becomes of those tied to the two that met, or to one that met a wall."""
    one, other = tag[lay.CHAIN, i], (tag[lay.CHAIN, j] if j >= 0 else 0)
    for k in range(body.shape[1]):
        if k in (i, j) or not among(tag, k, one, other):
            continue
        if tag[lay.TOUCH, k]:
            again(body, tag, par, ctl, queue, first, near, k, t)
        else:
            tag[lay.STAMP, k] += 1


@inner
def remember(body: Floats) -> None:
    """Keep the force at the start of a substep, for whoever looks at it in between."""
    for axis in range(3):
        for i in range(body.shape[1]):
            body[lay.WX + axis, i] = body[lay.GX + axis, i]


@inner
def check(body: Floats, ctl: Ints) -> None:
    """Stop where a body has left the numbers: nothing of it is shown or heard."""
    wrong = 0
    for row in range(6):
        # Counted, not left at the first: eight numbers are judged at once.
        for i in range(body.shape[1]):
            wrong += 0 if abs(body[lay.EX + row, i]) < lay.FAR else 1
    for row in range(6 if wrong else 0):
        for i in range(body.shape[1]):
            if not abs(body[lay.EX + row, i]) < lay.FAR:
                ctl[lay.FAULT], ctl[lay.CULPRIT] = lay.BLOWN, i
                return
