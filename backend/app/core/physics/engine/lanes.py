"""Mutual gravitation, eight bodies abreast: sources outside, targets inside.

Every target adds its sources in ascending order whatever the width of the processor's registers,
so there is no sum to reassociate and the bits are the same everywhere. The targets of a block lie
in two flat rows at fixed distances: separate arrays would not be taken abreast.
"""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay

Floats = NDArray[np.float64]

LANES = 256  # bodies in a block
EIGHT = 8


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
            place[lane] = body[lay.EX, i]
            place[LANES + lane] = body[lay.EY, i]
            place[2 * LANES + lane] = body[lay.EZ, i]
            sums[lane] = sums[LANES + lane] = sums[2 * LANES + lane] = sums[3 * LANES + lane] = 0.0
        for j in range(n):
            pull = par[lay.GRAVITATION] * body[lay.MASS, j]
            if pull != 0.0:
                _pull(place, sums, room, body[lay.EX, j], body[lay.EY, j], body[lay.EZ, j], pull,
                      par[lay.SOFTENING2])  # fmt: skip
        for lane in range(size):
            i = start + lane
            out[0, i] += sums[lane]
            out[1, i] += sums[LANES + lane]
            out[2, i] += sums[2 * LANES + lane]
            if sums[3 * LANES + lane] > tightest:
                tightest, which = sums[3 * LANES + lane], i
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
        dx = x - place[lane]
        dy = y - place[LANES + lane]
        dz = z - place[2 * LANES + lane]
        d2 = dx * dx + dy * dy + dz * dz + soft
        # A body does not pull itself, nor one it sits on exactly; 1e-300 keeps 0 / 0 away.
        near = pull if d2 > soft else 0.0
        f = near / (d2 * np.sqrt(d2) + 1e-300)
        sums[lane] += f * dx
        sums[LANES + lane] += f * dy
        sums[2 * LANES + lane] += f * dz
        most = sums[3 * LANES + lane]
        sums[3 * LANES + lane] = f if f > most else most


@inner
def _closing(body: Floats, par: Floats, i: int) -> None:
    """Take the rate, 1/time, at which the one that pulls i hardest comes closer."""
    hardest = 0.0
    for j in range(body.shape[1]):
        far = along = 0.0
        for axis in range(3):
            d = body[lay.EX + axis, j] - body[lay.EX + axis, i]
            far += d * d
            along -= d * (body[lay.EVX + axis, j] - body[lay.EVX + axis, i])
        soft = far + par[lay.SOFTENING2]
        pull = body[lay.MASS, j] / (soft * np.sqrt(soft)) if far > 0.0 else 0.0
        if pull > hardest:
            hardest = pull
            par[lay.CLOSING] = along / far
