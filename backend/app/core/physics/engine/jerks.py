"""Strings that a jerk breaks as they go taut: they have pulled nothing before it."""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay
from app.core.physics.engine.bounce import told
from app.core.physics.engine.flight import seen
from app.core.physics.engine.pulls import around
from app.core.physics.engine.strain import TAUT

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@inner
def torn(
    body: Floats, par: Floats, ctl: Ints, scene: Floats, events: Floats, marks: Ints, k: int,
    t: float,
) -> None:  # fmt: skip
    """Tell that a link broke, at t of the substep: between its ends, with what it pulled."""
    i, j = int(scene[k, lay.L_I]), int(scene[k, lay.L_J])
    at = told(events, marks, par, ctl, lay.BREAK, t, i, j)
    if at >= 0:
        events[at, lay.E_VALUE], marks[at, lay.E_INDEX] = scene[k, lay.L_NOW], k - ctl[lay.FIELDS]
        for axis in range(3):
            edge = par[lay.WRAP_X + axis]
            half = 0.5 * around(body[lay.EX + axis, j] - body[lay.EX + axis, i], edge)
            events[at, lay.E_X + axis] = around(body[lay.EX + axis, i] + half, edge)


@inner
def jerked(body: Floats, par: Floats, ctl: Ints, scene: Floats, start: Floats, left: float) -> bool:
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
            or _apart(start, par, scene, k, 0.0)[0] >= far
            or _apart(start, par, scene, k, left)[0] < far
        ):
            continue
        low, high = 0.0, left
        for _ in range(50):
            middle = 0.5 * (low + high)
            if _apart(start, par, scene, k, middle)[0] < far:
                low = middle
            else:
                high = middle
        pull = _apart(start, par, scene, k, high)[1] / (light * par[lay.TICK_SPAN])
        if pull > scene[k, lay.L_BREAKS]:
            scene[k, lay.L_ALIVE], scene[k, lay.L_NOW], some = 0.0, -pull, True
    return some


@inner
def _apart(start: Floats, par: Floats, scene: Floats, k: int, t: float) -> tuple[float, float]:
    """Give how far apart a link's ends are, t after a start, and how fast they part, on arcs."""
    i, j = int(scene[k, lay.L_I]), int(scene[k, lay.L_J])
    far2 = rate = 0.0
    for axis in range(3):
        r, v = start[axis, j] - start[axis, i], start[3 + axis, j] - start[3 + axis, i]
        a = start[lay.GX + axis, j] - start[lay.GX + axis, i]
        r = around(r + t * (v + 0.5 * t * a), par[lay.WRAP_X + axis])
        far2 += r * r
        rate += r * (v + t * a)
    far = np.sqrt(far2)
    return far, rate / far if far > 0.0 else 0.0


@inner
def tell_jerks(
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
            x = around(b[0] - a[0], par[lay.WRAP_X])
            y = around(b[1] - a[1], par[lay.WRAP_Y])
            z = around(b[2] - a[2], par[lay.WRAP_Z])
            if np.sqrt(x * x + y * y + z * z) < scene[k, lay.L_LENGTH]:
                low = middle
            else:
                high = middle
        scene[k, lay.L_NOW] = -scene[k, lay.L_NOW]
        torn(body, par, ctl, scene, events, marks, k, high)
