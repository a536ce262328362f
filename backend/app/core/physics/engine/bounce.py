"""One impact: bring the bodies there, change their velocities, tell who listens."""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay
from app.core.physics.engine.blows import brought, gather, go_on, lightness_tied, pushed_tied
from app.core.physics.engine.contact import toward
from app.core.physics.engine.flight import bend
from app.core.physics.engine.friction import rubbed
from app.core.physics.engine.impact import mixed, slowest
from app.core.physics.engine.islands import weight
from app.core.physics.engine.spin import roll

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Vector = tuple[float, float, float]

# What is slower than this part of the fastest body is rounding, not an onset.
AUDIBLE = 1e-9


@inner
def told(
    events: Floats, marks: Ints, par: Floats, ctl: Ints, kind: int, t: float, i: int, j: int
) -> int:
    """Write an event down; gives its row, or -1 where the table is full (the count goes on)."""
    at = ctl[lay.EVENTS]
    ctl[lay.EVENTS] = at + 1
    if at >= events.shape[0]:
        return -1
    for cell in range(events.shape[1]):  # its marks, too
        events[at, cell] = 0.0
    events[at, lay.E_OFFSET] = par[lay.NOW] - par[lay.FIRST] + t
    events[at, lay.E_TIME] = par[lay.NOW] + t
    marks[at, lay.E_KIND], marks[at, lay.E_TICK] = kind, ctl[lay.TICK]
    marks[at, lay.E_I], marks[at, lay.E_J], marks[at, lay.E_P] = i, j, -1
    marks[at, lay.E_WATCH], marks[at, lay.E_WALL] = -1, -1
    return at


@inner
def hit_wall(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, log: Floats, events: Floats,
    marks: Ints, i: int, wall: int, t: float,
) -> None:  # fmt: skip
    """Bounce a body off a wall at t, or lay it to rest there."""
    brought(body, tag, par, ctl, log, i, t)
    gather(body, tag, par, ctl, log, i, -1, t)
    axis, sign = wall % 3, (1.0 if wall < 3 else -1.0)
    if tag[lay.KIND, i] == lay.FREE:
        body[axis, i] = par[lay.LOW_X + wall] + sign * body[lay.RADIUS, i]
    n = (sign if axis == 0 else 0.0, sign if axis == 1 else 0.0, sign if axis == 2 else 0.0)
    speed = -sign * body[lay.VX + axis, i]
    press = -sign * body[lay.WX + axis, i]
    elasticity = body[lay.BOUNCE, i]
    rests = speed <= slowest(par, press, elasticity, body[lay.RADIUS, i]) or ctl[lay.BUDGET] < 0
    light = lightness_tied(body, tag, par, ctl, scene, i, -1, n)
    if light == 0.0:
        go_on(body, tag, par, ctl, scene, i, -1, t)
        return
    if ctl[lay.ABSORB] and tag[lay.KIND, i] == lay.FREE:
        elasticity, rests = 0.0, False
    impulse = speed / light if rests else (1.0 + elasticity) * speed / light
    pushed_tied(body, tag, i, -1, impulse, n)
    if tag[lay.KIND, i] == lay.FREE:
        body[lay.VX + axis, i] = 0.0 if rests else sign * elasticity * speed
    rubbed(body, tag, par, i, -1, n, impulse, body[lay.RUB, i])
    par[lay.WALL_PUSH] += impulse if light < 1e29 else 0.0
    if rests:
        hold(body, tag, i, wall)
    mass = body[lay.MASS, i]
    if ctl[lay.ABSORB] and tag[lay.KIND, i] == lay.FREE:
        take_out(body, tag, i)
    bend(body, i, par[lay.SPAN] - t)
    go_on(body, tag, par, ctl, scene, i, -1, t)
    if rests:
        body[lay.AX + axis, i] = max(sign * body[lay.AX + axis, i], 0.0) * sign
    if rests or speed <= AUDIBLE * par[lay.FASTEST]:
        return
    at = told(events, marks, par, ctl, lay.COLLISION, t, i, -1)
    if at < 0:
        return
    for row in range(3):
        events[at, lay.E_X + row] = body[row, i] - n[row] * body[lay.RADIUS, i]
    events[at, lay.E_IMPULSE], events[at, lay.E_SPEED] = impulse, speed
    events[at, lay.E_ENERGY] = 0.5 * mass * speed * speed
    marks[at, lay.E_WALL] = wall
    marks[at, lay.E_SIDE] = 1 if wall == 3 else 0


