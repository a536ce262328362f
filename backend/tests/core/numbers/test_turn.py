import threading
import time

import numpy as np
import pytest

from app.core.numbers import turn
from app.core.numbers.kernel import kernel


@kernel
def entered(address):
    turn.give(address)


@kernel
def left(address):
    turn.take(address)


@pytest.fixture
def cell():
    return np.zeros(8, np.int64)


def test_who_leaves_takes_the_turn_and_who_enters_gives_it(cell):
    left(cell.ctypes.data)
    assert cell[0] == turn.TAKEN

    entered(cell.ctypes.data)
    assert cell[0] == turn.FREE


def test_who_waits_too_long_goes_on(cell):
    # Whoever took it went to do something else, and may never come back.
    cell[0] = turn.TAKEN
    left(cell.ctypes.data)

    assert cell[0] == turn.TAKEN


def test_nobody_loses_a_turn_between_two_threads(cell):
    left(cell.ctypes.data), entered(cell.ctypes.data)  # compiled
    done = [0, 0]

    def go(who):
        for _ in range(2000):
            entered(cell.ctypes.data)
            left(cell.ctypes.data)
            done[who] += 1

    threads = [threading.Thread(target=go, args=(who,)) for who in (0, 1)]
    for one in threads:
        one.start()
    until = time.monotonic() + 60
    for one in threads:
        one.join(until - time.monotonic())

    assert done == [2000, 2000]
