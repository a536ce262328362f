"""Read measures of a world at rest between two ticks."""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inner, kernel
from app.core.physics.engine import layout as lay
from app.core.physics.engine.flight import flown, seen
from app.core.physics.engine.forces import potential
from app.core.physics.engine.measure import P_DISTANCE, body_value, motion, pair_value
from app.core.physics.engine.pulls import around

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

UNIVERSE = (
    "kinetic", "potential", "temperature", "momentum", "centre", "spread", "closest", "pressure",
    "count",
)  # fmt: skip
(
    U_KINETIC, U_POTENTIAL, U_TEMPERATURE, U_MOMENTUM, U_CENTRE, U_SPREAD, U_CLOSEST, U_PRESSURE,
    U_COUNT,
) = range(9)  # fmt: skip


OF_ALL = 100  # codes of measures of the whole begin here


@kernel
def read(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, asked: Ints, out: Floats
) -> None:
    """Give measures as things are now.

    Args:
        body: changed by nothing, like the rest but `out`.
        tag: of the bodies.
        par: of the world.
        ctl: of the world.
        scene: fields and links.
        asked: (n, 4) code, body, other or -1, about or -1; what is on rails is told about its centre.
        out: (n,), overwritten.
    """
    for k in range(len(asked)):
        code, i, j, p = asked[k]
        if code >= OF_ALL:
            out[k] = survey(body, tag, par, ctl, scene, code - OF_ALL, 0.0)
            continue
        if p < 0 and i >= 0 and tag[lay.KIND, i] == lay.RAILS:
            p = tag[lay.ABOUT, i]
        out[k] = _read(body, tag, par, code, i, j, p)


@inner
def _read(body: Floats, tag: Ints, par: Floats, code: int, i: int, j: int, p: int) -> float:
    """Give a measure of body i (and j, or -1) about p (or -1), as things are now."""
    a = flown(body, tag, par, i, 0.0)
    b = flown(body, tag, par, j, 0.0) if j >= 0 else a
    c = flown(body, tag, par, p, 0.0) if p >= 0 else (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    if code >= P_DISTANCE:
        return pair_value(body, tag, par, code, i, j, p, a, b, c, 0.0)
    return body_value(body, tag, par, code, i, p, a, c, 0.0)


@inner
def whole_at(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, log: Floats, force: Floats,
    code: int, t: float,
) -> float:  # fmt: skip
    """Give a measure of the whole at a time of the substep just flown; `force` lends its spare rows."""
    n = body.shape[1]
    for i in range(n):
        state = seen(body, tag, par, log, i, t)
        for row in range(6):
            force[lay.SPARE + row, i] = state[row]
    _swap(body, force)
    value = survey(body, tag, par, ctl, scene, code, t)
    _swap(body, force)
    return value


@inner
def _swap(body: Floats, force: Floats) -> None:
    for row in range(6):
        for i in range(body.shape[1]):
            kept = force[lay.SPARE + row, i]
            force[lay.SPARE + row, i] = body[row, i]
            body[row, i] = kept


@inner
def survey(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, code: int, t: float
) -> float:
    """Give a measure of the whole; of what moves freely, but for the closest pair."""
    if code == U_POTENTIAL:
        return potential(body, tag, par, ctl, scene)
    if code == U_CLOSEST:
        return _closest(body, par)
    if code == U_PRESSURE:
        return par[lay.FELT]
    if code in (U_CENTRE, U_SPREAD):
        return _spread(body, tag, code)
    kinetic = turning = u = v = w = 0.0
    freedom = there = 0
    for i in range(body.shape[1]):
        # What a wall takes in this substep is there until then.
        still = tag[lay.GONE, i] and t < body[lay.T, i]
        there += 1 if still else 1 - tag[lay.GONE, i]
        if not still and tag[lay.KIND, i] != lay.FREE and tag[lay.KIND, i] != lay.ROD:
            continue
        mass = body[lay.LENGTH, i] if still else body[lay.MASS, i]
        if mass > 0.0:
            freedom += (2 if ctl[lay.PLANAR] else 3) - (1 if tag[lay.KIND, i] == lay.ROD else 0)
        turning += motion(body, par, i, 0.0, 0.0, 0.0)
        u += mass * body[3, i]
        v += mass * body[4, i]
        w += mass * body[5, i]
        kinetic += 0.5 * mass * (body[3, i] ** 2 + body[4, i] ** 2 + body[5, i] ** 2)
    if code == U_KINETIC:
        return kinetic + turning
    if code == U_COUNT:
        return float(there)
    if code == U_MOMENTUM:
        return np.sqrt(u * u + v * v + w * w)
    for k in range(ctl[lay.FIELDS], ctl[lay.FIELDS] + ctl[lay.LINKS]):
        freedom -= int(scene[k, lay.L_ALIVE] * scene[k, lay.L_TAKES])
    return 2.0 * kinetic / (freedom * lay.BOLTZMANN) if freedom > 0 else 0.0


@inner
def _spread(body: Floats, tag: Ints, code: int) -> float:
    """Give how far the centre of mass is from the origin, or the rms distance from it."""
    total = x = y = z = square = 0.0
    for i in range(body.shape[1]):
        mass = body[lay.MASS, i]
        total += mass
        x += mass * body[0, i]
        y += mass * body[1, i]
        z += mass * body[2, i]
        square += mass * (body[0, i] ** 2 + body[1, i] ** 2 + body[2, i] ** 2)
    if total == 0.0:
        return 0.0
    x, y, z = x / total, y / total, z / total
    centre = x * x + y * y + z * z
    return np.sqrt(centre) if code == U_CENTRE else np.sqrt(max(square / total - centre, 0.0))


@inner
def _closest(body: Floats, par: Floats) -> float:
    best = np.inf
    for i in range(body.shape[1]):
        for j in range(i):
            x = around(body[0, i] - body[0, j], par[lay.WRAP_X])
            y = around(body[1, i] - body[1, j], par[lay.WRAP_Y])
            z = around(body[2, i] - body[2, j], par[lay.WRAP_Z])
            best = min(best, x * x + y * y + z * z)
    return np.sqrt(best)
