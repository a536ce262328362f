"""Find the exact instant of what is waited for: a change of sign in a substep, then its root."""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.angles import TAU
from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay
from app.core.physics.engine.bounce import told
from app.core.physics.engine.flight import seen
from app.core.physics.engine.kepler import Sextet
from app.core.physics.engine.measure import (
    B_ACCELERATION,
    B_HEIGHT,
    B_Z,
    accelerated,
    body_value,
    nearest,
    pair_value,
    size,
)
from app.core.physics.engine.pulls import around
from app.core.physics.engine.reading import whole_at

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# An item: what to wait for, of whom, which values, for which watch, which way.
W_KIND, W_CODE, W_I, W_J, W_P, W_FIRST, W_COUNT, W_WATCH, W_DIRECTION, W_RANK, W_ROUND = range(11)
ITEM = 11
BOTH = 0
# What is this close to the start of a universe, in substeps, falls on it.
AT_ONCE = 1e-9
# Radial speed below this part of the speed is that of a circle, rounded.
CIRCLE = 1e-9
STILL = 1e-13  # radians a step
ANGLE = 0.05  # radians: no orbit is stepped more coarsely; what passes quicker by is no circle
# A measure that changes by less than this part of itself, or an angle by this, is rounded.
GRAIN = 4e-15
# What an edit left where it was goes on from what it showed; told by 2 more in `last`.
KEPT = 2.0
TOUCHING = 1.005  # of the distance at which two bodies touch


