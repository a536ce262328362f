"""What bends the paths: gravity, gravitation, drag, the medium, fields, springs, soft walls."""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay
from app.core.physics.engine.lanes import gravitate
from app.core.physics.engine.pulls import (
    PI,
    around,
    charge,
    height,
    press,
    spring,
    sway,
    swim,
    wall_gap,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@inner
def forces(body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, out: Floats) -> None:
    """Give the force per mass on every body where the rows E.. say they are.

    The first three rows of `out` take it, length · time⁻². Linear drag is not in it: the arcs carry that; the
    dissipation's pull toward the common velocity is. Sets QUICKEST, 1/time² of the closest pull.
    """
    n = body.shape[1]
    for axis in range(3):
        constant = par[lay.PULL_X + axis]
        for i in range(n):
            out[axis, i] = constant
    par[lay.QUICKEST] = par[lay.CLOSING] = par[lay.PUSHED] = 0.0
    if par[lay.DISSIPATION] > 0.0:
        _cruise(body, tag, par)
        for axis in range(3):
            for i in range(n):
                out[axis, i] += 0.5 * par[lay.DISSIPATION] * par[lay.CRUISE_X + axis]
    for i in range(n if ctl[lay.PLAIN] == 0 else 0):
        body[lay.DRAG, i] = par[lay.AIR] + 0.5 * par[lay.DISSIPATION]
    if ctl[lay.MUTUAL]:
        if ctl[lay.WRAP]:
            _gravitation_around(body, par, out)
        else:
            gravitate(body, par, out)
    if par[lay.PRESSURE] > 0.0:
        press(body, tag, par, out)
    for k in range(ctl[lay.FIELDS]):
        sway(body, par, scene, k, out)
    for k in range(ctl[lay.FIELDS], ctl[lay.FIELDS] + ctl[lay.LINKS]):
        if scene[k, lay.L_KIND] == lay.SPRING and scene[k, lay.L_ALIVE] > 0.0:
            spring(body, par, scene, k, out)
    if par[lay.FLUID] > 0.0 or par[lay.VISCOSITY] > 0.0:
        swim(body, par, out)
    for i in range(n):
        if tag[lay.KIND, i] != lay.FREE and tag[lay.KIND, i] != lay.ROD:
            out[0, i] = out[1, i] = out[2, i] = 0.0
            body[lay.DRAG, i] = 0.0


@inner
def _cruise(body: Floats, tag: Ints, par: Floats) -> None:
    """Take the velocity of the centre of mass of all that moves freely."""
    total = 0.0
    x = y = z = 0.0
    for i in range(body.shape[1]):
        if tag[lay.KIND, i] == lay.FREE and body[lay.INVERSE, i] > 0.0:
            mass = body[lay.MASS, i]
            total += mass
            x += mass * body[lay.EVX, i]
            y += mass * body[lay.EVX + 1, i]
            z += mass * body[lay.EVX + 2, i]
    if total > 0.0:
        par[lay.CRUISE_X], par[lay.CRUISE_Y], par[lay.CRUISE_Z] = x / total, y / total, z / total


@inner
def _gravitation_around(body: Floats, par: Floats, out: Floats) -> None:
    """Add the pull of the nearest image of every body, in a periodic world."""
    n = body.shape[1]
    for j in range(n):
        pull = par[lay.GRAVITATION] * body[lay.MASS, j]
        if pull == 0.0:
            continue
        for i in range(n):
            dx = around(body[lay.EX, j] - body[lay.EX, i], par[lay.WRAP_X])
            dy = around(body[lay.EY, j] - body[lay.EY, i], par[lay.WRAP_Y])
            dz = around(body[lay.EZ, j] - body[lay.EZ, i], par[lay.WRAP_Z])
            d2 = dx * dx + dy * dy + dz * dz + par[lay.SOFTENING2]
            f = pull / (d2 * np.sqrt(d2)) if d2 > 0.0 and i != j else 0.0
            out[0, i] += f * dx
            out[1, i] += f * dy
            out[2, i] += f * dz
            par[lay.QUICKEST] = max(par[lay.QUICKEST], f)


@inner
def potential(body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats) -> float:
    """Give the potential energy of the bodies where the rows X.. say they are."""
    n = body.shape[1]
    total = 0.0
    for i in range(n):
        mobile = tag[lay.KIND, i] == lay.FREE or tag[lay.KIND, i] == lay.ROD
        if mobile:
            total -= body[lay.MASS, i] * (
                par[lay.PULL_X] * body[0, i]
                + par[lay.PULL_Y] * body[1, i]
                + par[lay.PULL_Z] * body[2, i]
            )
            total += _stored(body, par, ctl, scene, i)
        if not ctl[lay.MUTUAL]:
            continue
        for j in range(i):
            if not mobile and tag[lay.KIND, j] != lay.FREE and tag[lay.KIND, j] != lay.ROD:
                continue
            dx = around(body[0, i] - body[0, j], par[lay.WRAP_X])
            dy = around(body[1, i] - body[1, j], par[lay.WRAP_Y])
            dz = around(body[2, i] - body[2, j], par[lay.WRAP_Z])
            d2 = dx * dx + dy * dy + dz * dz + par[lay.SOFTENING2]
            if d2 > 0.0:
                total -= par[lay.GRAVITATION] * body[lay.MASS, i] * body[lay.MASS, j] / np.sqrt(d2)
    for k in range(ctl[lay.FIELDS], ctl[lay.FIELDS] + ctl[lay.LINKS]):
        if scene[k, lay.L_KIND] == lay.SPRING and scene[k, lay.L_ALIVE] > 0.0:
            i, j = int(scene[k, lay.L_I]), int(scene[k, lay.L_J])
            dx = around(body[0, i] - body[0, j], par[lay.WRAP_X])
            dy = around(body[1, i] - body[1, j], par[lay.WRAP_Y])
            dz = around(body[2, i] - body[2, j], par[lay.WRAP_Z])
            stretch = np.sqrt(dx * dx + dy * dy + dz * dz) - scene[k, lay.L_LENGTH]
            total += 0.5 * scene[k, lay.L_STIFF] * stretch * stretch
    return total


@inner
def _stored(body: Floats, par: Floats, ctl: Ints, scene: Floats, i: int) -> float:
    """Give the energy one body has in the fields and soft walls."""
    total = 0.0
    for k in range(ctl[lay.FIELDS]):
        total += charge(body, scene, k, i) * body[lay.MASS, i] * height(body, par, scene, k, i)
    if par[lay.PRESSURE] > 0.0:
        area = par[lay.PRESSURE] * PI * body[lay.RADIUS, i] * body[lay.RADIUS, i]
        for wall in range(6):
            deep = 1.0 - wall_gap(body, par, 0, i, wall)
            if deep > 0.0:
                total += 0.5 * area * deep * deep
    return total
