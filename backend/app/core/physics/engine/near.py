"""Who may meet whom within a substep: every pair of a few bodies, cells for many."""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay
from app.core.physics.engine.pulls import around

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FEW = 24
QUICKER = 1.5  # times its speed: what impacts among equals may add
AHEAD = 4.0  # substeps a list of neighbours is made for
SKIN = 0.05  # of the widest body, so that a quiet heap is not sorted anew each step


@inner
def _range(body: Floats, tag: Ints, par: Floats) -> None:
    """Set how far any body may come in the substep, half as much again for what impacts add."""
    fastest = pull = 0.0
    for i in range(body.shape[1]):
        if tag[lay.TOUCH, i] == 0:
            continue
        u, v, w = body[lay.VX, i], body[lay.VY, i], body[lay.VZ, i]
        x, y, z = body[lay.WX, i], body[lay.WY, i], body[lay.WZ, i]
        fastest = max(fastest, u * u + v * v + w * w)
        pull = max(pull, x * x + y * y + z * z)
    par[lay.FASTEST] = np.sqrt(fastest)
    par[lay.HARDEST] = np.sqrt(pull)
    par[lay.REACH] = QUICKER * (par[lay.FASTEST] + par[lay.HARDEST] * par[lay.SPAN]) * par[lay.SPAN]


@inner
def neighbours(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, pairs: Ints, first: Ints, near: Ints,
    cells: Ints,
) -> None:  # fmt: skip
    """List, for each body, those it may meet: near[first[i]:first[i + 1]], all unmuted.

    The list serves until a body may have come further than was foreseen when it was made.
    `pairs` is (capacity, 2), working space; `near` has room for two entries a pair; `cells` is
    (3, 3 · bodies + 80). Sets FAULT where there is no room, and then leaves the old list whole.
    """
    n = body.shape[1]
    _range(body, tag, par)
    if par[lay.SLACK] >= par[lay.REACH]:
        par[lay.SLACK] -= par[lay.REACH]
        for k in range(first[n]):
            if near[k] < 0:
                near[k] = -1 - near[k]
        return
    touching, widest = 0, 0.0
    for i in range(n):
        if tag[lay.TOUCH, i]:
            touching += 1
            widest = max(widest, body[lay.RADIUS, i])
    wide = AHEAD * par[lay.REACH] + SKIN * widest
    count = 0
    if touching <= FEW:
        for i in range(n):
            for j in range(i + 1, n):
                count = _noted(body, tag, par, pairs, count, i, j, wide)
    else:
        count = _by_cells(body, tag, par, ctl, pairs, cells, wide)
    if count > pairs.shape[0]:
        ctl[lay.FAULT] = lay.MORE_PAIRS
        return
    par[lay.SLACK] = wide - par[lay.REACH]
    for i in range(n + 1):
        first[i] = 0
    for k in range(count):
        first[pairs[k, 0] + 1] += 1
        first[pairs[k, 1] + 1] += 1
    for i in range(n):
        first[i + 1] += first[i]
    for k in range(count):
        i, j = pairs[k, 0], pairs[k, 1]
        near[first[i]] = j
        near[first[j]] = i
        first[i] += 1
        first[j] += 1
    for i in range(n, 0, -1):
        first[i] = first[i - 1]
    first[0] = 0


@inner
def _noted(
    body: Floats, tag: Ints, par: Floats, pairs: Ints, count: int, i: int, j: int, reach: float
) -> int:
    """Count a pair, and write it down if there is room, where both collide and may meet."""
    if tag[lay.TOUCH, i] == 0 or tag[lay.TOUCH, j] == 0:
        return count
    if body[lay.INVERSE, i] == 0.0 and body[lay.INVERSE, j] == 0.0:
        return count
    dx = around(body[0, i] - body[0, j], par[lay.WRAP_X])
    dy = around(body[1, i] - body[1, j], par[lay.WRAP_Y])
    dz = around(body[2, i] - body[2, j], par[lay.WRAP_Z])
    most = body[lay.RADIUS, i] + body[lay.RADIUS, j] + 2.0 * reach
    if dx * dx + dy * dy + dz * dz > most * most:
        return count
    if count < pairs.shape[0]:
        pairs[count, 0], pairs[count, 1] = min(i, j), max(i, j)
    return count + 1


