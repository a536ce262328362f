"""Rods and strings between bodies: kept at their length, and broken by too strong a pull.

Source: Andersen (1983), J. Comput. Phys. 52, 24 (RATTLE), its position half laid into the arcs.
"""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay
from app.core.physics.engine.bounce import told
from app.core.physics.engine.flight import W1, flown, seen

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SWEEPS = 200
EXACT = 1e-13  # of the length
# Where in a substep the pull of its last step is: what ends a step is the pull a third into it.
EARLY = 1.0 / 3.0
LATE = 1.0 - W1 * (1.0 - EARLY)


@inner
def tie(body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats) -> None:
    """Add to every arc the pull of rods and strings that ends it where they allow."""
    n, h = body.shape[1], par[lay.SPAN]
    for i in range(n):
        state = flown(body, tag, par, i, h)
        for axis in range(3):
            body[lay.EX + axis, i] = state[axis]
            body[lay.KX + axis, i] = state[axis]
    start, stop = ctl[lay.FIELDS], ctl[lay.FIELDS] + ctl[lay.LINKS]
    for k in range(start, stop):
        if scene[k, lay.L_KIND] != lay.SPRING:
            scene[k, lay.L_PULL] = 0.0
    for _ in range(SWEEPS):
        worst = 0.0
        for k in range(start, stop):
            if scene[k, lay.L_KIND] != lay.SPRING and scene[k, lay.L_ALIVE] > 0.0:
                worst = max(worst, _drawn(body, scene, k))
        if worst < EXACT:
            break
    for i in range(n):
        for axis in range(3):
            pull = 2.0 * (body[lay.EX + axis, i] - body[lay.KX + axis, i]) / (h * h)
            body[lay.KX + axis, i] = pull
            body[lay.AX + axis, i] += pull
            body[lay.GX + axis, i] += pull
    for k in range(start, stop):
        if scene[k, lay.L_KIND] != lay.SPRING:
            scene[k, lay.L_PULL] *= 2.0 / (h * h)


@inner
def _drawn(body: Floats, scene: Floats, k: int) -> float:
    """Bring a link's ends together along where it was; gives how wrong its length is."""
    i, j = int(scene[k, lay.L_I]), int(scene[k, lay.L_J])
    one, other = body[lay.INVERSE, i], body[lay.INVERSE, j]
    length = scene[k, lay.L_LENGTH]
    far = along = before = 0.0
    for axis in range(3):
        d = body[lay.EX + axis, j] - body[lay.EX + axis, i]
        was = body[axis, j] - body[axis, i]
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
        was = body[axis, j] - body[axis, i]
        body[lay.EX + axis, i] += pull * one * was
        body[lay.EX + axis, j] -= pull * other * was
    scene[k, lay.L_PULL] += pull * np.sqrt(before)
    if scene[k, lay.L_KIND] == lay.STRING and wrong < 0.0 and pull == 0.0:
        return 0.0
    return abs(wrong) / (length * length)


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
                worst = max(worst, _steadied(body, scene, k))
        if worst < EXACT:
            return


@inner
def _steadied(body: Floats, scene: Floats, k: int) -> float:
    i, j = int(scene[k, lay.L_I]), int(scene[k, lay.L_J])
    one, other = body[lay.INVERSE, i], body[lay.INVERSE, j]
    far = rate = speed = 0.0
    for axis in range(3):
        d = body[lay.EX + axis, j] - body[lay.EX + axis, i]
        v = body[lay.EVX + axis, j] - body[lay.EVX + axis, i]
        far += d * d
        rate += d * v
        speed += abs(body[lay.EVX + axis, j]) + abs(body[lay.EVX + axis, i])
    length = scene[k, lay.L_LENGTH]
    slack = scene[k, lay.L_KIND] == lay.STRING and (
        far < length * length * (1.0 - 1e-9) or rate < 0.0
    )
    if slack or far == 0.0 or one + other == 0.0:
        return 0.0
    pull = rate / (far * (one + other))
    for axis in range(3):
        d = body[lay.EX + axis, j] - body[lay.EX + axis, i]
        body[lay.EVX + axis, i] += pull * one * d
        body[lay.EVX + axis, j] -= pull * other * d
    return abs(rate) / (np.sqrt(far) * (speed + 1e-300))


@inner
def snap(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, log: Floats, scene: Floats, events: Floats,
    marks: Ints,
) -> None:  # fmt: skip
    """Break the links pulled harder in this substep than they bear, each at its instant."""
    h = par[lay.SPAN]
    for k in range(ctl[lay.FIELDS], ctl[lay.FIELDS] + ctl[lay.LINKS]):
        if scene[k, lay.L_ALIVE] == 0.0 or not scene[k, lay.L_BREAKS] < np.inf:
            continue
        if scene[k, lay.L_KIND] == lay.SPRING:
            pull = _stretched(body, tag, par, log, scene, k, h)
        else:
            pull, when = _tightened(scene, k, h, LATE if ctl[lay.FINE] else EARLY)
        if pull <= scene[k, lay.L_BREAKS]:
            continue
        low, high = 0.0, h
        if scene[k, lay.L_KIND] == lay.SPRING:
            for _ in range(60):
                middle = 0.5 * (low + high)
                if _stretched(body, tag, par, log, scene, k, middle) > scene[k, lay.L_BREAKS]:
                    high = middle
                else:
                    low = middle
        else:
            high = when
        scene[k, lay.L_ALIVE] = 0.0
        i, j = int(scene[k, lay.L_I]), int(scene[k, lay.L_J])
        at = told(events, marks, par, ctl, lay.BREAK, high, i, j)
        if at >= 0:
            events[at, lay.E_IMPULSE], events[at, lay.E_VALUE] = 0.0, pull
            marks[at, lay.E_INDEX] = k - ctl[lay.FIELDS]
            for axis in range(3):
                events[at, lay.E_X + axis] = 0.5 * (body[lay.EX + axis, i] + body[lay.EX + axis, j])


@inner
def _tightened(scene: Floats, k: int, h: float, spot: float) -> tuple[float, float]:
    """Give the pull of a rod or string at the end of a substep, and when it was what it bears.

    The pull a step asked for is that of one spot in it: from spot to spot it changes evenly.
    """
    pull, was = abs(scene[k, lay.L_PULL]), scene[k, lay.L_WAS]
    apart = spot * h + (1.0 - spot) * scene[k, lay.L_SPAN]
    rate = (pull - was) / apart if was > 0.0 else 0.0
    scene[k, lay.L_WAS], scene[k, lay.L_SPAN] = pull, h
    when = spot * h + (scene[k, lay.L_BREAKS] - pull) / rate if rate > 0.0 else 0.0
    return pull + rate * (1.0 - spot) * h, min(max(when, 0.0), h)


@inner
def _stretched(
    body: Floats, tag: Ints, par: Floats, log: Floats, scene: Floats, k: int, t: float
) -> float:
    a = seen(body, tag, par, log, int(scene[k, lay.L_I]), t)
    b = seen(body, tag, par, log, int(scene[k, lay.L_J]), t)
    x, y, z = b[0] - a[0], b[1] - a[1], b[2] - a[2]
    return abs(scene[k, lay.L_STIFF] * (np.sqrt(x * x + y * y + z * z) - scene[k, lay.L_LENGTH]))
