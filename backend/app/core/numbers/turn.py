"""Whose turn it is to run Python: who leaves a kernel waits awake for it, a moment.

A thread that leaves a kernel asks for the GIL. Where another holds it, it is put to sleep, and to
wake it takes longer than a short call of Python does: two threads that play many small worlds lose
a tenth of their time so. So a cell says whether one who left a kernel is in Python, and who leaves
reads it until it is free, about as long as going to sleep would take (competitive spinning: Karlin
et al., Empirical Studies of Competitive Spinning, 1991), and then asks. The cell is only a hint:
who finds it wrong waits some microseconds longer, and nothing else depends on it.
"""

from typing import Any

import numpy as np
from numba import types
from numba.extending import intrinsic

from app.core.numbers.kernel import inlined

CELL = np.zeros(8, np.int64)  # a cache line of its own
PATIENCE = 4000  # readings: about 4 us
FREE, TAKEN = 0, 1


def _atomic(lowered: Any) -> Any:
    """Make a function of an address and a value from what it is in LLVM."""

    def build(context: Any, builder: Any, _: Any, values: Any) -> Any:
        where = context.get_value_type(types.CPointer(types.int64))
        return lowered(builder, builder.inttoptr(values[0], where), values[1])

    return intrinsic(lambda _, address, value: (types.int64(address, types.int64), build))


_swap = _atomic(lambda builder, where, value: builder.atomic_rmw("xchg", where, value, "acq_rel"))
_read = _atomic(lambda builder, where, _: builder.load_atomic(where, "acquire", 8))


@inlined
def give(address: int) -> None:
    """Say, at the start of a kernel, that nobody who left one is in Python."""
    _swap(address, FREE)


@inlined
def take(address: int) -> None:
    """Wait, at the end of a kernel, until nobody who left one is in Python, or patience ends."""
    for _ in range(PATIENCE):
        if _read(address, FREE) == FREE and _swap(address, TAKEN) == FREE:
            return
    _swap(address, TAKEN)
