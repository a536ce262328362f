"""What can be read from a moving world: each measure a formula, each with its unit."""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.angles import TAU, atan2
from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay
from app.core.physics.engine.kepler import Sextet, on_rails
from app.core.physics.engine.pulls import around

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Vector = tuple[float, float, float]

# name -> code; lengths, times, masses in universe units, angles in radians.
BODY = (
    "x", "y", "z", "speed", "height", "distance", "angle", "angular_speed", "angular_momentum",
    "acceleration", "kinetic", "period", "eccentricity", "phase", "age", "mass", "radius",
)  # fmt: skip
PAIR = ("distance", "closing", "angle", "ratio")
CODES = {
    **{f"body.{name}": code for code, name in enumerate(BODY)},
    **{f"pair.{name}": 20 + code for code, name in enumerate(PAIR)},
}
(
    B_X, B_Y, B_Z, B_SPEED, B_HEIGHT, B_DISTANCE, B_ANGLE, B_ANGULAR_SPEED, B_MOMENTUM,
    B_ACCELERATION, B_KINETIC, B_PERIOD, B_ECCENTRICITY, B_PHASE, B_AGE, B_MASS, B_RADIUS,
) = range(17)  # fmt: skip
P_DISTANCE, P_CLOSING, P_ANGLE, P_RATIO = range(20, 24)
# These go round: a crossing is a crossing of the nearest turn.
ROUND = frozenset((B_ANGLE, B_PHASE, P_ANGLE))


@inner
def size(x: float, y: float, z: float) -> float:
    """Give the length of a vector."""
    return np.sqrt(x * x + y * y + z * z)


@inner
def less(a: Sextet, b: Sextet) -> Sextet:
    """Give place and velocity of one body seen from another."""
    return a[0] - b[0], a[1] - b[1], a[2] - b[2], a[3] - b[3], a[4] - b[4], a[5] - b[5]


@inner
def nearest(par: Floats, a: Sextet, b: Sextet) -> Sextet:
    """Give place and velocity of one body seen from the nearest image of another."""
    r = less(a, b)
    return (
        around(r[0], par[lay.WRAP_X]), around(r[1], par[lay.WRAP_Y]), around(r[2], par[lay.WRAP_Z]),
        r[3], r[4], r[5],
    )  # fmt: skip


@inner
def body_value(
    body: Floats, tag: Ints, par: Floats, code: int, i: int, p: int, s: Sextet, c: Sextet, t: float
) -> float:
    """Give a measure of body i, at state s, about body p (-1: the origin) at state c."""
    if code < B_SPEED:
        return s[0] if code == B_X else s[1] if code == B_Y else s[2]
    if code == B_SPEED:
        return size(s[3], s[4], s[5])
    if code == B_HEIGHT:
        return s[1] - (par[lay.LOW_Y] if par[lay.LOW_Y] > -np.inf else 0.0)
    if code == B_AGE:
        return par[lay.NOW] + t - body[lay.BORN, i]
    if code == B_KINETIC:
        return motion(body, par, i, s[3], s[4], s[5])
    if code == B_ACCELERATION:
        return accelerated(body, tag, par, i, s, t, 1.0)
    if code >= B_MASS:
        return body[lay.MASS, i] if code == B_MASS else body[lay.RADIUS, i]
    return _about(body, tag, par, code, i, p, nearest(par, s, c), t)


@inner
def motion(body: Floats, par: Floats, i: int, u: float, v: float, w: float) -> float:
    """Give a body's energy of motion at a velocity, that of its spin included."""
    square = u * u + v * v + w * w
    if par[lay.INERTIA] > 0.0:
        x, y, z, radius = body[lay.SX, i], body[lay.SY, i], body[lay.SZ, i], body[lay.RADIUS, i]
        square += radius * radius * (x * x + y * y + z * z) / par[lay.INERTIA]
    return 0.5 * body[lay.MASS, i] * square


@inner
def accelerated(
    body: Floats, tag: Ints, par: Floats, i: int, s: Sextet, t: float, part: float
) -> float:
    """Give how fast the velocity of a body at state s changes, links of rods and strings left out.

    `part` of the substep has gone by: the force is taken to change evenly in it.
    """
    x, y, z = acceleration(body, tag, par, i, s, t, part)
    return size(x, y, z)


