"""Links that break: the instant is found by flying up to it, and everything goes on from there.

A substep is flown; where a link ends it pulled harder than it bears, everything is put back and
flown again, less far, until the pull is what the link bears at the very end. There it breaks, and
what is left of the substep is flown without it. What pulls too hard only on the way is found where
it pulls hardest, and is flown up to there first.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay
from app.core.physics.engine.budget import spend_step
from app.core.physics.engine.forces import forces
from app.core.physics.engine.jerks import jerked, tell_jerks, torn
from app.core.physics.engine.peaks import peak
from app.core.physics.engine.strain import strained

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Kept = tuple[Floats, Ints, Floats, Ints, Floats, Floats, Floats]

# A search: how far it flies, how far it would, between which ends the break is, by which part of
# what the link bears each end is off, how often it flew, which end came nearer last, and whether
# it has looked for what rises and falls back before the end.
PART, LEFT, LOW, HIGH, UNDER, OVER, TRIES, SIDE, LOOKED = range(9)
CELLS = 9
SEARCH: Final = 6  # where it is in what is kept
MOST = 60
EXACT = 1e-12  # of what a link bears
TOGETHER = 1e-9  # links this close to breaking with the first one break with it
# A stretch shorter than this part of a step is not flown: what a rod pulls is a small length over
# the square of the time, and would be noise.
SHORTEST, SHORTEST_TIED = 1e-9, 1e-4


@inner
def hold(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, bonds: Floats, kept: Kept,
    left: float,
) -> None:  # fmt: skip
    """Keep everything as it is at the start of a stretch, `left` long if no link breaks in it."""
    search = kept[SEARCH]
    _copy(body, kept[0])
    _copy(scene, kept[4])
    for k in range(ctl[lay.BONDS]):
        for cell in range(bonds.shape[2]):
            kept[5][k, cell] = bonds[0, k, cell]
    for row in range(tag.shape[0]):
        for i in range(tag.shape[1]):
            kept[1][row, i] = tag[row, i]
    for cell in range(par.size):
        kept[2][cell] = par[cell]
    for cell in range(ctl.size):
        kept[3][cell] = ctl[cell]
    search[PART] = search[LEFT] = search[HIGH] = left
    search[LOW], search[UNDER], search[OVER], search[TRIES], search[SIDE] = 0.0, -1.0, 0.0, 0.0, 0.0
    search[LOOKED] = 0.0
    for k in range(ctl[lay.FIELDS], ctl[lay.FIELDS] + ctl[lay.LINKS]):
        if scene[k, lay.L_ALIVE] > 0.0:
            off = scene[k, lay.L_NOW] / scene[k, lay.L_BREAKS] - 1.0
            search[UNDER] = max(search[UNDER], min(off, -EXACT))


@inner
def _copy(source: Floats, target: Floats) -> None:
    for row in range(source.shape[0]):
        for column in range(source.shape[1]):
            target[row, column] = source[row, column]


@inner
def _undo(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, bonds: Floats, force: Floats,
    kept: Kept,
) -> None:  # fmt: skip
    """Put everything back as it was at the start of the stretch; the budget stays spent."""
    _copy(kept[0], body)
    _copy(kept[4], scene)
    for row in range(tag.shape[0]):
        for i in range(tag.shape[1]):
            tag[row, i] = kept[1][row, i]
    for cell in range(par.size):
        par[cell] = kept[2][cell]
    for cell in range(ctl.size):
        ctl[cell] = kept[3][cell]
    for k in range(ctl[lay.BONDS]):
        for cell in range(bonds.shape[2]):
            bonds[0, k, cell] = kept[5][k, cell]
    for axis in range(3):
        for i in range(body.shape[1]):
            force[axis, i] = body[lay.GX + axis, i]
    par[lay.SLACK] = -1.0  # the lists of neighbours may be those of later


@inner
def seek(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, log: Floats, bonds: Floats,
    force: Floats, events: Floats, marks: Ints, kept: Kept,
) -> bool:  # fmt: skip
    """Tell whether the stretch is to be flown again, search[PART] far; else what breaks is broken."""
    search = kept[SEARCH]
    tell_jerks(body, tag, par, ctl, scene, log, events, marks)
    over = strained(body, tag, par, ctl, scene, force, par[lay.SPAN])
    first, spent = search[TRIES] == 0.0, ctl[lay.STEPS] <= 0
    if first and not spent and jerked(body, par, ctl, scene, kept[0], search[LEFT]):
        # A string that a jerk breaks has pulled nothing before it: all is flown without it.
        search[TRIES] = 1.0
        _undo(body, tag, par, ctl, scene, bonds, force, kept)
        jerked(body, par, ctl, scene, kept[0], search[LEFT])
        spend_step(par, ctl, events, marks)
        return True
    if search[LOOKED] == 0.0 and not spent:
        search[LOOKED] = 1.0
        highest = peak(body, tag, par, ctl, scene, force, log, kept[4])
        least = _least(par, ctl)
        if highest < par[lay.SPAN] and search[LEFT] > 2.0 * least:
            search[PART] = min(max(highest, least), search[LEFT] - least)
            _back(body, tag, par, ctl, scene, bonds, force, events, marks, kept)
            return True
    if over <= 0.0 and search[OVER] == 0.0:
        return False
    if spent or _found(par, ctl, search, over):
        # Where the budget of the tick is spent, what pulls too hard breaks where the stretch ends.
        if spent:
            _break(body, tag, par, ctl, scene, force, events, marks, 0.0, par[lay.SPAN])
        else:
            t = _instant(search)
            _break(body, tag, par, ctl, scene, force, events, marks, over - TOGETHER, t)
        return False
    _back(body, tag, par, ctl, scene, bonds, force, events, marks, kept)
    return True


@inner
def _back(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, bonds: Floats, force: Floats,
    events: Floats, marks: Ints, kept: Kept,
) -> None:  # fmt: skip
    """Go back to the start of the stretch, to fly it again; that is paid for."""
    left = ctl[lay.STEPS]
    _undo(body, tag, par, ctl, scene, bonds, force, kept)
    ctl[lay.STEPS] = left
    spend_step(par, ctl, events, marks)


@inner
def _least(par: Floats, ctl: Ints) -> float:
    """Give the shortest stretch that is flown."""
    return (SHORTEST_TIED if ctl[lay.TIED] else SHORTEST) * par[lay.TICK_SPAN]


@inner
def _instant(search: Floats) -> float:
    """Give when the pull is what the link bears: within the last stretch that was not flown."""
    low, high = search[LOW], search[HIGH]
    return high - search[OVER] * (high - low) / (search[OVER] - search[UNDER])


@inner
def _found(par: Floats, ctl: Ints, search: Floats, over: float) -> bool:
    """Take in how far off the pull was; False: try at search[PART].

    False position after Illinois, halving where that is slow: two bodies that meet jerk a link.
    """
    part = search[PART]
    search[TRIES] += 1.0
    if over > 0.0:
        search[HIGH], search[OVER] = part, over
        search[UNDER] *= 0.5 if search[SIDE] > 0.0 else 1.0
    else:
        search[LOW], search[UNDER] = part, over
        search[OVER] *= 0.5 if search[SIDE] < 0.0 else 1.0
    search[SIDE] = 1.0 if over > 0.0 else -1.0
    least = _least(par, ctl)
    low, high = search[LOW], search[HIGH]
    close = high - low <= 1e-13 * search[LEFT] or search[TRIES] >= MOST
    close = close or high <= least or low >= search[LEFT] - least
    if abs(over) <= EXACT or (over > 0.0 and close):
        return True
    middle = 0.5 * (low + high)
    at = high - search[OVER] * (high - low) / (search[OVER] - search[UNDER])
    at = middle if not low < at < high or int(search[TRIES]) % 4 == 3 else at
    search[PART] = high if close else min(max(at, least), max(search[LEFT] - least, middle))
    return False


@inner
def _break(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, force: Floats, events: Floats,
    marks: Ints, least: float, t: float,
) -> None:  # fmt: skip
    """Break the links that are over what they bear by `least` of it, at the end of the stretch.

    What then pulls too hard, since another pulls no more, breaks at the same instant, told as t.
    """
    while True:
        for k in range(ctl[lay.FIELDS], ctl[lay.FIELDS] + ctl[lay.LINKS]):
            bears = scene[k, lay.L_BREAKS]
            if scene[k, lay.L_ALIVE] == 0.0 or not bears < np.inf:
                continue
            pull = abs(scene[k, lay.L_NOW])
            if pull / bears - 1.0 >= least:
                scene[k, lay.L_ALIVE], scene[k, lay.L_NOW] = 0.0, pull
                torn(body, par, ctl, scene, events, marks, k, t)
        forces(body, tag, par, ctl, scene, force)
        for axis in range(3):
            for i in range(body.shape[1]):
                body[lay.GX + axis, i] = force[axis, i]
        least = strained(body, tag, par, ctl, scene, force, par[lay.SPAN])
        if least <= EXACT:
            return
