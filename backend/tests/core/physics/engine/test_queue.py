import numpy as np

from app.core.numbers.kernel import kernel
from app.core.physics.engine import layout, queue


@kernel
def sort(rows, room, ctl):
    held = 0
    for k in range(rows.shape[0]):
        held += queue.put(room, ctl, rows[k, 0], int(rows[k, 1]), int(rows[k, 2]), 0, 0)
    out = np.empty((held, 3))
    for k in range(held):
        t, i, j, _, _ = queue.take(room, ctl)
        out[k, 0], out[k, 1], out[k, 2] = t, i, j
    return out


def taken(rows, capacity):
    room = np.empty((capacity, queue.ROW))
    return sort(rows, room, np.zeros(layout.CTLS, np.int64))


def test_the_earliest_comes_first_and_ties_go_to_the_lower_bodies():
    random = np.random.default_rng(2)
    rows = np.column_stack([random.integers(0, 5, 200), random.integers(0, 9, (200, 2))]) * 1.0

    assert taken(rows, 200).tolist() == sorted(rows.tolist())


def test_a_full_heap_says_so():
    assert len(taken(np.zeros((10, 3)), 4)) == 4