@inner
def take_out(body: Floats, tag: Ints, i: int) -> None:
    """Let a wall keep a body: it stays where it was taken, and touches and pulls nothing more."""
    tag[lay.GONE, i], tag[lay.TOUCH, i], tag[lay.KIND, i] = 1, 0, lay.FIXED
    # What is measured of the whole just before still counts its mass.
    body[lay.LENGTH, i] = body[lay.MASS, i]
    body[lay.MASS, i] = body[lay.INVERSE, i] = body[lay.DRAG, i] = 0.0
    for axis in range(3):
        body[lay.VX + axis, i] = body[lay.AX + axis, i] = body[lay.GX + axis, i] = 0.0
        body[lay.EX + axis, i], body[lay.EVX + axis, i] = body[axis, i], 0.0


@inner
def hold(body: Floats, tag: Ints, i: int, wall: int) -> None:
    """Let a wall carry a body: what presses it there is taken by the wall until the substep ends."""
    axis, sign = wall % 3, (1.0 if wall < 3 else -1.0)
    if tag[lay.KIND, i] != lay.FREE or sign * body[lay.GX + axis, i] > 0.0:
        return
    body[lay.GX + axis, i] = 0.0
    tag[lay.HELD, i] |= 1 << axis


@inner
def pressing(body: Floats, tag: Ints, i: int, j: int, n: Vector) -> float:
    """Give the force per mass that presses i on j along n: all of it where one of them is held."""
    if tag[lay.HELD, i] or tag[lay.HELD, j]:
        return weight(body, i, j)
    press = 0.0
    for axis in range(3):
        press += n[axis] * (body[lay.WX + axis, i] - body[lay.WX + axis, j])
    return press


@inner
def hit_pair(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, log: Floats, events: Floats,
    marks: Ints, i: int, j: int, t: float,
) -> bool:  # fmt: skip
    """Bounce two bodies off each other at t; True where they came to rest against each other."""
    brought(body, tag, par, ctl, log, i, t)
    brought(body, tag, par, ctl, log, j, t)
    gather(body, tag, par, ctl, log, i, j, t)
    x, y, z = toward(body, par, i, j)
    d = np.sqrt(x * x + y * y + z * z)
    # Two points at one place part along x.
    n = (x / d, y / d, z / d) if d > 0.0 else (1.0, 0.0, 0.0)
    speed = ui = uj = 0.0
    for axis in range(3):
        speed += n[axis] * (body[lay.VX + axis, i] - body[lay.VX + axis, j])
        ui += body[lay.VX + axis, i] * body[lay.VX + axis, i]
        uj += body[lay.VX + axis, j] * body[lay.VX + axis, j]
    light = lightness_tied(body, tag, par, ctl, scene, i, j, n)
    if light == 0.0 or speed < 0.0:
        go_on(body, tag, par, ctl, scene, i, j, t)
        return True
    reach = body[lay.RADIUS, i] + body[lay.RADIUS, j]
    elasticity = mixed(body[lay.BOUNCE, i], body[lay.BOUNCE, j])
    press = pressing(body, tag, i, j, n)
    # Where a tick's budget of impacts is spent, the rest of them take all of the approach.
    rests = speed <= slowest(par, press, elasticity, reach) or ctl[lay.BUDGET] < 0
    impulse = speed / light if rests else (1.0 + elasticity) * speed / light
    pushed_tied(body, tag, i, j, -impulse, n)
    rub = mixed(body[lay.RUB, i], body[lay.RUB, j])
    rubbed(body, tag, par, i, j, (-n[0], -n[1], -n[2]), impulse, rub)
    bend(body, i, par[lay.SPAN] - t)
    bend(body, j, par[lay.SPAN] - t)
    go_on(body, tag, par, ctl, scene, i, j, t)
    if rests or speed <= AUDIBLE * par[lay.FASTEST]:
        return rests
    # The subject is the one that was struck: the slower of the two.
    struck, striker = (i, j) if ui <= uj else (j, i)
    at = told(events, marks, par, ctl, lay.COLLISION, t, struck, striker)
    if at < 0:
        return False
    for row in range(3):
        events[at, lay.E_X + row] = body[row, i] + n[row] * body[lay.RADIUS, i]
    events[at, lay.E_IMPULSE], events[at, lay.E_SPEED] = impulse, speed
    events[at, lay.E_ENERGY] = 0.5 * speed * speed / light
    marks[at, lay.E_SIDE] = 0 if body[0, striker] < body[0, struck] else 1
    return False


@inner
def stopped(body: Floats, tag: Ints, par: Floats, ctl: Ints, log: Floats, i: int, t: float) -> None:
    """End a slide at the instant friction has taken all of its speed: it rests, or it rolls."""
    brought(body, tag, par, ctl, log, i, t)
    if par[lay.INERTIA] > 0.0 and body[lay.RADIUS, i] > 0.0:
        roll(body, tag, par, i)
        return
    for axis in range(3):
        body[lay.VX + axis, i] = 0.0
        body[lay.AX + axis, i] = 0.0
        body[lay.GX + axis, i] = 0.0
    tag[lay.HELD, i] = 7
