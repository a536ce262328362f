"""Rods and strings between bodies: kept at their length.

Source: Andersen (1983), J. Comput. Phys. 52, 24 (RATTLE), its position half laid into the arcs.
"""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay
from app.core.physics.engine.flight import flown
from app.core.physics.engine.pulls import around

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SWEEPS = 200
EXACT = 1e-13  # of the length
ALL = -1


@inner
def tie(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, one: int, other: int, t: float
) -> None:
    """Add to every arc the pull of rods and strings that ends it where they allow.

    From t of the substep on, for the chains `one` and `other`; for all where `one` is ALL, and t 0.
    """
    n, left = body.shape[1], par[lay.SPAN] - t
    for i in range(n):
        if not among(tag, i, one, other):
            continue
        state = flown(body, tag, par, i, par[lay.SPAN])
        for axis in range(3):
            body[lay.EX + axis, i] = state[axis]
            body[lay.KX + axis, i] = state[axis]
    start, stop = ctl[lay.FIELDS], ctl[lay.FIELDS] + ctl[lay.LINKS]
    for k in range(start, stop):
        if _ties(tag, scene, k, one, other):
            scene[k, lay.L_PULL] = 0.0
    for _ in range(SWEEPS):
        worst = 0.0
        for k in range(start, stop):
            if _ties(tag, scene, k, one, other) and scene[k, lay.L_ALIVE] > 0.0:
                worst = max(worst, _drawn(body, par, scene, k))
        if worst < EXACT:
            break
    for i in range(n):
        for axis in range(3 if among(tag, i, one, other) else 0):
            pull = 2.0 * (body[lay.EX + axis, i] - body[lay.KX + axis, i]) / (left * left)
            body[lay.KX + axis, i] = pull
            body[lay.AX + axis, i] += pull
            body[lay.GX + axis, i] += pull
    for k in range(start, stop):
        if _ties(tag, scene, k, one, other):
            scene[k, lay.L_PULL] *= 2.0 / (left * left)


@inner
def among(tag: Ints, i: int, one: int, other: int) -> bool:
    """Tell whether a body is of one of two chains, 0 being none, or of any where `one` is ALL."""
    chain = tag[lay.CHAIN, i]
    return one == ALL or (chain > 0 and chain in (one, other))


@inner
def _ties(tag: Ints, scene: Floats, k: int, one: int, other: int) -> bool:
    return scene[k, lay.L_KIND] != lay.SPRING and among(tag, int(scene[k, lay.L_I]), one, other)


@inner
def _drawn(body: Floats, par: Floats, scene: Floats, k: int) -> float:
    """Bring a link's ends together along where it was; gives how wrong its length is."""
    i, j = int(scene[k, lay.L_I]), int(scene[k, lay.L_J])
    one, other = body[lay.INVERSE, i], body[lay.INVERSE, j]
    length = scene[k, lay.L_LENGTH]
    far = along = before = 0.0
    for axis in range(3):
        edge = par[lay.WRAP_X + axis]
        d = around(body[lay.EX + axis, j] - body[lay.EX + axis, i], edge)
        was = around(body[axis, j] - body[axis, i], edge)
        far += d * d
        along += d * was
        before += was * was
    wrong = far - length * length
    if one + other == 0.0 or along <= 0.0:
        return 0.0
    pull = 0.5 * wrong / (along * (one + other))
    if scene[k, lay.L_KIND] == lay.STRING:
        # A string only pulls; PULL holds what it has pulled so far, a force times h²/2.
        reach = np.sqrt(before)
        pull = max(pull, -scene[k, lay.L_PULL] / reach)
    for axis in range(3):
        was = around(body[axis, j] - body[axis, i], par[lay.WRAP_X + axis])
        body[lay.EX + axis, i] += pull * one * was
        body[lay.EX + axis, j] -= pull * other * was
    scene[k, lay.L_PULL] += pull * np.sqrt(before)
    if scene[k, lay.L_KIND] == lay.STRING and wrong < 0.0 and pull == 0.0:
        return 0.0
    return abs(wrong) / (length * length)


