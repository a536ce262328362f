"""Mutual gravitation, eight bodies abreast: sources outside, targets inside.

Every target adds its sources in ascending order whatever the width of the processor's registers,
so there is no sum to reassociate and the bits are the same everywhere. The targets of a block lie
in two flat rows at fixed distances: separate arrays would not be taken abreast. No two of the
stretches of these rows begin at like addresses, so that none waits for a store to another.
"""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay

Floats = NDArray[np.float64]

LANES = 240  # bodies in a block
EIGHT = 8
NEXT = 248  # from one coordinate of a row to the next
PLACE = 280  # where places begin in their row; sums begin at its start
WIDE = PLACE + 3 * NEXT  # the least width of both rows


@inner
def gravitate(body: Floats, par: Floats, out: Floats) -> None:
    """Add the pull of every body on every other at the rows E..; rows 6 and 7 of `out` are used.

    Sets QUICKEST to the tightest pull, 1/time², and CLOSING to how fast that pair comes closer.
    """
    n = body.shape[1]
    place, sums = out[6], out[7]
    tightest, which = 0.0, -1
    for start in range(0, n, LANES):
        size = min(LANES, n - start)
        room = (size + EIGHT - 1) // EIGHT * EIGHT
        for lane in range(room):
            i = start + min(lane, size - 1)
            place[PLACE + lane] = body[lay.EX, i]
            place[PLACE + NEXT + lane] = body[lay.EY, i]
            place[PLACE + 2 * NEXT + lane] = body[lay.EZ, i]
            sums[lane] = sums[NEXT + lane] = sums[2 * NEXT + lane] = sums[3 * NEXT + lane] = 0.0
        for j in range(n):
            pull = par[lay.GRAVITATION] * body[lay.MASS, j]
            if pull != 0.0:
                _pull(place, sums, room, body[lay.EX, j], body[lay.EY, j], body[lay.EZ, j], pull,
                      par[lay.SOFTENING2])  # fmt: skip
        for lane in range(size):
            i = start + lane
            out[0, i] += sums[lane]
            out[1, i] += sums[NEXT + lane]
            out[2, i] += sums[2 * NEXT + lane]
            if sums[3 * NEXT + lane] > tightest:
                tightest, which = sums[3 * NEXT + lane], i
    par[lay.QUICKEST] = tightest
    # Only a pass that is close, or will be within a step, needs to be foreseen.
    if which >= 0 and tightest * par[lay.TICK_SPAN] * par[lay.TICK_SPAN] > 1e-5:
        _closing(body, par, which)


@inner
def _pull(
    place: Floats, sums: Floats, room: int, x: float, y: float, z: float, pull: float, soft: float
) -> None:
    """Add one source's pull on a block of targets."""
    for lane in range(room):
        dx = x - place[PLACE + lane]
        dy = y - place[PLACE + NEXT + lane]
        dz = z - place[PLACE + 2 * NEXT + lane]
        d2 = dx * dx + dy * dy + dz * dz + soft
        # A body does not pull itself, nor one it sits on exactly; 1e-300 keeps 0 / 0 away.
        near = pull if d2 > soft else 0.0
        f = near / (d2 * np.sqrt(d2) + 1e-300)
        sums[lane] += f * dx
        sums[NEXT + lane] += f * dy
        sums[2 * NEXT + lane] += f * dz
        most = sums[3 * NEXT + lane]
        sums[3 * NEXT + lane] = f if f > most else most


@inner
def _closing(body: Floats, par: Floats, i: int) -> None:
    """Take the rate, 1/time, at which the one that pulls i hardest comes closer."""
    which, heavy, cube = -1, 0.0, 1.0
    x, y, z = body[lay.EX, i], body[lay.EY, i], body[lay.EZ, i]
    for j in range(body.shape[1]):
        dx, dy, dz = body[lay.EX, j] - x, body[lay.EY, j] - y, body[lay.EZ, j] - z
        far = dx * dx + dy * dy + dz * dz
        soft = far + par[lay.SOFTENING2]
        # Squares of the pulls, held against each other without a root or a quotient.
        mass2, soft6 = body[lay.MASS, j] * body[lay.MASS, j], soft * soft * soft
        if far > 0.0 and mass2 * cube > heavy * soft6:
            which, heavy, cube = j, mass2, soft6
    if which < 0:
        return
    far = along = 0.0
    for axis in range(3):
        d = body[lay.EX + axis, which] - body[lay.EX + axis, i]
        far += d * d
        along -= d * (body[lay.EVX + axis, which] - body[lay.EVX + axis, i])
    par[lay.CLOSING] = along / far
