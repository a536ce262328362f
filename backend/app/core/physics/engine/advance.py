"""Ticks in one call: frames, kicks of the bath, substeps chosen from the state, what was passed."""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inlined, inner, kernel
from app.core.numbers.turn import give, take
from app.core.physics.engine import door
from app.core.physics.engine import layout as lay
from app.core.physics.engine.bath import bathe
from app.core.physics.engine.breaks import CELLS, PART, SEARCH, Kept, hold, seek
from app.core.physics.engine.budget import allow, spend_step
from app.core.physics.engine.door import row_of, rows_of, stack_of, whole_row_of, whole_rows_of
from app.core.physics.engine.exact import exactly
from app.core.physics.engine.fine import accept, fine, finely_tied, leap, refuse, thick
from app.core.physics.engine.flight import flown
from app.core.physics.engine.forces import forces
from app.core.physics.engine.foresee import foresee
from app.core.physics.engine.near import neighbours
from app.core.physics.engine.pulls import feel
from app.core.physics.engine.step import check, remember, settle, substep
from app.core.physics.engine.ties import align
from app.core.physics.engine.watch import look

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# A substep turns the tightest orbit of this instant by no more than this, radians.
TURN = 0.03
DEEPEST = 12  # a tick has at most 2**DEEPEST times its first count of substeps
REFRACTORY = 3.6  # ticks: 30 ms


@kernel
def advance(table: Ints, frames: Floats, gone: int, dt: float, anchor: float, before: float) -> int:
    """Play a tick of dt for each frame, from `gone` ticks after the universe time `anchor`.

    The tick before the anchor began at the time `before`. `table` is that of a door; `frames`
    (ticks, bodies, 6) takes place and velocity at the start of each tick. Gives how many events
    there are, or -1: then DONE counts the ticks played and FAULT says why there are fewer. Where
    a table was too small everything is as it was before, so that the same call can be made again
    with a larger one.
    """
    give(table[door.TURN, 0])
    body, tag = rows_of(table, door.BODY), whole_rows_of(table, door.TAG)
    par, ctl = row_of(table, door.PAR), whole_row_of(table, door.CTL)
    force, log = rows_of(table, door.FORCE), rows_of(table, door.LOG)
    queue, pairs = rows_of(table, door.QUEUE), whole_rows_of(table, door.PAIRS)
    first, near = whole_row_of(table, door.FIRST), whole_row_of(table, door.NEAR)
    cells, bonds = whole_rows_of(table, door.CELLS), stack_of(table, door.BONDS)
    scene, items = rows_of(table, door.SCENE), whole_rows_of(table, door.ITEMS)
    events, marks = rows_of(table, door.EVENTS), whole_rows_of(table, door.MARKS)
    finest, values = row_of(table, door.FINEST), row_of(table, door.VALUES)
    last = rows_of(table, door.LAST)
    times = np.empty(frames.shape[0] + 1)
    for k in range(times.size):
        times[k] = before if gone + k == -1 else anchor + (gone + k) * dt
    n, bound = body.shape[1], ctl[lay.BONDS]
    was = (body.copy(), tag.copy(), par.copy(), ctl.copy(), scene.copy(), last.copy())
    pulls, pressed = force[:3, :n].copy(), bonds[0, :bound].copy()
    listed = (first.copy(), near[: first[n]].copy())
    some = 1 if ctl[lay.BRITTLE] else 0
    kept = (body[:, : some * n].copy(), tag[:, : some * n].copy(), par.copy(), ctl.copy(),
            scene.copy(), bonds[0, : some * bonds.shape[1]].copy(), np.zeros(CELLS))  # fmt: skip
    _play(body, tag, par, ctl, force, log, queue, pairs, first, near, cells, bonds, scene, events,
          marks, items, finest, values, last, times, dt, frames, kept)  # fmt: skip
    fault = ctl[lay.FAULT]
    if fault != lay.OK and fault != lay.BLOWN:
        body[:], tag[:], par[:], ctl[:], scene[:], last[:] = was
        force[:3, :n], bonds[0, :bound] = pulls, pressed
        first[:], near[: listed[1].size] = listed
        ctl[lay.FAULT] = fault
    take(table[door.TURN, 0])
    return ctl[lay.EVENTS] if fault == lay.OK else -1


