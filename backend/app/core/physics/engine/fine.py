"""A substep of fourth order, for worlds whose orbits want it; impacts are left to the arcs.

Source: Yoshida (1990), Phys. Lett. A 150, 262.
"""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inlined, inner
from app.core.numbers.powers import exp
from app.core.physics.engine import layout as lay
from app.core.physics.engine.flight import W0, W1, bend, flown
from app.core.physics.engine.forces import forces
from app.core.physics.engine.step import along_rod, arrive
from app.core.physics.engine.ties import ALL, tie

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

THICK = 2.0  # drag times a step: a step back multiplies speeds by e to nearly as much


@inner
def fine(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, force: Floats, h: float
) -> None:
    """Move everything by h, rows X.. to rows E.., as if nothing could touch.

    Arcs are set to end where the bodies do, so that whoever looks for impacts can fly them.
    `force` comes and goes with the force at both ends.
    """
    n = body.shape[1]
    par[lay.SPAN] = h
    for i in range(n):
        body[lay.T, i] = 0.0
        tag[lay.LOG, i], tag[lay.HELD, i] = -1, 0
        for axis in range(3):
            force[3 + axis, i] = body[lay.WX + axis, i] = force[axis, i]
            body[lay.EX + axis, i], body[lay.EVX + axis, i] = (
                body[lay.X + axis, i],
                body[lay.VX + axis, i],
            )
    done = 0.0
    for stage in range(3):
        part = (W0 if stage == 1 else W1) * h
        done = h if stage == 2 else done + part
        _stage(body, tag, par, ctl, scene, force, part, done)
    for i in range(n):
        kind = tag[lay.KIND, i]
        for axis in range(3):
            if kind == lay.FREE:
                rise = body[lay.EX + axis, i] - body[axis, i] - body[lay.VX + axis, i] * h
                body[lay.AX + axis, i] = 2.0 * rise / (h * h)
            elif kind == lay.ROD:
                body[lay.EVX + axis, i] += 0.5 * h * (force[axis, i] - force[3 + axis, i])
        if kind == lay.ROD:
            along_rod(body, i)


@inner
def _stage(
    body: Floats,
    tag: Ints,
    par: Floats,
    ctl: Ints,
    scene: Floats,
    force: Floats,
    part: float,
    done: float,
) -> None:
    """Take one step of second order of the three, forward or back, to `done` of the substep."""
    n = body.shape[1]
    for i in range(n):
        if tag[lay.KIND, i] == lay.FREE:
            left = exp(-0.5 * body[lay.DRAG, i] * part) if body[lay.DRAG, i] > 0.0 else 1.0
            for axis in range(3):
                v = body[lay.EVX + axis, i] * left + 0.5 * part * force[axis, i]
                body[lay.EVX + axis, i] = v
                body[lay.EX + axis, i] += part * v
        elif tag[lay.KIND, i] == lay.RAILS or tag[lay.KIND, i] == lay.ROD:
            state = flown(body, tag, par, i, done)
            for row in range(6):
                body[lay.EX + row, i] = state[row]
    forces(body, tag, par, ctl, scene, force)
    for i in range(n):
        if tag[lay.KIND, i] == lay.FREE:
            left = exp(-0.5 * body[lay.DRAG, i] * part) if body[lay.DRAG, i] > 0.0 else 1.0
            for axis in range(3):
                body[lay.EVX + axis, i] = (
                    body[lay.EVX + axis, i] + 0.5 * part * force[axis, i]
                ) * left


