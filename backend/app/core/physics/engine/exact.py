"""A substep to the last digits, for few bodies that pass close: extrapolated, adaptive.

Modified midpoint steps of 2, 4, 6 … parts, extrapolated to none in their square, until two columns
agree; where ten do not, half the way is tried. Source: Gragg (1965), SIAM J. Numer. Anal. 2, 384;
Bulirsch & Stoer (1966), Numer. Math. 8, 1; the table is Aitken and Neville's.
"""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay
from app.core.physics.engine.flight import flown
from app.core.physics.engine.forces import forces

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

COLUMNS = 8
AGREE = 2e-15  # of the size of things: two roundings
CLOSE = 1e-13  # of the least distance: what a pass turns on is small against the places
SMALLEST = 1.0 / 65536.0  # of the substep: shorter ones are taken as they are
ROWS = 6  # places and velocities
# Rows of the workspace: the start, what its last rounding lost, the last and the present midpoint
# as ways from the start, then the table. A way is small, so it has digits that the places have not.
START, LOST, BEFORE, HERE, TABLE = 0, 6, 12, 18, 24
WORK = TABLE + ROWS * COLUMNS


@inner
def exactly(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, force: Floats, work: Floats,
    h: float,
) -> None:  # fmt: skip
    """Move everything by h, rows X.. to rows E.., as if nothing could touch.

    `work` is (at least WORK, at least bodies). Arcs are set to end where the bodies do, as `fine` does.
    """
    n = body.shape[1]
    par[lay.SPAN] = h
    for i in range(n):
        body[lay.T, i] = 0.0
        tag[lay.LOG, i], tag[lay.HELD, i] = -1, 0
        for axis in range(3):
            force[3 + axis, i] = body[lay.WX + axis, i] = force[axis, i]
        for row in range(ROWS):
            body[lay.EX + row, i] = body[row, i]
            work[LOST + row, i] = 0.0
    done, part = 0.0, h
    while done < h:
        part = min(part, h - done)
        if _stride(body, tag, par, ctl, scene, force, work, done, part) or part <= SMALLEST * h:
            _gone(body, tag, work)
            done = h if part >= h - done else done + part
            part *= 2.0
        else:
            part *= 0.5
            for row in range(ROWS):
                for i in range(n):
                    body[lay.EX + row, i] = work[START + row, i]
    _follow(body, tag, par, h)
    forces(body, tag, par, ctl, scene, force)
    for axis in range(3):
        for i in range(n):
            if tag[lay.KIND, i] == lay.FREE:
                rise = body[lay.EX + axis, i] - body[axis, i] - body[lay.VX + axis, i] * h
                body[lay.AX + axis, i] = 2.0 * rise / (h * h)


@inner
def _gone(body: Floats, tag: Ints, work: Floats) -> None:
    """Add the way of a stride to where it began, and keep what that rounds away for the next.

    Source: Knuth, The Art of Computer Programming 2, §4.2.2 (two sum).
    """
    for row in range(ROWS):
        for i in range(body.shape[1]):
            if tag[lay.KIND, i] != lay.FREE:
                continue
            start, way = work[START + row, i], work[HERE + row, i] + work[LOST + row, i]
            end = start + way
            back = end - way
            work[LOST + row, i] = (start - back) + (way - (end - back))
            body[lay.EX + row, i] = end


@inner
def _follow(body: Floats, tag: Ints, par: Floats, t: float) -> None:
    """Set what does not fall freely where it is at t of the substep."""
    for i in range(body.shape[1]):
        if tag[lay.KIND, i] == lay.RAILS or tag[lay.KIND, i] == lay.ROD:
            state = flown(body, tag, par, i, t)
            for row in range(ROWS):
                body[lay.EX + row, i] = state[row]