@inner
def signal(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, log: Floats, force: Floats,
    items: Ints, k: int, t: float,
) -> tuple[float, bool]:  # fmt: skip
    """Give what an item looks at, at a time of the substep, and whether a root there would count."""
    kind, i, j, p = items[k, W_KIND], items[k, W_I], items[k, W_J], items[k, W_P]
    if i < 0:
        code = items[k, W_CODE] - lay.WHOLE
        return whole_at(body, tag, par, ctl, scene, log, force, code, t), True
    a = seen(body, tag, par, log, i, t)
    b = seen(body, tag, par, log, j, t) if j >= 0 else a
    c = seen(body, tag, par, log, p, t) if p >= 0 else (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    if kind == lay.CROSSING:
        if j >= 0:
            return pair_value(body, tag, par, items[k, W_CODE], i, j, p, a, b, c, t), True
        if items[k, W_CODE] == B_ACCELERATION:
            return accelerated(body, tag, par, i, a, t, t / par[lay.SPAN]), True
        return body_value(body, tag, par, items[k, W_CODE], i, p, a, c, t), True
    if kind == lay.TRANSIT:
        return _behind(par, nearest(par, a, c))
    if kind == lay.CONJUNCTION:
        ra, rb = nearest(par, a, c), nearest(par, b, c)
        ahead = ra[0] * rb[0] + ra[1] * rb[1] > 0.0
        return rb[0] * ra[1] - rb[1] * ra[0], ahead
    r = nearest(par, a, c)
    if kind == lay.ESCAPE or kind == lay.CAPTURE:
        pull = par[lay.GRAVITATION] * (body[lay.MASS, i] + body[lay.MASS, p])
        speed2 = r[3] * r[3] + r[4] * r[4] + r[5] * r[5]
        # Energy times distance: the same sign, and no pole.
        return 0.5 * speed2 * size(r[0], r[1], r[2]) - pull, pull > 0.0
    return _radial(body, tag, par, ctl, i, p, r)


@inner
def _behind(par: Floats, r: Sextet) -> tuple[float, bool]:
    """Give half the rate at which the square of the sky-projected distance grows, and if in front."""
    x, y, z = par[lay.SEE_X], par[lay.SEE_X + 1], par[lay.SEE_X + 2]
    depth = r[0] * x + r[1] * y + r[2] * z
    speed = r[3] * x + r[4] * y + r[5] * z
    along = r[0] * r[3] + r[1] * r[4] + r[2] * r[5]
    return along - depth * speed, depth > 1e-9 * size(r[0], r[1], r[2])


@inner
def _radial(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, i: int, p: int, r: Sextet
) -> tuple[float, bool]:
    """Give radial speed times distance, and whether it is more than what steps and rounding make.

    A circle stepped in the second order is an ellipse as thin as the square of the angle of a step,
    or in the fourth order as its fourth power; neither what stands still nor what lies against its centre has apsides.
    """
    out = r[0] * r[3] + r[1] * r[4] + r[2] * r[5]
    far, speed = size(r[0], r[1], r[2]), size(r[3], r[4], r[5])
    turn = speed * par[lay.SPAN] / far if far > 0.0 else 0.0
    least, reach = CIRCLE, 0.0
    if tag[lay.KIND, i] != lay.RAILS:
        angle = min(turn, ANGLE)
        cube = angle * angle * angle
        least += 10.0 * angle * angle * cube if ctl[lay.FINE] else 0.25 * cube
    if p >= 0 and tag[lay.TOUCH, i] and tag[lay.TOUCH, p]:
        reach = (body[lay.RADIUS, i] + body[lay.RADIUS, p]) * TOUCHING
    return out, abs(out) > least * far * speed and turn > STILL and far > reach


@inner
def look(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, log: Floats, force: Floats,
    items: Ints, finest: Floats, values: Floats, last: Floats, events: Floats, marks: Ints,
) -> None:  # fmt: skip
    """Write down what every item passed in the substep just flown.

    `finest` is the longest stretch in which an item changes sign at most once; `last` (items, 2)
    holds what it showed at the end of the last substep and whether that counts, nan at first.
    """
    h = par[lay.SPAN]
    for k in range(items.shape[0]):
        soon = np.nan
        if last[k, 1] >= KEPT:
            _kept_on(body, tag, par, ctl, scene, log, force, items, last, k)
        if last[k, 0] != last[k, 0]:
            last[k, 0], good = signal(body, tag, par, ctl, scene, log, force, items, k, 0.0)
            last[k, 1] = 1.0 if good else 0.0
            if ctl[lay.TICK] == 0 and par[lay.NOW] == 0.0:
                # A universe begins: what lies on its very first instant has not been told yet.
                soon, good = signal(
                    body, tag, par, ctl, scene, log, force, items, k, 1e3 * AT_ONCE * h
                )
                if items[k, W_KIND] != lay.CROSSING:
                    last[k, 0] = _since(last[k, 0], soon)
        parts = 1 if h <= finest[k] else int(min(np.ceil(h / finest[k]), 1e6))
        start = 0.0
        for part in range(1, parts + 1):
            end = h if part == parts else h * part / parts
            value, good = signal(body, tag, par, ctl, scene, log, force, items, k, end)
            if soon != soon and _stands(items, k, last[k, 0], value):
                start, last[k, 1] = end, 1.0 if good else 0.0
                continue
            if items[k, W_KIND] == lay.CROSSING:
                _levels(body, tag, par, ctl, scene, log, force, items, values, k, events, marks,
                        (start, end, last[k, 0], value), soon)  # fmt: skip
            elif (value >= 0.0) != (last[k, 0] >= 0.0):
                _passed(body, tag, par, ctl, scene, log, force, items, k, events, marks,
                        (start, end, last[k, 0], value), good or last[k, 1] > 0.0)  # fmt: skip
            start, soon = end, np.nan
            last[k, 0], last[k, 1] = value, 1.0 if good else 0.0


@inner
def _stands(items: Ints, k: int, before: float, after: float) -> bool:
    """Tell whether a measure has changed by nothing but rounding: a circle keeps its speed.

    Then what it showed is kept, so that a slow change adds up until it is one.
    """
    change = abs(after - before)
    if items[k, W_KIND] == lay.CROSSING and items[k, W_ROUND]:
        return min(change, abs(change - TAU)) <= GRAIN * TAU
    return 0.0 < change <= GRAIN * (abs(before) + abs(after))


@inner
def _kept_on(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, log: Floats, force: Floats,
    items: Ints, last: Floats, k: int,
) -> None:  # fmt: skip
    """Go on after an edit from what an item showed before it, if that is what it shows but for rounding.

    What falls on the tick of the edit is so told once: by the side it was on, not by that it is on now.
    """
    last[k, 1] -= KEPT
    now, _ = signal(body, tag, par, ctl, scene, log, force, items, k, 0.0)
    soon, _ = signal(
        body, tag, par, ctl, scene, log, force, items, k, 1e3 * AT_ONCE * par[lay.SPAN]
    )
    if not abs(now - last[k, 0]) <= 1e-3 * abs(soon - now):
        last[k, 0] = np.nan


@inner
def _since(first: float, soon: float) -> float:
    """Give what to take for the value at the very start: the far side of 0, if 0 lies on it."""
    return -soon if abs(first) <= 1e-3 * abs(soon - first) else first


@inner
def _turn(par: Floats, items: Ints, k: int, level: float) -> float:
    """Give after how much a measure comes round to where it was; 0: it does not."""
    if items[k, W_ROUND]:
        return TAU
    code = items[k, W_CODE]
    if items[k, W_J] >= 0 or items[k, W_I] < 0 or (code > B_Z and code != B_HEIGHT):
        return 0.0
    edge = par[lay.WRAP_Y] if code == B_HEIGHT else par[lay.WRAP_X + code]
    return edge if abs(level) <= 0.5 * edge else 0.0


@inner
def _levels(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, log: Floats, force: Floats,
    items: Ints, values: Floats, k: int, events: Floats, marks: Ints,
    span: tuple[float, float, float, float], soon: float,
) -> None:  # fmt: skip
    """Write down every value an item's measure passed between two of its times."""
    start, end, before, after = span
    direction = items[k, W_DIRECTION]
    for at in range(items[k, W_COUNT]):
        level = values[items[k, W_FIRST] + at]
        turn = _turn(par, items, k, level)
        low, high = around(before - level, turn), around(after - level, turn)
        if soon == soon:
            low = _since(low, around(soon - level, turn))
        # A change of sign on the far side of the circle is no crossing.
        if (high >= 0.0) == (low >= 0.0) or (turn > 0.0 and abs(low) + abs(high) > 0.477 * turn):
            continue
        way = 1 if high >= 0.0 else -1
        if direction != BOTH and direction != way:
            continue
        t = _root(body, tag, par, ctl, scene, log, force, items, k, (start, end, low, high),
                  level, turn)  # fmt: skip
        row = _written(body, tag, par, ctl, log, items, k, events, marks, t)
        if row >= 0:
            marks[row, lay.E_INDEX], marks[row, lay.E_DIRECTION] = at, way
            events[row, lay.E_VALUE] = level


@inner
def _passed(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, log: Floats, force: Floats,
    items: Ints, k: int, events: Floats, marks: Ints, span: tuple[float, float, float, float],
    counts: bool,
) -> None:  # fmt: skip
    """Write down a change of sign, if it is what the item waits for."""
    way = 1 if span[3] >= 0.0 else -1
    kind = items[k, W_KIND]
    # A transit is a least distance, not a greatest one; a circle has no apsides.
    if not counts or (way < 0 and (kind == lay.TRANSIT or kind == lay.ESCAPE)):
        return
    if kind == lay.CAPTURE and way > 0:
        return
    direction = items[k, W_DIRECTION]
    if direction != BOTH and direction != way:
        return
    t = _root(body, tag, par, ctl, scene, log, force, items, k, span, 0.0, 0.0)
    row = _written(body, tag, par, ctl, log, items, k, events, marks, t)
    if row >= 0:
        marks[row, lay.E_INDEX], marks[row, lay.E_DIRECTION] = items[k, W_RANK], way


@inner
def _root(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, log: Floats, force: Floats,
    items: Ints, k: int, span: tuple[float, float, float, float], level: float, turn: float,
) -> float:  # fmt: skip
    """Close in on a change of sign: false position after Illinois, halving where that is slow."""
    a, b, fa, fb = span
    grain = 1e-15 * (1.0 + abs(par[lay.SPAN])) * par[lay.SPAN]
    for step in range(80):
        wide = b - a
        if wide <= grain:
            break
        t = b - fb * wide / (fb - fa) if step % 4 != 3 else 0.5 * (a + b)
        if not a < t < b:
            t = 0.5 * (a + b)
        f = signal(body, tag, par, ctl, scene, log, force, items, k, t)[0] - level
        f = around(f, turn)
        if f == 0.0:
            return t
        if (f >= 0.0) == (fb >= 0.0):
            b, fb = t, f
            fa *= 0.5
        else:
            a, fa = t, f
            fb *= 0.5
    return b


@inner
def _written(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, log: Floats, items: Ints, k: int,
    events: Floats, marks: Ints, t: float,
) -> int:  # fmt: skip
    """Write an item's event down at t, where its subject is; gives its row."""
    i = items[k, W_I]
    row = told(events, marks, par, ctl, items[k, W_KIND], t, i, items[k, W_J])
    if row >= 0 and i >= 0:
        place = seen(body, tag, par, log, i, t)
        events[row, lay.E_X], events[row, lay.E_X + 1], events[row, lay.E_X + 2] = (
            place[0],
            place[1],
            place[2],
        )
    if row >= 0:
        marks[row, lay.E_P], marks[row, lay.E_WATCH] = items[k, W_P], items[k, W_WATCH]
    return row
