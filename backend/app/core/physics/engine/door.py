"""All arrays of a world behind one: each argument of a call from Python is looked at under the GIL.

The door lists where every array lies and its sizes. It keeps hold of the arrays it was made for; who
puts another in the place of one makes a new door.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import carray, types
from numba.extending import intrinsic
from numpy.typing import NDArray

from app.core.numbers.kernel import inlined
from app.core.numbers.turn import CELL

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

(
    BODY, TAG, PAR, CTL, FORCE, LOG, QUEUE, PAIRS, FIRST, NEAR, CELLS, BONDS, SCENE, EVENTS, MARKS,
    ITEMS, FINEST, VALUES, LAST, TURN,
) = range(20)  # fmt: skip
AXES = 3  # no array of a world has more


class Door(NamedTuple):
    """Where the arrays of a world lie, in the order above, and the arrays."""

    table: Ints  # (arrays, 1 + AXES): address, sizes
    arrays: tuple[NDArray[Any], ...]
    events: memoryview  # the bytes of what is told


def door(*arrays: NDArray[Any]) -> Door:
    """Make the door to arrays of float64 or int64, each row after row; ValueError for any other."""
    arrays = (*arrays, CELL)
    table = np.zeros((len(arrays), 1 + AXES), np.int64)
    for row, array in zip(table, arrays, strict=True):
        if not array.flags.carray or array.dtype not in (np.float64, np.int64):
            raise ValueError("a kernel takes arrays of 64-bit numbers, row after row")
        row[0], row[1 : 1 + array.ndim] = array.ctypes.data, array.shape
    return Door(table, arrays, arrays[EVENTS].data.cast("B"))


def _pointer(to: Any) -> Any:
    def typed(_: Any, address: Any) -> Any:
        def lowered(context: Any, builder: Any, signature: Any, values: Any) -> Any:
            return builder.inttoptr(values[0], context.get_value_type(signature.return_type))

        return types.CPointer(to)(address), lowered

    return intrinsic(typed)


_float_at, _int_at = _pointer(types.float64), _pointer(types.int64)


@inlined
def row_of(table: Ints, k: int) -> Floats:
    """Give array k, of float64 along one axis."""
    return carray(_float_at(table[k, 0]), (table[k, 1],))


@inlined
def rows_of(table: Ints, k: int) -> Floats:
    """Give array k, of float64 along two axes."""
    return carray(_float_at(table[k, 0]), (table[k, 1], table[k, 2]))


@inlined
def stack_of(table: Ints, k: int) -> Floats:
    """Give array k, of float64 along three axes."""
    return carray(_float_at(table[k, 0]), (table[k, 1], table[k, 2], table[k, 3]))


@inlined
def whole_row_of(table: Ints, k: int) -> Ints:
    """Give array k, of int64 along one axis."""
    return carray(_int_at(table[k, 0]), (table[k, 1],))


@inlined
def whole_rows_of(table: Ints, k: int) -> Ints:
    """Give array k, of int64 along two axes."""
    return carray(_int_at(table[k, 0]), (table[k, 1], table[k, 2]))