@inner
def acceleration(
    body: Floats, tag: Ints, par: Floats, i: int, s: Sextet, t: float, part: float
) -> tuple[float, float, float]:
    """Give the acceleration of a body at state s, as `accelerated` does its size."""
    kind = tag[lay.KIND, i]
    if kind == lay.RAILS:
        return _on_its_rails(body, tag, par, i, t)
    if kind == lay.FREE and tag[lay.HELD, i]:
        # What carries it, and what rubs there, is in its arc.
        return body[lay.AX, i], body[lay.AY, i], body[lay.AZ, i]
    k = body[lay.DRAG, i]
    x = part * body[lay.GX, i] + (1.0 - part) * body[lay.WX, i] - k * s[3]
    y = part * body[lay.GY, i] + (1.0 - part) * body[lay.WY, i] - k * s[4]
    z = part * body[lay.GZ, i] + (1.0 - part) * body[lay.WZ, i] - k * s[5]
    if kind == lay.FIXED:
        return 0.0, 0.0, 0.0
    if kind == lay.ROD:
        # The rod takes what pulls along it and turns the motion.
        far = body[lay.LENGTH, i]
        px, py, pz = s[0] - body[lay.CX, i], s[1] - body[lay.CY, i], s[2] - body[lay.CZ, i]
        along = (x * px + y * py + z * pz + s[3] * s[3] + s[4] * s[4] + s[5] * s[5]) / (far * far)
        x, y, z = x - along * px, y - along * py, z - along * pz
    return x, y, z


@inner
def _on_its_rails(
    body: Floats, tag: Ints, par: Floats, i: int, t: float
) -> tuple[float, float, float]:
    """Give the acceleration of a body on rails, that of its centre on its own rails included."""
    x = y = z = 0.0
    for _ in range(64):
        if tag[lay.KIND, i] != lay.RAILS:
            break
        a, b, c, _u, _v, _w = on_rails(body, i, par[lay.NOW] + t)
        far = size(a, b, c)
        rate = body[lay.MOTION, i] * body[lay.MOTION, i] * body[lay.AXIS, i] ** 3
        pull = -rate / (far * far * far)
        x, y, z = x + pull * a, y + pull * b, z + pull * c
        i = tag[lay.ABOUT, i]
    return x, y, z


@inner
def _about(
    body: Floats, tag: Ints, par: Floats, code: int, i: int, p: int, r: Sextet, t: float
) -> float:
    """Give a measure of body i about another, seen from which its state is r."""
    if code >= B_PERIOD:
        return _shape(body, tag, par, code, i, p, r, t)
    if tag[lay.KIND, i] == lay.ROD and p < 0:
        r = (
            r[0] - body[lay.CX, i],
            r[1] - body[lay.CX + 1, i],
            r[2] - body[lay.CX + 2, i],
            r[3],
            r[4],
            r[5],
        )
    if code == B_DISTANCE:
        return size(r[0], r[1], r[2])
    if code == B_ANGLE:
        # A pendulum's angle is told from hanging straight down, others' from the x axis.
        return atan2(r[0], -r[1]) if tag[lay.KIND, i] == lay.ROD and p < 0 else atan2(r[1], r[0])
    x, y, z = r[1] * r[5] - r[2] * r[4], r[2] * r[3] - r[0] * r[5], r[0] * r[4] - r[1] * r[3]
    turn = size(x, y, z) if z >= 0.0 else -size(x, y, z)
    if code == B_MOMENTUM:
        return body[lay.MASS, i] * turn
    far = r[0] * r[0] + r[1] * r[1] + r[2] * r[2]
    return turn / far if far > 0.0 else 0.0


