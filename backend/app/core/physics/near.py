"""Who may meet whom within a substep: every pair of a few bodies, cells for many."""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import kernel
from app.core.physics import layout as lay

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FEW = 24


@kernel
def margin(body: Floats, tag: Ints, par: Floats) -> float:
    """Give how far any body may come in the substep, half as much again for what impacts add."""
    fastest = pull = 0.0
    for i in range(body.shape[1]):
        if tag[lay.TOUCH, i] == 0:
            continue
        speed = force = 0.0
        for axis in range(3):
            speed += body[lay.VX + axis, i] * body[lay.VX + axis, i]
            force += body[lay.GX + axis, i] * body[lay.GX + axis, i]
        fastest, pull = max(fastest, speed), max(pull, force)
    par[lay.FASTEST] = np.sqrt(fastest)
    return 1.5 * (par[lay.FASTEST] + 0.5 * np.sqrt(pull) * par[lay.SPAN]) * par[lay.SPAN]


@kernel
def neighbours(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, pairs: Ints, first: Ints, near: Ints,
    cells: Ints,
) -> int:  # fmt: skip
    """List the pairs that may meet, and for each body its partners: near[first[i]:first[i + 1]].

    `pairs` is (capacity, 2), lower index first; `near` has room for two entries a pair; `cells`
    is (3, 3 · bodies + 80). Returns the count of pairs; sets FAULT where there is no room.
    """
    n = body.shape[1]
    reach = margin(body, tag, par)
    count = 0
    touching = 0
    for i in range(n):
        touching += tag[lay.TOUCH, i]
    if touching <= FEW:
        for i in range(n):
            for j in range(i + 1, n):
                count = _noted(body, tag, pairs, count, i, j, reach)
    else:
        count = _by_cells(body, tag, pairs, cells, reach)
    if count > pairs.shape[0]:
        ctl[lay.FAULT] = lay.MORE_PAIRS
        return 0
    first[: n + 1] = 0
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
    return count


@kernel
def _noted(body: Floats, tag: Ints, pairs: Ints, count: int, i: int, j: int, reach: float) -> int:
    """Count a pair, and write it down if there is room, where both collide and may meet."""
    if tag[lay.TOUCH, i] == 0 or tag[lay.TOUCH, j] == 0:
        return count
    if body[lay.INVERSE, i] == 0.0 and body[lay.INVERSE, j] == 0.0:
        return count
    dx, dy, dz = body[0, i] - body[0, j], body[1, i] - body[1, j], body[2, i] - body[2, j]
    most = body[lay.RADIUS, i] + body[lay.RADIUS, j] + 2.0 * reach
    if dx * dx + dy * dy + dz * dz > most * most:
        return count
    if count < pairs.shape[0]:
        pairs[count, 0], pairs[count, 1] = min(i, j), max(i, j)
    return count + 1


@kernel
def _by_cells(body: Floats, tag: Ints, pairs: Ints, cells: Ints, reach: float) -> int:
    """Sort the bodies into cells as wide as two bodies can bridge; pair those of adjacent cells."""
    n = body.shape[1]
    low = np.full(3, np.inf)
    high = np.full(3, -np.inf)
    widest = 0.0
    for i in range(n):
        if tag[lay.TOUCH, i] == 0:
            continue
        widest = max(widest, body[lay.RADIUS, i])
        for axis in range(3):
            low[axis] = min(low[axis], body[axis, i])
            high[axis] = max(high[axis], body[axis, i])
    side = 2.0 * (widest + reach)
    size = np.empty(3, np.int64)
    for _ in range(200):
        for axis in range(3):
            size[axis] = int(min((high[axis] - low[axis]) / side, 1e6)) + 1
        if size[0] * size[1] * size[2] <= 2 * n + 64:
            break
        side *= 1.26
    total = size[0] * size[1] * size[2]
    start, order = cells[0], cells[1]
    where = cells[2]
    start[: total + 1] = 0
    for i in range(n):
        if tag[lay.TOUCH, i] == 0:
            where[i] = -1
            continue
        cell = 0
        for axis in range(3):
            cell = cell * size[axis] + int((body[axis, i] - low[axis]) / side)
        where[i] = cell
        start[cell + 1] += 1
    for cell in range(total):
        start[cell + 1] += start[cell]
    for i in range(n):
        if where[i] >= 0:
            order[start[where[i]]] = i
            start[where[i]] += 1
    for cell in range(total, 0, -1):
        start[cell] = start[cell - 1]
    start[0] = 0
    return _adjacent(body, tag, pairs, cells, size, reach)


@kernel
def _adjacent(body: Floats, tag: Ints, pairs: Ints, cells: Ints, size: Ints, reach: float) -> int:
    """Pair the bodies of each cell among themselves and with the 13 cells before it."""
    start, order = cells[0], cells[1]
    count = 0
    for cx in range(size[0]):
        for cy in range(size[1]):
            for cz in range(size[2]):
                cell = (cx * size[1] + cy) * size[2] + cz
                if start[cell] == start[cell + 1]:
                    continue
                for step in range(14):
                    ox, oy, oz = cx + step // 9 - 1, cy + (step // 3) % 3 - 1, cz + step % 3 - 1
                    if min(ox, oy, oz) < 0 or oy >= size[1] or oz >= size[2]:
                        continue
                    other = (ox * size[1] + oy) * size[2] + oz
                    for a in range(start[cell], start[cell + 1]):
                        stop = a if other == cell else start[other + 1]
                        for b in range(start[other], stop):
                            count = _noted(body, tag, pairs, count, order[a], order[b], reach)
    return count
