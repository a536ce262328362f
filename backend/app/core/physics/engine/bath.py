"""The bath: it kicks each body once a unit of time, and so holds the temperature."""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inner
from app.core.numbers.noise import normal, uniform
from app.core.numbers.powers import exp
from app.core.physics.engine import layout as lay
from app.core.physics.engine.blows import gains, hand_on

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HELD = 1e-9  # of 1/mass: a body that gives way less along an axis is held there


@inner
def bathe(body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, dt: float) -> None:
    """Give each body, once a unit of time on average, a velocity of the bath: Andersen (1980).

    What hangs on rods is kicked through them, axis by axis: along each its speed is drawn anew, as
    that of a body as heavy as it feels there. So every way it can move gets its ½ k T, no more.
    """
    chance = 1.0 - exp(-dt)
    for i in range(body.shape[1]):
        moves = tag[lay.KIND, i] == lay.FREE or tag[lay.KIND, i] == lay.ROD
        if not moves or body[lay.INVERSE, i] == 0.0 or body[lay.MASS, i] == 0.0:
            continue
        if uniform(ctl[lay.SEED], tag[lay.KEY, i], 8 * ctl[lay.TICK]) >= chance:
            continue
        alone = tag[lay.KIND, i] == lay.FREE and tag[lay.CHAIN, i] == 0
        for axis in range(2 if ctl[lay.PLANAR] else 3):
            drawn = normal(ctl[lay.SEED], tag[lay.KEY, i], 4 * ctl[lay.TICK] + 1 + axis)
            if alone:
                speed = np.sqrt(lay.BOLTZMANN * par[lay.TEMPERATURE] / body[lay.MASS, i])
                body[lay.VX + axis, i] = speed * drawn
            else:
                _kick(body, tag, par, ctl, scene, i, axis, drawn)


@inner
def _kick(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, i: int, axis: int, drawn: float
) -> None:
    n = (1.0 if axis == 0 else 0.0, 1.0 if axis == 1 else 0.0, 1.0 if axis == 2 else 0.0)
    light = gains(body, tag, par, ctl, scene, i, -1, n)
    if light > HELD * body[lay.INVERSE, i]:
        speed = np.sqrt(lay.BOLTZMANN * par[lay.TEMPERATURE] * light) * drawn
        hand_on(body, tag, i, -1, (speed - body[lay.VX + axis, i]) / light)
