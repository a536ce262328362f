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
def _range(body: Floats, tag: Ints, par: Floats) -> float:
    """Set how far any body may come in the substep, half as much again for what impacts add.

    Gives how far the furthest has come since neighbours were last looked for.
    """
    fastest = pull = gone = 0.0
    ex, ey, ez = par[lay.WRAP_X], par[lay.WRAP_Y], par[lay.WRAP_Z]
    for i in range(body.shape[1]):
        if tag[lay.TOUCH, i] == 0:
            continue
        x, y, z = body[lay.VX, i], body[lay.VY, i], body[lay.VZ, i]
        fastest = max(fastest, x * x + y * y + z * z)
        x, y, z = body[lay.WX, i], body[lay.WY, i], body[lay.WZ, i]
        pull = max(pull, x * x + y * y + z * z)
        x = around(body[0, i] - body[lay.LX, i], ex)
        y = around(body[1, i] - body[lay.LY, i], ey)
        z = around(body[2, i] - body[lay.LZ, i], ez)
        gone = max(gone, x * x + y * y + z * z)
    par[lay.FASTEST] = np.sqrt(fastest)
    par[lay.HARDEST] = np.sqrt(pull)
    par[lay.REACH] = QUICKER * (par[lay.FASTEST] + par[lay.HARDEST] * par[lay.SPAN]) * par[lay.SPAN]
    return np.sqrt(gone)


@inner
def neighbours(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, pairs: Ints, first: Ints, near: Ints,
    cells: Ints, room: Floats,
) -> None:  # fmt: skip
    """List, for each body, those it may meet: near[first[i]:first[i + 1]], all unmuted.

    Those before it come first. The list serves as long as nobody can have come further from where
    it was than was foreseen. `pairs` is (capacity, 2), working space; `near` has room for two
    entries a pair; `cells` is (3, 3 · bodies + 80), `room` at least (bodies, 5). Sets FAULT where
    there is no room, and then leaves the old list whole.
    """
    n = body.shape[1]
    gone = _range(body, tag, par)
    if gone + par[lay.REACH] <= par[lay.SLACK]:
        for k in range(first[n]):
            near[k] = near[k] if near[k] >= 0 else -1 - near[k]
        return
    touching, widest = 0, 0.0
    for i in range(n):
        if tag[lay.TOUCH, i]:
            touching += 1
            widest = max(widest, body[lay.RADIUS, i])
    wide = AHEAD * par[lay.REACH] + SKIN * widest
    if touching <= FEW:
        count = _every(body, tag, par, pairs, cells, room, wide)
    else:
        count = _by_cells(body, tag, par, ctl, pairs, cells, room, wide)
    if count > pairs.shape[0]:
        ctl[lay.FAULT] = lay.MORE_PAIRS
        return
    par[lay.SLACK] = wide
    for axis in range(3):
        for i in range(n):
            body[lay.LX + axis, i] = body[axis, i]
    _listed(pairs, first, near, n, count)


@inner
def _listed(pairs: Ints, first: Ints, near: Ints, n: int, count: int) -> None:
    """Make lists of the pairs: each body's smaller partners, then its greater ones."""
    for i in range(n + 1):
        first[i] = 0
    for k in range(count):
        first[pairs[k, 0] + 1] += 1
        first[pairs[k, 1] + 1] += 1
    for i in range(n):
        first[i + 1] += first[i]
    for greater in range(2):
        for k in range(count):
            i = pairs[k, 1 - greater]
            near[first[i]] = pairs[k, greater]
            first[i] += 1
    for i in range(n, 0, -1):
        first[i] = first[i - 1]
    first[0] = 0


@inner
def _ordered(body: Floats, order: Ints, room: Floats, count: int) -> None:
    """Copy what a search looks at, a body a row, in the order it looks."""
    for a in range(count):
        i = order[a]
        room[a, 0], room[a, 1], room[a, 2] = body[0, i], body[1, i], body[2, i]
        room[a, 3], room[a, 4] = body[lay.RADIUS, i], body[lay.INVERSE, i]