@inner
def _stride(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, force: Floats, work: Floats,
    done: float, part: float,
) -> bool:  # fmt: skip
    """Take one stride from the rows E.. there; False where the table did not come to agree."""
    n = body.shape[1]
    for row in range(ROWS):
        for i in range(n):
            work[START + row, i] = body[lay.EX + row, i]
    near = CLOSE * _least(body, par, ctl)
    for column in range(COLUMNS):
        _midpoints(body, tag, par, ctl, scene, force, work, done, part, 2 * (column + 1))
        wrong = _extrapolated(body, tag, work, column, near)
        if column > 2 and wrong < 1.0:
            return True
    return wrong < 2.0


@inner
def _least(body: Floats, par: Floats, ctl: Ints) -> float:
    """Give the least distance between two bodies, softened; infinity where none pulls another."""
    best = np.inf
    for i in range(body.shape[1] if ctl[lay.MUTUAL] else 0):
        for j in range(i):
            x = body[lay.EX, i] - body[lay.EX, j]
            y = body[lay.EY, i] - body[lay.EY, j]
            z = body[lay.EZ, i] - body[lay.EZ, j]
            best = min(best, x * x + y * y + z * z + par[lay.SOFTENING2])
    return np.sqrt(best)


@inner
def _midpoints(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, force: Floats, work: Floats,
    done: float, part: float, count: int,
) -> None:  # fmt: skip
    """Cover a stride in so many midpoint steps; the rows HERE take the way to its end, smoothed."""
    n = body.shape[1]
    h = part / count
    for row in range(ROWS):
        for i in range(n):
            body[lay.EX + row, i] = work[START + row, i]
            work[BEFORE + row, i] = work[HERE + row, i] = 0.0
    for step in range(count + 1):
        _follow(body, tag, par, done + step * h)
        forces(body, tag, par, ctl, scene, force)
        # From the one before, over this one: a step of h first, of 2 h after; half one to smooth.
        wide = h if step == 0 else 2.0 * h
        for axis in range(3):
            for i in range(n):
                if tag[lay.KIND, i] != lay.FREE:
                    continue
                x, v = work[HERE + axis, i], work[HERE + 3 + axis, i]
                whole = body[lay.EVX + axis, i]
                a = force[axis, i] - body[lay.DRAG, i] * whole
                if step == count:
                    work[HERE + axis, i] = 0.5 * (x + work[BEFORE + axis, i] + h * whole)
                    work[HERE + 3 + axis, i] = 0.5 * (v + work[BEFORE + 3 + axis, i] + h * a)
                    continue
                work[HERE + axis, i] = work[BEFORE + axis, i] + wide * whole
                work[HERE + 3 + axis, i] = work[BEFORE + 3 + axis, i] + wide * a
                work[BEFORE + axis, i], work[BEFORE + 3 + axis, i] = x, v
                body[lay.EX + axis, i] = work[START + axis, i] + work[HERE + axis, i]
                body[lay.EVX + axis, i] = work[START + 3 + axis, i] + work[HERE + 3 + axis, i]


@inner
def _extrapolated(body: Floats, tag: Ints, work: Floats, column: int, near: float) -> float:
    """Bring a new row of the table to no step at all; gives how far its last two disagree.

    1 is as far as they may: so much of the size of things, or `near` if that is less.
    """
    worst = 0.0
    for row in range(ROWS):
        size = 1e-300
        for i in range(body.shape[1]):
            size = max(size, abs(work[START + row, i]), abs(work[HERE + row, i]))
        allowed = min(AGREE * size, near) if row < 3 else AGREE * size
        for i in range(body.shape[1]):
            if tag[lay.KIND, i] != lay.FREE:
                continue
            best = last = work[HERE + row, i]
            for back in range(1, column + 1):
                at = TABLE + ROWS * (back - 1) + row
                ratio = (column + 1.0) / (column + 1.0 - back)
                above, work[at, i], last = work[at, i], best, best
                best += (best - above) / (ratio * ratio - 1.0)
            work[TABLE + ROWS * column + row, i] = best
            work[HERE + row, i] = best
            worst = max(worst, abs(best - last) / max(allowed, 1e-300))
    return worst