@inner
def _play(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, force: Floats, log: Floats, queue: Floats,
    pairs: Ints, first: Ints, near: Ints, cells: Ints, bonds: Floats, scene: Floats,
    events: Floats,
    marks: Ints, items: Ints, finest: Floats, values: Floats, last: Floats, times: Floats, dt: float, frames: Floats,
    kept: Kept,
) -> None:  # fmt: skip
    ctl[lay.DONE], ctl[lay.EVENTS], ctl[lay.FAULT] = 0, 0, lay.OK
    n = body.shape[1]
    if par[lay.GAP] == 0.0 and par[lay.FLUID] > 0.0:
        # How a medium drags what is very light depends on the step, which nobody knew before.
        par[lay.TICK_SPAN] = min(dt, par[lay.STEP])
        forces(body, tag, par, ctl, scene, force)
    par[lay.GAP] = REFRACTORY * dt
    for k in range(times.size - 1):
        par[lay.FIRST] = par[lay.NOW] = times[k]
        for i in range(n):
            for row in range(6):
                frames[k, i, row] = body[row, i]
        allow(ctl, n)
        if par[lay.TEMPERATURE] > 0.0:
            bathe(body, tag, par, ctl, scene, dt)
        _tick(body, tag, par, ctl, force, log, queue, pairs, first, near, cells, bonds, scene,
              events, marks, items, finest, values, last, dt, kept)  # fmt: skip
        if ctl[lay.FAULT] != lay.OK:
            return
        if ctl[lay.EVENTS] > events.shape[0]:
            # Looked at in each tick: after a blow-up in a later one nobody asks again.
            ctl[lay.FAULT] = lay.MORE_EVENTS
            return
        feel(par, dt)
        ctl[lay.TICK] += 1
        ctl[lay.DONE] += 1
    par[lay.NOW] = par[lay.FIRST] = times[times.size - 1]


@inlined
def _tick(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, force: Floats, log: Floats, queue: Floats,
    pairs: Ints, first: Ints, near: Ints, cells: Ints, bonds: Floats, scene: Floats,
    events: Floats,
    marks: Ints, items: Ints, finest: Floats, values: Floats, last: Floats, dt: float,
    kept: Kept,
) -> None:  # fmt: skip
    """Play one tick in substeps that halve where a close pass asks for it."""
    parts = max(int(min(np.ceil(dt / par[lay.STEP] - 1e-9), 4096.0)), 1)
    start = par[lay.NOW]
    length = par[lay.TICK_SPAN] = dt / parts
    for part in range(parts):
        par[lay.NOW] = start + part * length
        at = 0
        while at < 1 << DEEPEST:
            level = _level(par, length) if ctl[lay.STEPS] > 0 else 0
            if ctl[lay.PRECISE]:
                # Its own error says how far it gets at once; rods and strings want four times the steps.
                level = min(level + 2, DEEPEST) if ctl[lay.TIED] else 0
            # A coarser step may only begin where it would have begun from the start.
            while at & ((1 << (DEEPEST - level)) - 1) != 0:
                level += 1
            h = length / (1 << level) if level > 0 else length
            left = h
            while left > 0.0:
                left -= _fly(body, tag, par, ctl, force, log, queue, pairs, first, near, cells, bonds, scene,
                             events, marks, items, finest, values, last, kept, left, level)  # fmt: skip
                if ctl[lay.FAULT] != lay.OK:
                    return
            at += 1 << (DEEPEST - level)


@inlined
def _fly(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, force: Floats, log: Floats, queue: Floats,
    pairs: Ints, first: Ints, near: Ints, cells: Ints, bonds: Floats, scene: Floats,
    events: Floats, marks: Ints, items: Ints, finest: Floats, values: Floats, last: Floats,
    kept: Kept, left: float, level: int,
) -> float:  # fmt: skip
    """Fly what is left of a substep, or up to where the next link breaks; gives how far that was."""
    span, again, sound = left, True, False
    if items.shape[0] > 0 or ctl[lay.BRITTLE]:
        remember(body)
    if ctl[lay.BRITTLE]:
        hold(body, tag, par, ctl, scene, bonds, kept, left)
    while again:
        sound = _move(body, tag, par, ctl, force, log, queue, pairs, first, near, cells, bonds,
                      scene, events, marks, span)  # fmt: skip
        again = ctl[lay.BRITTLE] > 0 and ctl[lay.FAULT] == lay.OK
        if again:
            again = seek(body, tag, par, ctl, scene, log, bonds, force, events, marks, kept)
            span = kept[SEARCH][PART]
    if level > 0:
        spend_step(par, ctl, events, marks)
    if ctl[lay.FAULT] == lay.OK and not sound:
        check(body, ctl)
    if ctl[lay.FAULT] != lay.OK:
        return left
    if items.shape[0] > 0:
        look(body, tag, par, ctl, scene, log, force, items, finest, values, last, events, marks)
    settle(body, tag, par, ctl, span)
    if ctl[lay.WRAPPED]:
        # What went round the world has not passed anything on the way.
        ctl[lay.WRAPPED] = 0
        for k in range(items.shape[0]):
            last[k, 0] = np.nan
    return span


