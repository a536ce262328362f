"""What will happen in a substep as things are: walls, pairs, the ends of slides; and anew after each."""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay
from app.core.physics.engine.bounce import pressing
from app.core.physics.engine.flight import flown
from app.core.physics.engine.impact import NEVER, mixed, pair_time, slowest, wall_time
from app.core.physics.engine.pulls import around
from app.core.physics.engine.queue import put
from app.core.physics.engine.slide import foresee_stop

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

GRACE = 1.0 + 1e-9  # so that rounding hides no touch


@inner
def foresee(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, queue: Floats, first: Ints, near: Ints
) -> None:
    """Queue every impact that will happen in the substep as things are at its start."""
    ctl[lay.QUEUE] = 0
    _stretch(body, tag, par)
    for i in range(body.shape[1]):
        if tag[lay.TOUCH, i] == 0:
            continue
        if tag[lay.KIND, i] == lay.ROD or _by_a_wall(body, par, i):
            _foresee_wall(body, tag, par, ctl, queue, i, 0.0)
        _foresee_partners(body, tag, par, ctl, queue, first, near, i)
        if tag[lay.HELD, i]:
            foresee_stop(body, tag, par, ctl, queue, i)


@inner
def _stretch(body: Floats, tag: Ints, par: Floats) -> None:
    """Set how far each body may come on its arc; a curved path counts as the fastest body's."""
    n, h = body.shape[1], par[lay.SPAN]
    for i in range(n):
        x, y, z = body[lay.VX, i], body[lay.VY, i], body[lay.VZ, i]
        speed = np.sqrt(x * x + y * y + z * z)
        x, y, z = body[lay.AX, i], body[lay.AY, i], body[lay.AZ, i]
        bend = np.sqrt(x * x + y * y + z * z)
        body[lay.RANGE, i] = (speed + 0.5 * bend * h) * h * GRACE
    for i in range(n):
        if tag[lay.KIND, i] == lay.RAILS or tag[lay.KIND, i] == lay.ROD:
            body[lay.RANGE, i] = par[lay.REACH]


@inner
def _by_a_wall(body: Floats, par: Floats, i: int) -> bool:
    """Tell whether a body may come to a wall."""
    x, y, z = body[0, i], body[1, i], body[2, i]
    room = body[lay.RADIUS, i] + body[lay.RANGE, i]
    return (
        x - room <= par[lay.LOW_X]
        or y - room <= par[lay.LOW_Y]
        or z - room <= par[lay.LOW_Z]
        or x + room >= par[lay.HIGH_X]
        or y + room >= par[lay.HIGH_Y]
        or z + room >= par[lay.HIGH_Z]
    )


@inner
def _foresee_partners(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, queue: Floats, first: Ints, near: Ints, i: int
) -> None:
    """Queue the impacts of a body with those after it, which come last in its list."""
    x, y, z = body[0, i], body[1, i], body[2, i]
    room = body[lay.RADIUS, i] + body[lay.RANGE, i]
    ex, ey, ez = par[lay.WRAP_X], par[lay.WRAP_Y], par[lay.WRAP_Z]
    for k in range(first[i + 1] - 1, first[i] - 1, -1):
        j = near[k]
        if j < 0:
            continue  # a resting partner
        if j < i:
            break
        dx, dy, dz = (
            around(body[0, j] - x, ex),
            around(body[1, j] - y, ey),
            around(body[2, j] - z, ez),
        )
        most = room + body[lay.RADIUS, j] + body[lay.RANGE, j]
        if dx * dx + dy * dy + dz * dz <= most * most:
            _foresee_pair(body, tag, par, ctl, queue, i, j, 0.0)


@inner
def mute(first: Ints, near: Ints, i: int, j: int, rests: bool) -> None:
    """Leave a pair that came to rest out of sight until a fast approach; partners show as -1 - j."""
    for k in range(first[i], first[i + 1]):
        if near[k] == j or near[k] == -1 - j:
            near[k] = -1 - j if rests else j
    for k in range(first[j], first[j + 1]):
        if near[k] == i or near[k] == -1 - i:
            near[k] = -1 - i if rests else i