@inner
def align(body: Floats, par: Floats, ctl: Ints, scene: Floats) -> None:
    """Bring ends that stand too far apart, or move so, to where and how rods and strings allow.

    Rows X.. and E.. alike, without giving speed; what one sweep after another does not bring there
    the first step does.
    """
    n = body.shape[1]
    for _ in range(SWEEPS):
        worst = 0.0
        for k in range(ctl[lay.FIELDS], ctl[lay.FIELDS] + ctl[lay.LINKS]):
            if scene[k, lay.L_KIND] != lay.SPRING and scene[k, lay.L_ALIVE] > 0.0:
                pull = scene[k, lay.L_PULL]
                worst = max(worst, _drawn(body, par, scene, k))
                scene[k, lay.L_PULL] = pull
        if worst < EXACT:
            break
    par[lay.QUICKEST], span, par[lay.SPAN] = 0.0, par[lay.SPAN], 1.0
    straighten(body, par, ctl, scene)
    par[lay.SPAN] = span
    for row in range(6):
        for i in range(n):
            body[row, i] = body[lay.EX + row, i]


@inner
def straighten(body: Floats, par: Floats, ctl: Ints, scene: Floats) -> None:
    """Take away the speed along every rod, and along strings that are taut, at the end.

    What a rod pulls, per mass and length, is the square of how fast it turns: it asks for its steps.
    """
    start, stop = ctl[lay.FIELDS], ctl[lay.FIELDS] + ctl[lay.LINKS]
    for k in range(start, stop):
        if scene[k, lay.L_KIND] != lay.SPRING and scene[k, lay.L_ALIVE] > 0.0:
            light = body[lay.INVERSE, int(scene[k, lay.L_I])]
            light += body[lay.INVERSE, int(scene[k, lay.L_J])]
            turn2 = abs(scene[k, lay.L_PULL]) * light / scene[k, lay.L_LENGTH]
            par[lay.QUICKEST] = max(par[lay.QUICKEST], turn2)
    for _ in range(SWEEPS):
        worst = 0.0
        for k in range(start, stop):
            if scene[k, lay.L_KIND] != lay.SPRING and scene[k, lay.L_ALIVE] > 0.0:
                worst = max(worst, _steadied(body, par, scene, k))
        if worst < EXACT:
            return


@inner
def _steadied(body: Floats, par: Floats, scene: Floats, k: int) -> float:
    i, j = int(scene[k, lay.L_I]), int(scene[k, lay.L_J])
    one, other = body[lay.INVERSE, i], body[lay.INVERSE, j]
    far = rate = speed = 0.0
    for axis in range(3):
        d = around(body[lay.EX + axis, j] - body[lay.EX + axis, i], par[lay.WRAP_X + axis])
        v = body[lay.EVX + axis, j] - body[lay.EVX + axis, i]
        far += d * d
        rate += d * v
        speed += abs(body[lay.EVX + axis, j]) + abs(body[lay.EVX + axis, i])
    length = scene[k, lay.L_LENGTH]
    # A step of fourth order goes back in its middle: what comes nearer there is what parts.
    slack = scene[k, lay.L_KIND] == lay.STRING and (
        far < length * length * (1.0 - 1e-9) or rate * par[lay.SPAN] < 0.0
    )
    if slack or far == 0.0 or one + other == 0.0:
        return 0.0
    pull = rate / (far * (one + other))
    for axis in range(3):
        d = around(body[lay.EX + axis, j] - body[lay.EX + axis, i], par[lay.WRAP_X + axis])
        body[lay.EVX + axis, i] += pull * one * d
        body[lay.EVX + axis, j] -= pull * other * d
    return abs(rate) / (np.sqrt(far) * (speed + 1e-300))
