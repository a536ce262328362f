"""What a tick may cost: counted in impacts and substeps, never by the clock, and told when reached."""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.grid import TICKS_PER_SECOND
from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay
from app.core.physics.engine.bounce import told

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

IMPACTS, FEWEST_IMPACTS = 16, 1024  # so many a body and tick, and never fewer than
# Substeps for close passes: so many pulls of one body on another a tick, and never fewer than.
PULLS, FEWEST_STEPS = 1 << 21, 8


@inner
def allow(ctl: Ints, n: int) -> None:
    """Give a tick its budget."""
    ctl[lay.BUDGET] = max(IMPACTS * n, FEWEST_IMPACTS)
    ctl[lay.STEPS] = max(PULLS // max(n * n, 1), FEWEST_STEPS)


@inner
def spend(
    body: Floats, par: Floats, ctl: Ints, events: Floats, marks: Ints, t: float, i: int, j: int
) -> None:
    """Count an impact of i, at t of the substep, with j or a wall (below 0)."""
    ctl[lay.BUDGET] -= 1
    if ctl[lay.BUDGET] == 0:
        at = _reached(par, ctl, events, marks, t, i, max(j, -1))
        if at >= 0:
            events[at, lay.E_X], events[at, lay.E_Y] = body[0, i], body[1, i]
            events[at, lay.E_Z] = body[2, i]


@inner
def spend_step(par: Floats, ctl: Ints, events: Floats, marks: Ints) -> None:
    """Count a substep that a close pass asked for."""
    ctl[lay.STEPS] -= 1
    if ctl[lay.STEPS] == 0:
        _reached(par, ctl, events, marks, 0.0, -1, -1)


@inner
def _reached(par: Floats, ctl: Ints, events: Floats, marks: Ints, t: float, i: int, j: int) -> int:
    """Count a tick whose budget ran out; tell of it, once a heard second; gives the row or -1."""
    ctl[lay.SPENT] += 1
    if ctl[lay.TICK] < ctl[lay.QUIET]:
        return -1
    ctl[lay.QUIET] = ctl[lay.TICK] + TICKS_PER_SECOND
    return told(events, marks, par, ctl, lay.OVERLOAD, t, i, j)