@inner
def again(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, queue: Floats, first: Ints, near: Ints,
    i: int, t: float,
) -> None:  # fmt: skip
    """Foresee a body's impacts anew after its path changed at t."""
    tag[lay.STAMP, i] += 1
    if tag[lay.SPED, i] == 0 and _speeds(body, par, i):
        # It may leave the room its neighbours were looked for in: from now on it is everybody's.
        tag[lay.SPED, i] = 1
        ctl[lay.SPEEDERS] += 1
    _foresee_wall(body, tag, par, ctl, queue, i, t)
    for k in range(first[i], first[i + 1]):
        j = near[k]
        if j < 0:
            j = -1 - j
            if not _strikes(body, tag, par, i, j, t):
                continue
        _foresee_pair(body, tag, par, ctl, queue, min(i, j), max(i, j), t)
    if ctl[lay.SPEEDERS] > 0:
        for j in range(body.shape[1]):
            if j != i and (tag[lay.SPED, i] or tag[lay.SPED, j]) and not _listed(first, near, i, j):
                _foresee_pair(body, tag, par, ctl, queue, min(i, j), max(i, j), t)


@inner
def _speeds(body: Floats, par: Floats, i: int) -> bool:
    """Tell whether a body now flies faster than was foreseen for any."""
    speed2 = 0.0
    for axis in range(3):
        speed2 += body[lay.VX + axis, i] * body[lay.VX + axis, i]
    return speed2 * par[lay.SPAN] * par[lay.SPAN] > par[lay.REACH] * par[lay.REACH]


@inner
def _listed(first: Ints, near: Ints, i: int, j: int) -> bool:
    found = False
    for k in range(first[i], first[i + 1]):
        found = found or near[k] == j or near[k] == -1 - j
    return found


@inner
def _strikes(body: Floats, tag: Ints, par: Floats, i: int, j: int, t: float) -> bool:
    """Tell whether two bodies that rest against each other now approach faster than resting ones."""
    a = flown(body, tag, par, i, t)
    b = flown(body, tag, par, j, t)
    x = around(b[0] - a[0], par[lay.WRAP_X])
    y = around(b[1] - a[1], par[lay.WRAP_Y])
    z = around(b[2] - a[2], par[lay.WRAP_Z])
    d = np.sqrt(x * x + y * y + z * z)
    if d == 0.0:
        return False
    speed = (x * (a[3] - b[3]) + y * (a[4] - b[4]) + z * (a[5] - b[5])) / d
    press = pressing(body, tag, i, j, (x / d, y / d, z / d))
    elasticity = mixed(body[lay.BOUNCE, i], body[lay.BOUNCE, j])
    return speed > slowest(par, press, elasticity, body[lay.RADIUS, i] + body[lay.RADIUS, j])


@inner
def _foresee_wall(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, queue: Floats, i: int, now: float
) -> None:
    t, wall = wall_time(body, tag, par, i, now)
    if wall >= 0 and not put(queue, ctl, t, i, -1 - wall, tag[lay.STAMP, i], 0):
        ctl[lay.FAULT] = lay.MORE_QUEUE


@inner
def _foresee_pair(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, queue: Floats, i: int, j: int, now: float
) -> None:
    if tag[lay.TOUCH, i] == 0 or tag[lay.TOUCH, j] == 0:
        return
    if tag[lay.CLUMP, i] > 0 and tag[lay.CLUMP, i] == tag[lay.CLUMP, j]:
        return
    t = pair_time(body, tag, par, i, j, now)
    if t < NEVER and not put(queue, ctl, t, i, j, tag[lay.STAMP, i], tag[lay.STAMP, j]):
        ctl[lay.FAULT] = lay.MORE_QUEUE
