"""Links that break: the instant is found by flying up to it, and everything goes on from there.

A substep is flown; where a link ends it pulled harder than it bears, everything is put back and
flown again, less far, until the pull is what the link bears at the very end. There it breaks, and
what is left of the substep is flown without it.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay
from app.core.physics.engine.bounce import told
from app.core.physics.engine.budget import spend_step
from app.core.physics.engine.flight import seen
from app.core.physics.engine.forces import forces
from app.core.physics.engine.strain import TAUT, strained

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Kept = tuple[Floats, Ints, Floats, Ints, Floats, Floats, Floats]

# A search: how far it flies, how far it would, between which ends the break is, by which part of
# what the link bears each end is off, how often it flew, which end came nearer last.
PART, LEFT, LOW, HIGH, UNDER, OVER, TRIES, SIDE = range(8)
CELLS = 8
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
    _tell_jerks(body, tag, par, ctl, scene, log, events, marks)
    over = strained(body, tag, par, ctl, scene, force)
    first, spent = search[TRIES] == 0.0, ctl[lay.STEPS] <= 0
    if first and not spent and _jerked(body, par, ctl, scene, kept[0], search[LEFT]):
        # A string that a jerk breaks has pulled nothing before it: all is flown without it.
        search[TRIES] = 1.0
        _undo(body, tag, par, ctl, scene, bonds, force, kept)
        _jerked(body, par, ctl, scene, kept[0], search[LEFT])
        spend_step(par, ctl, events, marks)
        return True
    if over <= 0.0 and search[OVER] == 0.0:
        return False
    if spent or _found(par, ctl, search, over):
        # Where the budget of the tick is spent, what pulls too hard breaks where the stretch ends.
        least = 0.0 if spent else over - TOGETHER
        _break(body, tag, par, ctl, scene, force, events, marks, least)
        return False
    left = ctl[lay.STEPS]
    _undo(body, tag, par, ctl, scene, bonds, force, kept)
    ctl[lay.STEPS] = left
    spend_step(par, ctl, events, marks)
    return True


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
    least = (SHORTEST_TIED if ctl[lay.TIED] else SHORTEST) * par[lay.TICK_SPAN]
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
    marks: Ints, least: float,
) -> None:  # fmt: skip
    """Break the links that are over what they bear by `least` of it, at the end of the stretch."""
    for k in range(ctl[lay.FIELDS], ctl[lay.FIELDS] + ctl[lay.LINKS]):
        bears = scene[k, lay.L_BREAKS]
        if scene[k, lay.L_ALIVE] == 0.0 or not bears < np.inf:
            continue
        pull = abs(scene[k, lay.L_NOW])
        if pull / bears - 1.0 >= least:
            scene[k, lay.L_ALIVE], scene[k, lay.L_NOW] = 0.0, pull
            _told(body, par, ctl, scene, events, marks, k, par[lay.SPAN])
    forces(body, tag, par, ctl, scene, force)
    for axis in range(3):
        for i in range(body.shape[1]):
            body[lay.GX + axis, i] = force[axis, i]


@inner
def _told(
    body: Floats, par: Floats, ctl: Ints, scene: Floats, events: Floats, marks: Ints, k: int,
    t: float,
) -> None:  # fmt: skip
    i, j = int(scene[k, lay.L_I]), int(scene[k, lay.L_J])
    at = told(events, marks, par, ctl, lay.BREAK, t, i, j)
    if at >= 0:
        events[at, lay.E_VALUE], marks[at, lay.E_INDEX] = scene[k, lay.L_NOW], k - ctl[lay.FIELDS]
        for axis in range(3):
            events[at, lay.E_X + axis] = 0.5 * (body[lay.EX + axis, i] + body[lay.EX + axis, j])


@inner
def _jerked(
    body: Floats, par: Floats, ctl: Ints, scene: Floats, start: Floats, left: float
) -> bool:
    """Break the strings that go taut in this stretch with more of a jerk than they bear.

    To stop its ends a string has one step: what it pulls is their momentum along it over that. They
    fly on arcs from `start` until then. L_NOW holds that pull, below 0 until it is told.
    """
    some = False
    for k in range(ctl[lay.FIELDS], ctl[lay.FIELDS] + ctl[lay.LINKS]):
        loose = scene[k, lay.L_KIND] == lay.STRING and scene[k, lay.L_ALIVE] > 0.0
        if not loose or not scene[k, lay.L_BREAKS] < np.inf:
            continue
        far = (1.0 - TAUT) * scene[k, lay.L_LENGTH]
        light = start[lay.INVERSE, int(scene[k, lay.L_I])]
        light += start[lay.INVERSE, int(scene[k, lay.L_J])]
        if (
            light == 0.0
            or _apart(start, scene, k, 0.0)[0] >= far
            or _apart(start, scene, k, left)[0] < far
        ):
            continue
        low, high = 0.0, left
        for _ in range(50):
            middle = 0.5 * (low + high)
            if _apart(start, scene, k, middle)[0] < far:
                low = middle
            else:
                high = middle
        pull = _apart(start, scene, k, high)[1] / (light * par[lay.TICK_SPAN])
        if pull > scene[k, lay.L_BREAKS]:
            scene[k, lay.L_ALIVE], scene[k, lay.L_NOW], some = 0.0, -pull, True
    return some


@inner
def _apart(start: Floats, scene: Floats, k: int, t: float) -> tuple[float, float]:
    """Give how far apart a link's ends are, t after a start, and how fast they part, on arcs."""
    i, j = int(scene[k, lay.L_I]), int(scene[k, lay.L_J])
    far2 = rate = 0.0
    for axis in range(3):
        r, v = start[axis, j] - start[axis, i], start[3 + axis, j] - start[3 + axis, i]
        a = start[lay.GX + axis, j] - start[lay.GX + axis, i]
        r += t * (v + 0.5 * t * a)
        far2 += r * r
        rate += r * (v + t * a)
    far = np.sqrt(far2)
    return far, rate / far if far > 0.0 else 0.0


@inner
def _tell_jerks(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, log: Floats, events: Floats,
    marks: Ints,
) -> None:  # fmt: skip
    """Tell of the strings that a jerk broke in the stretch now flown, each when it was taut."""
    for k in range(ctl[lay.FIELDS], ctl[lay.FIELDS] + ctl[lay.LINKS]):
        if scene[k, lay.L_ALIVE] > 0.0 or scene[k, lay.L_NOW] >= 0.0:
            continue
        low, high = 0.0, par[lay.SPAN]
        for _ in range(50):
            middle = 0.5 * (low + high)
            a = seen(body, tag, par, log, int(scene[k, lay.L_I]), middle)
            b = seen(body, tag, par, log, int(scene[k, lay.L_J]), middle)
            x, y, z = b[0] - a[0], b[1] - a[1], b[2] - a[2]
            if np.sqrt(x * x + y * y + z * z) < scene[k, lay.L_LENGTH]:
                low = middle
            else:
                high = middle
        scene[k, lay.L_NOW] = -scene[k, lay.L_NOW]
        _told(body, par, ctl, scene, events, marks, k, high)
