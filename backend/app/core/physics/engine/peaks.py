"""Pulls that rise above what a link bears and fall back within one stretch: when they are highest."""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay
from app.core.physics.engine.flight import seen
from app.core.physics.engine.pulls import around
from app.core.physics.engine.strain import strained

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Six rows of `force` keep the end of the stretch while another instant stands there.
PROBE = 14
NEAR = 0.9  # of what a rod bears: from there on a stretch, which turns little, may lift it over
PROBES = 16  # blows of a stretch after which rods and strings are looked at
BEFORE = 1.0 - 1e-9  # of the way to a blow: just before it
# Paths are joined by cubics here: what comes so close to what it bears is flown up to, to be sure.
CLOSE = 1.0 - 1e-5
EARLY = 1e-3  # of a stretch: its start, where the pull is known


@inner
def peak(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, force: Floats, log: Floats,
    before: Floats,
) -> float:  # fmt: skip
    """Give when, in the stretch just flown, a link first pulls harder than it bears, at its highest.

    `before` is the scene as it was at the start. The stretch's length where none does before its end.
    """
    first = par[lay.SPAN]
    start, stop = ctl[lay.FIELDS], ctl[lay.FIELDS] + ctl[lay.LINKS]
    near = False
    for k in range(start, stop):
        bears = scene[k, lay.L_BREAKS]
        if scene[k, lay.L_ALIVE] == 0.0 or not bears < np.inf:
            continue
        if scene[k, lay.L_KIND] == lay.SPRING:
            first = min(first, _spring(body, tag, par, log, scene, k))
        else:
            pull = max(abs(before[k, lay.L_NOW]), abs(scene[k, lay.L_NOW]))
            near = near or pull > NEAR * bears or ctl[lay.KNOTS] > 0
    if not near or ctl[lay.TIED] == 0:
        return first
    for k in range(start, stop):
        scene[k, lay.L_END] = scene[k, lay.L_NOW]
    first = min(first, _struck(body, tag, par, ctl, scene, force, log))
    first = min(first, _bent(body, tag, par, ctl, scene, force, log, before))
    for k in range(start, stop):
        scene[k, lay.L_NOW] = scene[k, lay.L_END]
    return first


@inner
def _spring(body: Floats, tag: Ints, par: Floats, log: Floats, scene: Floats, k: int) -> float:
    """Give when a spring first pulls too hard at a turn of its stretch, or at a blow to an end."""
    i, j, h = int(scene[k, lay.L_I]), int(scene[k, lay.L_J]), par[lay.SPAN]
    start = 0.0
    while start < h:
        stop = min(_blow(body, tag, log, i, start, h), _blow(body, tag, log, j, start, h))
        low, high = start, start + (stop - start) * BEFORE
        rate = _stretch(body, tag, par, log, scene, k, low)[1]
        if rate * _stretch(body, tag, par, log, scene, k, high)[1] < 0.0:
            for _ in range(50):
                middle = 0.5 * (low + high)
                if rate * _stretch(body, tag, par, log, scene, k, middle)[1] > 0.0:
                    low = middle
                else:
                    high = middle
        for t in (high, stop):
            pull = scene[k, lay.L_STIFF] * _stretch(body, tag, par, log, scene, k, t)[0]
            if t > EARLY * h and abs(pull) > CLOSE * scene[k, lay.L_BREAKS] and t < h:
                return t
        start = stop
    return h


@inner
def _blow(body: Floats, tag: Ints, log: Floats, i: int, after: float, end: float) -> float:
    """Give when a body's path was next broken after a time of the stretch; its end for never."""
    at, first = tag[lay.LOG, i], end
    while at >= 0:
        if log[at, 2] > after:
            first = min(first, log[at, 2])
        at = int(log[at, 15])
    return first


@inner
def _stretch(
    body: Floats, tag: Ints, par: Floats, log: Floats, scene: Floats, k: int, t: float
) -> tuple[float, float]:
    """Give by how much a spring is longer than at rest, and how fast that grows, at a time."""
    a = seen(body, tag, par, log, int(scene[k, lay.L_I]), t)
    b = seen(body, tag, par, log, int(scene[k, lay.L_J]), t)
    x = around(b[0] - a[0], par[lay.WRAP_X])
    y = around(b[1] - a[1], par[lay.WRAP_Y])
    z = around(b[2] - a[2], par[lay.WRAP_Z])
    far = np.sqrt(x * x + y * y + z * z)
    rate = x * (b[3] - a[3]) + y * (b[4] - a[4]) + z * (b[5] - a[5])
    return far - scene[k, lay.L_LENGTH], rate / far if far > 0.0 else 0.0


@inner
def _struck(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, force: Floats, log: Floats
) -> float:
    """Give the first blow of the stretch right after which a rod or a string pulls too hard."""
    first = par[lay.SPAN]
    for at in range(min(ctl[lay.KNOTS], PROBES)):
        t = log[at, 2]
        if 0.0 < t < first and _strained_at(body, tag, par, ctl, scene, force, log, t) > 0.0:
            first = t
    return first


@inner
def _bent(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, force: Floats, log: Floats,
    before: Floats,
) -> float:  # fmt: skip
    """Give when a rod or a string that nothing strikes pulls hardest, by a parabola, if too hard."""
    h = first = par[lay.SPAN]
    _strained_at(body, tag, par, ctl, scene, force, log, 0.5 * h)
    for k in range(ctl[lay.FIELDS], ctl[lay.FIELDS] + ctl[lay.LINKS]):
        if scene[k, lay.L_KIND] == lay.SPRING or scene[k, lay.L_ALIVE] == 0.0:
            continue
        was, half, end = before[k, lay.L_NOW], scene[k, lay.L_NOW], scene[k, lay.L_END]
        slope, bend = 4.0 * half - 3.0 * was - end, 2.0 * (was - 2.0 * half + end)
        at = -0.5 * slope / bend if bend != 0.0 else 1.0
        highest = abs(was + at * (slope + at * bend))
        if EARLY < at < 1.0 and highest > CLOSE * scene[k, lay.L_BREAKS]:
            first = min(first, at * h)
    return first


@inner
def _strained_at(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, force: Floats, log: Floats,
    t: float,
) -> float:  # fmt: skip
    """Write what links pull at a time of the stretch, as `strained` does at its end."""
    n = body.shape[1]
    for i in range(n):
        state = seen(body, tag, par, log, i, t)
        for row in range(6):
            force[PROBE + row, i] = state[row]
    _swap(body, force)
    over = strained(body, tag, par, ctl, scene, force, t)
    _swap(body, force)
    return over


@inner
def _swap(body: Floats, force: Floats) -> None:
    for row in range(6):
        for i in range(body.shape[1]):
            kept = force[PROBE + row, i]
            force[PROBE + row, i] = body[lay.EX + row, i]
            body[lay.EX + row, i] = kept