@inner
def finely_tied(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, force: Floats, h: float
) -> None:
    """Move everything by h, as `fine` does, where rods or strings tie bodies.

    Each of the three steps keeps the lengths by itself: RATTLE is of second order and symmetric, so
    the three together are of fourth. Uniform drag is laid half before each step and half after.
    """
    n, now = body.shape[1], par[lay.NOW]
    for i in range(n):
        tag[lay.LOG, i], tag[lay.HELD, i] = -1, 0
        for row in range(6):
            force[lay.SPARE + row, i] = body[row, i]
        for axis in range(3):
            body[lay.WX + axis, i] = body[lay.GX + axis, i]
    done = 0.0
    for stage in range(3):
        part = (W0 if stage == 1 else W1) * h
        par[lay.NOW], par[lay.SPAN] = now + done, part
        _tied_stage(body, tag, par, ctl, scene, force, part)
        done += part
        for row in range(6):
            for i in range(n if stage < 2 else 0):
                body[row, i] = body[lay.EX + row, i]
    par[lay.NOW], par[lay.SPAN] = now, h
    for i in range(n):
        for row in range(6):
            body[row, i] = force[lay.SPARE + row, i]
        for axis in range(3):
            rise = body[lay.EX + axis, i] - body[axis, i] - body[lay.VX + axis, i] * h
            body[lay.AX + axis, i] = 2.0 * rise / (h * h)


@inner
def _tied_stage(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, force: Floats, part: float
) -> None:
    """Take one step of second order of the three, rods and strings at work."""
    n = body.shape[1]
    for i in range(n):
        body[lay.T, i] = 0.0
        for axis in range(3):
            force[3 + axis, i] = body[lay.GX + axis, i]
        if tag[lay.KIND, i] != lay.FREE:
            continue
        if body[lay.DRAG, i] > 0.0:
            left = exp(-0.5 * body[lay.DRAG, i] * part)
            for axis in range(3):
                body[lay.VX + axis, i] *= left
            body[lay.DRAG, i] = 0.0
        bend(body, i, part)
    tie(body, tag, par, ctl, scene, ALL, ALL, 0.0)
    arrive(body, tag, par, ctl, scene, force)
    for i in range(n):
        if tag[lay.KIND, i] == lay.FREE and body[lay.DRAG, i] > 0.0:
            left = exp(-0.5 * body[lay.DRAG, i] * part)
            for axis in range(3):
                body[lay.EVX + axis, i] *= left


@inlined
def leap(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, force: Floats, h: float
) -> bool:
    """Take a substep of second order where nothing touches, drags or ties: three passes over rows.

    Tells whether everybody's place and velocity are still numbers.
    """
    n, lost = body.shape[1], 0
    par[lay.SPAN] = h
    # The rows of the three axes lie end to end: one long row, or ten bodies would be three short ones.
    for k in range(3 * n):
        half = body[lay.VX, k] + 0.5 * h * body[lay.GX, k]
        place = body[lay.X, k] + h * half
        body[lay.EVX, k], body[lay.EX, k] = half, place
        lost += 0 if abs(place) < lay.FAR else 1
    forces(body, tag, par, ctl, scene, force)
    for axis in range(3):
        for i in range(n):
            speed = body[lay.EVX + axis, i] + 0.5 * h * force[axis, i]
            body[lay.EVX + axis, i], body[lay.GX + axis, i] = speed, force[axis, i]
            lost += 0 if abs(speed) < lay.FAR else 1
    return lost == 0


@inner
def accept(body: Floats, force: Floats) -> None:
    """Keep the force at the end for the next substep."""
    for axis in range(3):
        for i in range(body.shape[1]):
            body[lay.GX + axis, i] = force[axis, i]


@inner
def refuse(body: Floats, force: Floats) -> None:
    """Take the force at the start back: the substep is flown again on arcs."""
    for axis in range(3):
        for i in range(body.shape[1]):
            force[axis, i] = body[lay.WX + axis, i]
            body[lay.GX + axis, i] = body[lay.WX + axis, i]


@inner
def thick(body: Floats, h: float) -> bool:
    """Tell whether drag takes somebody's speed in so short a time that only arcs can follow."""
    most = 0.0
    for i in range(body.shape[1]):
        most = max(most, body[lay.DRAG, i])
    return most * h > THICK
