"""A blow on a body that is tied: it goes through the rods, and moves all they join at once.

The velocities an impulse gives are those nearest to the free ones, by mass, that no rod forbids
(Gauss's principle of least constraint), found by sweeps over the rods. So an elastic blow on a tied
body keeps the energy, and lengths are kept from the blow on. Strings give way until the step ends.
"""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay
from app.core.physics.engine.flight import bend, flown, knot
from app.core.physics.engine.impact import Vector, lightness, pushed
from app.core.physics.engine.pulls import around
from app.core.physics.engine.spin import whirl
from app.core.physics.engine.ties import among, tie

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SWEEPS = 500
EXACT = 1e-14  # of what the impulse gives
LAST = 1e-6  # of a step: shorter ends are flown as they are
# Rows that hold nothing while impacts are solved: what a unit of impulse gives everybody.
GAIN = lay.EVX


@inner
def brought(body: Floats, tag: Ints, par: Floats, ctl: Ints, log: Floats, i: int, t: float) -> None:
    """Set a body's knot to t on its own path."""
    state = flown(body, tag, par, i, t)
    if tag[lay.KIND, i] == lay.RAILS:
        # Rails need no knot; the rows show where it is for whoever meets it.
        body[0, i], body[1, i], body[2, i], body[3, i], body[4, i], body[5, i] = state
        return
    if par[lay.INERTIA] > 0.0:
        whirl(body, i, t - body[lay.T, i])
    if not knot(body, tag, ctl, log, i, t, state):
        ctl[lay.FAULT] = lay.MORE_KNOTS


@inner
def tied(tag: Ints, i: int, j: int) -> bool:
    """Tell whether a body or its partner, if there is one, hangs on rods or strings to others."""
    return tag[lay.CHAIN, i] > 0 or (j >= 0 and tag[lay.CHAIN, j] > 0)


@inner
def chain_of(tag: Ints, i: int) -> int:
    """Give the chain of a body, 0 for none."""
    return tag[lay.CHAIN, i] if i >= 0 else 0


@inner
def gather(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, log: Floats, i: int, j: int, t: float
) -> None:
    """Bring all that is tied to i or j to t of the substep, without what rods would pull from there."""
    if not tied(tag, i, j):
        return
    for k in range(body.shape[1]):
        if not among(tag, k, chain_of(tag, i), chain_of(tag, j)):
            continue
        if k != i and k != j:
            brought(body, tag, par, ctl, log, k, t)
        for axis in range(3):
            body[lay.AX + axis, k] -= body[lay.KX + axis, k]
            body[lay.GX + axis, k] -= body[lay.KX + axis, k]
            body[lay.KX + axis, k] = 0.0


@inner
def gains(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, i: int, j: int, n: Vector
) -> float:
    """Set what a unit of impulse along n on i, and back on j (or -1), gives everybody tied to them.

    Gives by how much it changes the speed of i along n, seen from j.
    """
    one, other = chain_of(tag, i), chain_of(tag, j)
    for k in range(body.shape[1]):
        for axis in range(3):
            way = n[axis] if k == i else -n[axis] if k == j else 0.0
            body[GAIN + axis, k] = way * body[lay.INVERSE, k] if way != 0.0 else 0.0
    for end in range(2 if j >= 0 else 1):
        k = i if end == 0 else j
        if tag[lay.KIND, k] == lay.ROD:
            along = 0.0
            for axis in range(3):
                along += body[GAIN + axis, k] * (body[axis, k] - body[lay.CX + axis, k])
            along /= body[lay.LENGTH, k] * body[lay.LENGTH, k]
            for axis in range(3):
                body[GAIN + axis, k] -= along * (body[axis, k] - body[lay.CX + axis, k])
    for _ in range(SWEEPS if one > 0 or other > 0 else 0):
        worst = 0.0
        for k in range(ctl[lay.FIELDS], ctl[lay.FIELDS] + ctl[lay.LINKS]):
            stiff = scene[k, lay.L_KIND] == lay.STIFF and scene[k, lay.L_ALIVE] > 0.0
            if stiff and among(tag, int(scene[k, lay.L_I]), one, other):
                worst = max(worst, _shared(body, par, scene, k))
        if worst < EXACT:
            break
    light = 0.0
    for axis in range(3):
        light += n[axis] * body[GAIN + axis, i]
        light -= n[axis] * body[GAIN + axis, j] if j >= 0 else 0.0
    return light


@inner
def _shared(body: Floats, par: Floats, scene: Floats, k: int) -> float:
    """Take from the gains of a rod's ends what would change its length; gives how much that was."""
    i, j = int(scene[k, lay.L_I]), int(scene[k, lay.L_J])
    one, other = body[lay.INVERSE, i], body[lay.INVERSE, j]
    far = rate = size = 0.0
    for axis in range(3):
        d = around(body[axis, j] - body[axis, i], par[lay.WRAP_X + axis])
        far += d * d
        rate += d * (body[GAIN + axis, j] - body[GAIN + axis, i])
        size += abs(body[GAIN + axis, j]) + abs(body[GAIN + axis, i])
    if far == 0.0 or one + other == 0.0 or rate == 0.0:
        return 0.0
    pull = rate / (far * (one + other))
    for axis in range(3):
        d = around(body[axis, j] - body[axis, i], par[lay.WRAP_X + axis])
        body[GAIN + axis, i] += pull * one * d
        body[GAIN + axis, j] -= pull * other * d
    return abs(rate) / (np.sqrt(far) * size)


@inner
def hand_on(body: Floats, tag: Ints, i: int, j: int, impulse: float) -> None:
    """Give everybody tied to i or j, and these, what an impulse gives, as `gains` has set it."""
    one, other = chain_of(tag, i), chain_of(tag, j)
    for k in range(body.shape[1]):
        if k in (i, j) or among(tag, k, one, other):
            for axis in range(3):
                body[lay.VX + axis, k] += impulse * body[GAIN + axis, k]


@inner
def lightness_tied(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, i: int, j: int, n: Vector
) -> float:
    """Give by how much a unit of impulse along n on i, back on j (or -1), changes their approach."""
    if tied(tag, i, j):
        return gains(body, tag, par, ctl, scene, i, j, n)
    return lightness(body, tag, i, n) + (lightness(body, tag, j, n) if j >= 0 else 0.0)


@inner
def pushed_tied(body: Floats, tag: Ints, i: int, j: int, impulse: float, n: Vector) -> None:
    """Give i an impulse along n, and j (or -1) the opposite one; `lightness_tied` was asked before."""
    if tied(tag, i, j):
        hand_on(body, tag, i, j, impulse)
        return
    pushed(body, tag, i, impulse, n)
    if j >= 0:
        pushed(body, tag, j, -impulse, n)


@inner
def go_on(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, i: int, j: int, t: float
) -> None:
    """Let all that is tied to i or j fly on from t as rods and strings allow."""
    if not tied(tag, i, j):
        return
    one, other = chain_of(tag, i), chain_of(tag, j)
    for k in range(body.shape[1]):
        if among(tag, k, one, other):
            bend(body, k, par[lay.SPAN] - t)
    if par[lay.SPAN] - t > LAST * par[lay.SPAN]:
        tie(body, tag, par, ctl, scene, one, other, t)