@inner
def _among(
    order: Ints, room: Floats, pairs: Ints, count: int, a: int, span: tuple[int, int],
    edges: tuple[float, float, float], reach: float,
) -> int:  # fmt: skip
    """Count those of a stretch of the order whom one body may meet; write down what there is room for."""
    x, y, z, wide, light = room[a, 0], room[a, 1], room[a, 2], room[a, 3] + 2.0 * reach, room[a, 4]
    for b in range(span[0], span[1]):
        dx, dy = around(x - room[b, 0], edges[0]), around(y - room[b, 1], edges[1])
        dz = around(z - room[b, 2], edges[2])
        most = wide + room[b, 3]
        # Written before it is known to count: to guess wrong costs more than to write.
        if count < pairs.shape[0]:
            pairs[count, 0], pairs[count, 1] = min(order[a], order[b]), max(order[a], order[b])
        close = dx * dx + dy * dy + dz * dz <= most * most
        count += 1 if close and light + room[b, 4] > 0.0 else 0
    return count


@inner
def _edges(par: Floats) -> tuple[float, float, float]:
    return par[lay.WRAP_X], par[lay.WRAP_Y], par[lay.WRAP_Z]


@inner
def _every(
    body: Floats, tag: Ints, par: Floats, pairs: Ints, cells: Ints, room: Floats, reach: float
) -> int:
    """Pair a few bodies, each with each."""
    order, touching, count = cells[1], 0, 0
    for i in range(body.shape[1]):
        if tag[lay.TOUCH, i]:
            order[touching] = i
            touching += 1
    _ordered(body, order, room, touching)
    for a in range(touching):
        count = _among(order, room, pairs, count, a, (a + 1, touching), _edges(par), reach)
    return count


@inner
def _by_cells(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, pairs: Ints, cells: Ints, room: Floats,
    reach: float,
) -> int:  # fmt: skip
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
    _ordered(body, cells[1], room, cells[0, total])
    return _adjacent(par, ctl, pairs, cells, room, reach)


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
def _adjacent(par: Floats, ctl: Ints, pairs: Ints, cells: Ints, room: Floats, reach: float) -> int:
    """Pair the bodies of each cell among themselves and with those of half the cells about it.

    Cells lie in lines along x: each is held against itself and four after it.
    """
    nx, ny, nz = ctl[lay.COLUMNS], ctl[lay.COLUMNS + 1], ctl[lay.COLUMNS + 2]
    count = 0
    for line in range(ny * nz):
        for step in range(5):
            oy = _column(line % ny + (step if step < 2 else step - 3), ny, par[lay.WRAP_Y])
            oz = _column(line // ny + (step > 1), nz, par[lay.WRAP_Z])
            if oy >= 0 and oz >= 0:
                other = (oz * ny + oy) * nx
                count = _beside(par, cells, room, pairs, count, nx, line * nx, other, reach)
    return count


@inner
def _beside(
    par: Floats, cells: Ints, room: Floats, pairs: Ints, count: int, nx: int, line: int, other: int,
    reach: float,
) -> int:  # fmt: skip
    """Pair the bodies of a line of cells with those at most a cell away along another, or its own."""
    order, edges, own = cells[1], _edges(par), other == line
    round_x = edges[0] > 0.0 and nx > 1
    for at in range(nx):
        before, after = cells[0, other + max(at - 1, 0)], cells[0, other + min(at + 2, nx)]
        for a in range(cells[0, line + at], cells[0, line + at + 1]):
            span = (a + 1 if own else before, after)
            count = _among(order, room, pairs, count, a, span, edges, reach)
            if round_x and at == nx - 1:
                span = (cells[0, other], cells[0, other + 1])
                count = _among(order, room, pairs, count, a, span, edges, reach)
            if round_x and at == 0 and not own:
                span = (cells[0, other + nx - 1], cells[0, other + nx])
                count = _among(order, room, pairs, count, a, span, edges, reach)
    return count
