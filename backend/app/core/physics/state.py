"""What of a world must be kept to go on with the same bits: the rest is in its document, or scratch."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.core.physics.engine import contact, layout

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Rows that the motion or a parameter changes and that the next substep starts from.
ROWS = (
    *range(layout.X, layout.VZ + 1),
    *range(layout.AX, layout.GZ + 1),
    *range(layout.MASS, layout.DRAG + 1),
    layout.BORN,
    layout.SLOW,
    *range(layout.SX, layout.SZ + 1),
    *range(layout.LX, layout.LZ + 1),
)
TAGS = (
    layout.KIND, layout.TOUCH, layout.HELD, layout.RESTED, layout.GONE, layout.LIES,
)  # fmt: skip
FORCES = 3  # rows of the force at the start of the next substep
BONDED = contact.DIRECTION  # a bond's impulses and its two bodies; the rest is found anew


def kept(body: Floats, tag: Ints) -> dict[str, Any]:
    """Give the rows of the bodies that are state: 214 bytes a body."""
    return {"body": body[list(ROWS)], "tag": tag[list(TAGS)].astype(np.int8)}


def put_back(body: Floats, tag: Ints, state: Mapping[str, Any]) -> None:
    """Write kept rows into the arrays of the same universe, between two ticks."""
    body[list(ROWS)] = state["body"]
    tag[list(TAGS)] = state["tag"]
    # A substep ends where the next one starts, and nothing is held over but what is kept.
    body[layout.EX : layout.EVZ + 1] = body[layout.X : layout.VZ + 1]
    body[layout.T] = body[layout.TX : layout.TZ + 1] = 0.0
    tag[layout.LOG] = -1
