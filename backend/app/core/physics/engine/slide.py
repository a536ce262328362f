"""What lies or slides on a wall: the wall carries it, Coulomb's friction slows it."""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay
from app.core.physics.engine.bounce import hold
from app.core.physics.engine.flight import bend
from app.core.physics.engine.impact import slowest
from app.core.physics.engine.queue import STOP, put
from app.core.physics.engine.spin import ends, rub

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@inner
def carry(body: Floats, tag: Ints, par: Floats, ctl: Ints, i: int) -> None:
    """Let the walls carry what lies on them; what slides there is slowed by Coulomb's friction."""
    press = most = 0.0
    for axis in range(3):
        load = abs(body[lay.WX + axis, i])
        if load == 0.0:
            continue
        # It can only lie on the wall it is pressed to.
        wall = axis if body[lay.WX + axis, i] < 0.0 else axis + 3
        sign, place = (1.0 if wall < 3 else -1.0), par[lay.LOW_X + wall]
        if not abs(place) < np.inf:
            continue
        gap = sign * (body[axis, i] - place) - body[lay.RADIUS, i]
        if gap > 1e-12 * (abs(place) + body[lay.RADIUS, i]):
            continue
        speed = sign * body[lay.VX + axis, i]
        slow = slowest(par, load, body[lay.BOUNCE, i], body[lay.RADIUS, i])
        if speed > 0.5 * load * par[lay.SPAN] or speed < -slow:
            continue
        body[axis, i] = place + sign * body[lay.RADIUS, i]
        body[lay.VX + axis, i] = 0.0
        hold(body, tag, i, wall)
        press += load
        if load > most:
            most, tag[lay.LIES, i] = load, wall
    if press > 0.0:
        bend(body, i, par[lay.SPAN])
        _slide(body, tag, par, i, press)


@inner
def _slide(body: Floats, tag: Ints, par: Floats, i: int, press: float) -> None:
    """Slow a body that slides on a wall under `press` of weight per mass."""
    grip = body[lay.RUB, i] * press
    speed = force = 0.0
    for axis in range(3):
        speed += body[lay.VX + axis, i] * body[lay.VX + axis, i]
        force += body[lay.AX + axis, i] * body[lay.AX + axis, i]
    speed, force = np.sqrt(speed), np.sqrt(force)
    if grip == 0.0:
        return
    if par[lay.INERTIA] > 0.0 and body[lay.RADIUS, i] > 0.0:
        rub(body, tag, par, i, grip)
        return
    if speed == 0.0:
        # At rest: friction takes all of the pull along the wall, or as much as it can.
        keep = 0.0 if force <= grip else 1.0 - grip / force
        for axis in range(3):
            body[lay.AX + axis, i] *= keep
            body[lay.GX + axis, i] *= keep
        tag[lay.HELD, i] = 7
        return
    for axis in range(3):
        drag = grip * body[lay.VX + axis, i] / speed
        body[lay.AX + axis, i] -= drag
        body[lay.GX + axis, i] -= drag
    # Friction is in the arc now: the force it started from is no longer the one to correct.
    tag[lay.HELD, i] = 7


@inner
def foresee_stop(body: Floats, tag: Ints, par: Floats, ctl: Ints, queue: Floats, i: int) -> None:
    """Foresee the end of a slide, so that friction never pushes a body backwards."""
    if par[lay.INERTIA] > 0.0 and body[lay.RADIUS, i] > 0.0:
        t = ends(body, tag, par, i)
        if t <= par[lay.SPAN] and not put(queue, ctl, t, i, STOP, tag[lay.STAMP, i], 0):
            ctl[lay.FAULT] = lay.MORE_QUEUE
        return
    speed = along = 0.0
    for axis in range(3):
        speed += body[lay.VX + axis, i] * body[lay.VX + axis, i]
        along += body[lay.VX + axis, i] * body[lay.AX + axis, i]
    if speed == 0.0 or body[lay.RUB, i] == 0.0 or along >= 0.0 or speed > -along * par[lay.SPAN]:
        return
    if not put(queue, ctl, speed / -along, i, STOP, tag[lay.STAMP, i], 0):
        ctl[lay.FAULT] = lay.MORE_QUEUE