@inner
def _shape(
    body: Floats, tag: Ints, par: Floats, code: int, i: int, p: int, r: Sextet, t: float
) -> float:
    """Give period, eccentricity or phase: of rails, of a swing, or of the orbit of this instant."""
    if tag[lay.KIND, i] == lay.RAILS:
        if code == B_PERIOD:
            return TAU / abs(body[lay.MOTION, i])
        if code == B_ECCENTRICITY:
            return body[lay.ECCENTRICITY, i]
        turn = body[lay.ANOMALY, i] + body[lay.MOTION, i] * (par[lay.NOW] + t)
        return turn - TAU * np.floor(turn / TAU)
    if tag[lay.KIND, i] == lay.ROD and p < 0:
        return swing(body, par, i, r) if code == B_PERIOD else 0.0
    pull = par[lay.GRAVITATION] * (body[lay.MASS, i] + (body[lay.MASS, p] if p >= 0 else 0.0))
    far = size(r[0], r[1], r[2])
    if pull <= 0.0 or far == 0.0:
        return 0.0
    speed2 = r[3] * r[3] + r[4] * r[4] + r[5] * r[5]
    out = r[0] * r[3] + r[1] * r[4] + r[2] * r[5]
    inverse = 2.0 / far - speed2 / pull  # 1 / semi-major axis
    if code == B_PERIOD:
        return TAU / np.sqrt(pull * inverse * inverse * inverse) if inverse > 0.0 else np.inf
    ex = speed2 * far / pull - 1.0
    ey = out / np.sqrt(pull * far)
    # e cos and e sin of the eccentric anomaly give the eccentricity, for bound and unbound alike.
    cosine, sine2 = 1.0 - far * inverse, out * out * inverse / pull
    e = np.sqrt(max(cosine * cosine + sine2, 0.0))
    if code == B_ECCENTRICITY:
        return e
    true = atan2(ey * np.sqrt(max(speed2 * far / pull - ey * ey, 0.0)), ex - ey * ey)
    return true if true >= 0.0 else true + TAU


@inner
def swing(body: Floats, par: Floats, i: int, r: Sextet) -> float:
    """Give the period of a rod pendulum at its present energy: 2π √(l/g) / agm(1, cos(angle/2)).

    Infinite for one that goes over the top. `r` is its state seen from the pivot. Source: Gauss.
    """
    g = size(par[lay.PULL_X], par[lay.PULL_X + 1], par[lay.PULL_X + 2])
    if g == 0.0:
        return np.inf
    length = body[lay.LENGTH, i]
    speed2 = r[3] * r[3] + r[4] * r[4] + r[5] * r[5]
    down = (r[0] * par[lay.PULL_X] + r[1] * par[lay.PULL_X + 1] + r[2] * par[lay.PULL_X + 2]) / (
        g * length
    )
    # sin² of half the amplitude is the energy above hanging, in units of 2 g l.
    lift = 0.5 * (1.0 - down) + 0.25 * speed2 / (g * length)
    if lift >= 1.0:
        return np.inf
    a, b = 1.0, np.sqrt(1.0 - lift)
    for _ in range(8):
        a, b = 0.5 * (a + b), np.sqrt(a * b)
    return TAU * np.sqrt(length / g) / a


@inner
def pair_value(
    body: Floats, tag: Ints, par: Floats, code: int, i: int, j: int, p: int,
    a: Sextet, b: Sextet, c: Sextet, t: float,
) -> float:  # fmt: skip
    """Give a measure of bodies i and j at states a and b, about p (-1: the origin) at state c."""
    r = nearest(par, a, b)
    far = size(r[0], r[1], r[2])
    if code == P_DISTANCE:
        return far
    if code == P_CLOSING:
        return -(r[0] * r[3] + r[1] * r[4] + r[2] * r[5]) / far if far > 0.0 else 0.0
    if code == P_RATIO:
        one = _about(body, tag, par, B_PERIOD, i, p, nearest(par, a, c), t)
        other = _about(body, tag, par, B_PERIOD, j, p, nearest(par, b, c), t)
        # Longer over shorter; periods without end have no ratio.
        return max(one, other) / min(one, other) if 0.0 < min(one, other) < np.inf else 0.0
    ra, rb = nearest(par, a, c), nearest(par, b, c)
    along = ra[0] * rb[0] + ra[1] * rb[1]
    across = ra[0] * rb[1] - ra[1] * rb[0]
    return atan2(across, along)