@inner
def _by_cells(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, pairs: Ints, cells: Ints, reach: float
) -> int:
    """Sort the bodies into cells as wide as two bodies can bridge; pair those of adjacent cells.

    Rows of `cells`: where each cell starts in the order, the order, each body's cell.
    """
    n = body.shape[1]
    total = _columns(body, tag, par, ctl, reach)
    for cell in range(total + 1):
        cells[0, cell] = 0
    for i in range(n):
        cells[2, i] = -1
        if tag[lay.TOUCH, i] == 0:
            continue
        cell = 0
        for back in range(3):
            axis = 2 - back
            column = int((body[axis, i] - par[lay.LEAST + axis]) / par[lay.SIDE + axis])
            columns = ctl[lay.COLUMNS + axis]
            cell = cell * columns + min(max(column, 0), columns - 1)
        cells[2, i] = cell
        cells[0, cell + 1] += 1
    for cell in range(total):
        cells[0, cell + 1] += cells[0, cell]
    for i in range(n):
        cell = cells[2, i]
        if cell >= 0:
            cells[1, cells[0, cell]] = i
            cells[0, cell] += 1
    for cell in range(total, 0, -1):
        cells[0, cell] = cells[0, cell - 1]
    cells[0, 0] = 0
    return _adjacent(body, tag, par, ctl, pairs, cells, reach)


@inner
def _columns(body: Floats, tag: Ints, par: Floats, ctl: Ints, reach: float) -> int:
    """Choose the cells: as many as two bodies each at most; gives their count."""
    n = body.shape[1]
    widest = 0.0
    for axis in range(3):
        par[lay.LEAST + axis], par[lay.MOST + axis] = np.inf, -np.inf
    for i in range(n):
        if tag[lay.TOUCH, i] == 0:
            continue
        widest = max(widest, body[lay.RADIUS, i])
        for axis in range(3):
            par[lay.LEAST + axis] = min(par[lay.LEAST + axis], body[axis, i])
            par[lay.MOST + axis] = max(par[lay.MOST + axis], body[axis, i])
    side = max(2.0 * (widest + reach), 1e-300)
    for axis in range(3):
        edge = par[lay.WRAP_X + axis]
        if edge > 0.0:
            par[lay.LEAST + axis], par[lay.MOST + axis] = -0.5 * edge, 0.5 * edge
    while True:
        total = 1.0
        for axis in range(3):
            wide = par[lay.MOST + axis] - par[lay.LEAST + axis]
            columns = np.floor(wide / side) + 1.0
            par[lay.SIDE + axis] = side
            if par[lay.WRAP_X + axis] > 0.0:
                # Round the world, cells must fit evenly, and three are the fewest with two sides.
                columns = columns - 1.0 if columns >= 4.0 else 1.0
                par[lay.SIDE + axis] = wide / columns
            total *= columns
            ctl[lay.COLUMNS + axis] = int(min(columns, 1e6))
        if total <= 2.0 * n + 64.0:
            return int(total)
        side *= 1.26


@inner
def _column(at: int, columns: int, edge: float) -> int:
    """Give a column next door, round the world where it wraps; -1 where there is none."""
    if 0 <= at < columns:
        return at
    return (at + columns) % columns if edge > 0.0 and columns > 1 else -1


@inner
def _adjacent(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, pairs: Ints, cells: Ints, reach: float
) -> int:
    """Pair the bodies of each cell among themselves and with those of half the cells about it.

    Cells lie in rows along x: of five rows (its own and four after it) three cells each count,
    of its own row itself and the next.
    """
    nx, ny, nz = ctl[lay.COLUMNS], ctl[lay.COLUMNS + 1], ctl[lay.COLUMNS + 2]
    count = 0
    for cell in range(nx * ny * nz):
        if cells[0, cell] == cells[0, cell + 1]:
            continue
        cx, cy, cz = cell % nx, cell // nx % ny, cell // (nx * ny)
        for row in range(5):
            oy = _column(cy + (row if row < 2 else row - 3), ny, par[lay.WRAP_Y])
            oz = _column(cz + (row > 1), nz, par[lay.WRAP_Z])
            if oy < 0 or oz < 0:
                continue
            line = (oz * ny + oy) * nx
            for step in range(-1 if row > 0 else 0, 2):
                ox = _column(cx + step, nx, par[lay.WRAP_X])
                if ox < 0:
                    continue
                other = line + ox
                for a in range(cells[0, cell], cells[0, cell + 1]):
                    stop = a if other == cell else cells[0, other + 1]
                    for b in range(cells[0, other], stop):
                        count = _noted(
                            body, tag, par, pairs, count, cells[1, a], cells[1, b], reach
                        )
    return count
