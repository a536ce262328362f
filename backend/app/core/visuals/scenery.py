"""What stands still around the bodies: floor, walls, strings to be plucked, and their rods."""

import itertools
import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from app.core.document import Document
from app.core.document.bodies import roster
from app.core.document.rules import rules
from app.core.document.worlds import boundary

Points = NDArray[np.float64]
# Walls are shown where the bodies reach over so much of the box.
WALL_SHARE = 0.34
_AXES = {"body.x": 0, "body.y": 1}


def pivots(document: Document) -> dict[str, Points]:
    """Give the place each body on a rod hangs from, by body; each (3,)."""
    return {body.id: np.array(body.rod.pivot) for body in roster(document) if body.rod}


def rods(
    hung: Mapping[str, Points], names: Sequence[str], frame: NDArray[np.float64]
) -> list[Points]:
    """Give a line (2, 3) from each pivot to its body in a frame (bodies, 6)."""
    places = dict(zip(names, frame, strict=True))
    return [np.stack((pivot, places[name][:3])) for name, pivot in hung.items() if name in places]


def walled(document: Document, low: Points, high: Points) -> bool:
    """Tell whether the bodies, between two corners (3,), live in the box or in a part of it."""
    size = np.array(boundary(document).size[:2])
    return bool(size.all() and np.max((high - low)[:2] / size) > WALL_SHARE)


def corners(low: Points, high: Points) -> Points:
    """Give the eight corners (8, 3) of a box between two of them."""
    return np.array(list(itertools.product(*zip(low, high, strict=True))))


def lines(document: Document, low: Points, high: Points) -> list[Points]:
    """Give the lines (n, 3) that stand still, for bodies that move between two corners (3,)."""
    found = _walls(document) if walled(document, low, high) else _floor(document, low, high)
    return found + _strings(document, low, high)


def grid(low: Points, high: Points) -> list[Points]:
    """Give lines (2, 3) of equal lengths across what lies between two corners, in its x-y plane.

    They are 1, 2 or 5 times a power of ten apart, four to ten of them the wider way.
    """
    wide = float(np.max((high - low)[:2])) or 1.0
    power = 10.0 ** math.floor(math.log10(wide / 4.0))
    step = max(power * part for part in (1, 2, 5) if wide / (power * part) >= 4.0)
    depth = 0.5 * float(low[2] + high[2])
    found = []
    for axis in (0, 1):
        for at in np.arange(math.ceil(low[axis] / step), high[axis] / step + 1e-9) * step:
            line = np.array([low, high])
            line[:, axis], line[:, 2] = at, depth
            found.append(line)
    return found


def _floor(document: Document, low: Points, high: Points) -> list[Points]:
    height = boundary(document).floor
    if height is None:
        return []
    wide = 0.15 * (high[0] - low[0])
    return [np.array([[low[0] - wide, height, 0.0], [high[0] + wide, height, 0.0]])]


def _walls(document: Document) -> list[Points]:
    half = 0.5 * np.array(boundary(document).size)
    depths = (
        (0.0,) if half[2] == 0.0 or document.data.get("dimensions") == 2 else (-half[2], half[2])
    )
    x, y = float(half[0]), float(half[1])
    around = [(-x, -y), (x, -y), (x, y), (-x, y), (-x, -y)]
    return [np.array([(a, b, z) for a, b in around]) for z in depths]


def _strings(document: Document, low: Points, high: Points) -> list[Points]:
    """Give a line wherever a rule waits for bodies to cross a value of x or y."""
    found = []
    for rule in rules(document):
        axis = _AXES.get(rule.when.measure)
        if rule.when.event != "crossing" or axis is None:
            continue
        reach = 0.08 * (high - low)
        for at in rule.when.at:
            line = np.stack((low - reach, high + reach))
            line[:, axis] = at
            line[:, 2] = 0.0
            found.append(line)
    return found