@inlined
def _move(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, force: Floats, log: Floats, queue: Floats,
    pairs: Ints, first: Ints, near: Ints, cells: Ints, bonds: Floats, scene: Floats,
    events: Floats, marks: Ints, h: float,
) -> bool:  # fmt: skip
    """Take one substep by the plainest way that serves; True where nobody left the numbers."""
    if ctl[lay.PLAIN] and ctl[lay.FINE] == 0:
        return leap(body, tag, par, ctl, scene, force, h)
    if ctl[lay.FINE] == 0 or not _finely(
        body, tag, par, ctl, scene, force, log, queue, pairs, first, near, cells, events, marks, h
    ):
        substep(body, tag, par, ctl, force, log, queue, pairs, first, near, cells, bonds,
                scene, events, marks, h)  # fmt: skip
    return False


@inner
def _level(par: Floats, length: float) -> int:
    """Give how often to halve a substep so that the tightest orbit turns little in it.

    Both ends count, the far one as the pair's approach foretells it: the way in is stepped like
    the way out, so that a pass by the sun does not pump energy.
    """
    level = 0
    quickest, closing = par[lay.QUICKEST], par[lay.CLOSING]
    h = length
    while level < DEEPEST:
        near = max(1.0 - closing * h, 0.25) if closing > 0.0 else 1.0
        if quickest * h * h <= TURN * TURN * near * near * near:
            break
        h *= 0.5
        level += 1
    return level


@inlined
def _finely(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, force: Floats, log: Floats,
    queue: Floats, pairs: Ints, first: Ints, near: Ints, cells: Ints, events: Floats, marks: Ints,
    h: float,
) -> bool:  # fmt: skip
    """Take a substep of fourth order, unless somebody meets something or is dragged too much."""
    if ctl[lay.PLAIN] == 0 and thick(body, h):
        return False
    if ctl[lay.TIED]:
        finely_tied(body, tag, par, ctl, scene, force, h)
    elif ctl[lay.PRECISE]:
        # The log of paths is not in use where nothing touches: it is as wide as sixteen bodies.
        exactly(body, tag, par, ctl, scene, force, log, h)
    else:
        fine(body, tag, par, ctl, scene, force, h)
    if ctl[lay.TOUCHING]:
        neighbours(body, tag, par, ctl, pairs, first, near, cells, log)
        if ctl[lay.FAULT] == lay.OK:
            foresee(body, tag, par, ctl, queue, first, near)
        if ctl[lay.QUEUE] > 0 or ctl[lay.FAULT] != lay.OK:
            refuse(body, force)
            return False
    accept(body, force)
    return True


@kernel
def begin(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, force: Floats, now: float
) -> None:
    """Set the bodies on rails where they are at `now` and take every force anew."""
    par[lay.NOW] = par[lay.FIRST] = now
    par[lay.SPAN] = 0.0
    par[lay.SLACK] = -1.0
    for i in range(body.shape[1]):
        body[lay.T, i] = 0.0
        tag[lay.LOG, i], tag[lay.STAMP, i], tag[lay.HELD, i] = -1, 0, 0
        # Whatever changed may set a sleeper moving.
        body[lay.SLOW, i] = 0.0
        if body[lay.VX, i] == 0.0 and body[lay.VY, i] == 0.0 and body[lay.VZ, i] == 0.0:
            tag[lay.RESTED, i] = 1
    for i in range(body.shape[1]):
        if tag[lay.KIND, i] == lay.RAILS:
            state = flown(body, tag, par, i, 0.0)
            for row in range(6):
                body[row, i] = state[row]
        for row in range(6):
            body[lay.EX + row, i] = body[row, i]
    turns = 0.0
    if ctl[lay.TIED]:
        align(body, par, ctl, scene)
        turns = par[lay.QUICKEST]
    forces(body, tag, par, ctl, scene, force)
    par[lay.QUICKEST] = max(par[lay.QUICKEST], turns)
    for axis in range(3):
        for i in range(body.shape[1]):
            body[lay.GX + axis, i] = force[axis, i]
