"""What every link pulls at an instant: a spring by its stretch, rods and strings by what turns their ends."""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay
from app.core.physics.engine.measure import acceleration
from app.core.physics.engine.pulls import around

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SWEEPS = 200
EXACT = 1e-13
TAUT = 1e-9  # a string shorter by this part of its length is slack
NEARLY_TAUT = 1e-6  # within a substep, where paths are joined by cubics


@inner
def strained(
    body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats, force: Floats, t: float
) -> float:
    """Write what links pull at t of a substep, which the rows E.. show; gives by how much too hard.

    As a part of what the link bears, below 0 where none does. Rods and strings pull what keeps their
    ends at their distance, each as the others let it: the multipliers of the constraints, by Gauss
    and Seidel from what they were last; a rod that pushes pulls less than 0. Spare rows of `force`
    hold the accelerations.
    """
    start, stop = ctl[lay.FIELDS], ctl[lay.FIELDS] + ctl[lay.LINKS]
    taut = TAUT if t >= par[lay.SPAN] else NEARLY_TAUT
    if ctl[lay.TIED]:
        _turned(body, tag, par, force, t)
    for k in range(start, stop):
        if scene[k, lay.L_KIND] != lay.SPRING and scene[k, lay.L_ALIVE] > 0.0:
            _pull(body, par, scene, force, k, scene[k, lay.L_NOW])
    for _ in range(SWEEPS if ctl[lay.TIED] else 0):
        worst = 0.0
        for k in range(start, stop):
            if scene[k, lay.L_KIND] != lay.SPRING and scene[k, lay.L_ALIVE] > 0.0:
                worst = max(worst, _evened(body, par, scene, force, k, taut))
        if worst < EXACT:
            break
    over = -1.0
    for k in range(start, stop):
        if scene[k, lay.L_KIND] == lay.SPRING and scene[k, lay.L_ALIVE] > 0.0:
            far = _apart(body, par, scene, k)[0]
            scene[k, lay.L_NOW] = scene[k, lay.L_STIFF] * (far - scene[k, lay.L_LENGTH])
        if scene[k, lay.L_BREAKS] < np.inf and scene[k, lay.L_ALIVE] > 0.0:
            over = max(over, abs(scene[k, lay.L_NOW]) / scene[k, lay.L_BREAKS] - 1.0)
    return over


@inner
def _turned(body: Floats, tag: Ints, par: Floats, force: Floats, t: float) -> None:
    """Write how fast each velocity changes at t of the substep, rods and strings left out."""
    for i in range(body.shape[1]):
        state = (
            body[lay.EX, i], body[lay.EY, i], body[lay.EZ, i],
            body[lay.EVX, i], body[lay.EVY, i], body[lay.EVZ, i],
        )  # fmt: skip
        x, y, z = acceleration(body, tag, par, i, state, t, t / par[lay.SPAN])
        if tag[lay.KIND, i] == lay.FREE and tag[lay.HELD, i]:
            # The arc of what rests has the pull of its links in it.
            x, y, z = x - body[lay.KX, i], y - body[lay.KY, i], z - body[lay.KZ, i]
        force[lay.SPARE, i], force[lay.SPARE + 1, i], force[lay.SPARE + 2, i] = x, y, z


@inner
def _evened(body: Floats, par: Floats, scene: Floats, force: Floats, k: int, taut: float) -> float:
    """Let a rod or string pull what keeps its length; gives by which part its pull was wrong."""
    i, j = int(scene[k, lay.L_I]), int(scene[k, lay.L_J])
    one, other = body[lay.INVERSE, i], body[lay.INVERSE, j]
    far, rate, speed2 = _apart(body, par, scene, k)
    string = scene[k, lay.L_KIND] == lay.STRING
    slack = string and (
        far < (1.0 - taut) * scene[k, lay.L_LENGTH] or rate < -taut * np.sqrt(speed2)
    )
    if far == 0.0 or one + other == 0.0:
        return 0.0
    if slack:
        _pull(body, par, scene, force, k, -scene[k, lay.L_NOW])
        scene[k, lay.L_NOW] = 0.0
        return 0.0
    parting = speed2
    for axis in range(3):
        d = around(body[lay.EX + axis, j] - body[lay.EX + axis, i], par[lay.WRAP_X + axis])
        parting += d * (force[lay.SPARE + axis, j] - force[lay.SPARE + axis, i])
    more = parting / (far * (one + other))
    if string:
        more = max(more, -scene[k, lay.L_NOW])
    scene[k, lay.L_NOW] += more
    _pull(body, par, scene, force, k, more)
    return abs(more) / (abs(scene[k, lay.L_NOW]) + 1e-300)


@inner
def _pull(body: Floats, par: Floats, scene: Floats, force: Floats, k: int, pull: float) -> None:
    """Add so much pull of a link to the accelerations of its ends."""
    i, j = int(scene[k, lay.L_I]), int(scene[k, lay.L_J])
    far = _apart(body, par, scene, k)[0]
    for axis in range(3 if far > 0.0 else 0):
        d = around(body[lay.EX + axis, j] - body[lay.EX + axis, i], par[lay.WRAP_X + axis])
        d *= pull / far
        force[lay.SPARE + axis, i] += body[lay.INVERSE, i] * d
        force[lay.SPARE + axis, j] -= body[lay.INVERSE, j] * d


@inner
def _apart(body: Floats, par: Floats, scene: Floats, k: int) -> tuple[float, float, float]:
    """Give how far apart a link's ends are at the end, how fast they part, and their speed squared."""
    i, j = int(scene[k, lay.L_I]), int(scene[k, lay.L_J])
    far2 = along = speed2 = 0.0
    for axis in range(3):
        d = around(body[lay.EX + axis, j] - body[lay.EX + axis, i], par[lay.WRAP_X + axis])
        v = body[lay.EVX + axis, j] - body[lay.EVX + axis, i]
        far2 += d * d
        along += d * v
        speed2 += v * v
    far = np.sqrt(far2)
    return far, along / far if far > 0.0 else 0.0, speed2
