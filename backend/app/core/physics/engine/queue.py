"""Impacts to come, earliest first; ties go to the lower i, then the lower j: a binary heap."""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# A row: time, i, j, and the stamps of both when it was foreseen. j below 0 is -1 - wall; STOP is
# the end of a slide.
ROW = 5
STOP = -10


@inner
def _before(queue: Floats, a: int, b: int) -> bool:
    for cell in range(3):
        if queue[a, cell] != queue[b, cell]:
            return queue[a, cell] < queue[b, cell]
    return False


@inner
def _swap(queue: Floats, a: int, b: int) -> None:
    for cell in range(ROW):
        queue[a, cell], queue[b, cell] = queue[b, cell], queue[a, cell]


@inner
def put(queue: Floats, ctl: Ints, t: float, i: int, j: int, si: int, sj: int) -> bool:
    """Add an impact; False where the heap is full."""
    at = ctl[lay.QUEUE]
    if at >= queue.shape[0]:
        return False
    ctl[lay.QUEUE] = at + 1
    queue[at, 0], queue[at, 1], queue[at, 2], queue[at, 3], queue[at, 4] = t, i, j, si, sj
    while at > 0:
        parent = (at - 1) // 2
        if not _before(queue, at, parent):
            break
        _swap(queue, at, parent)
        at = parent
    return True


@inner
def take(queue: Floats, ctl: Ints) -> tuple[float, int, int, int, int]:
    """Remove the earliest impact: time, i, j and their stamps."""
    t, i, j, si, sj = queue[0, 0], queue[0, 1], queue[0, 2], queue[0, 3], queue[0, 4]
    last = ctl[lay.QUEUE] - 1
    ctl[lay.QUEUE] = last
    _swap(queue, 0, last)
    at = 0
    while 2 * at + 1 < last:
        child = 2 * at + 1
        if child + 1 < last and _before(queue, child + 1, child):
            child += 1
        if not _before(queue, child, at):
            break
        _swap(queue, at, child)
        at = child
    return t, int(i), int(j), int(si), int(sj)
