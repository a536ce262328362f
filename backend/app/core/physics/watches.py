"""From what rules wait for to the items the engine looks at."""

import itertools
import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.physics.engine import layout as at
from app.core.physics.engine import measure, reading, watch
from app.core.physics.event import Watch
from app.errors import ParameterError

PARTS = 16  # looks a body on rails gets each time around
FOUND = {
    "transit": at.TRANSIT, "apsis": at.APSIS, "escape": at.ESCAPE, "capture": at.CAPTURE,
}  # fmt: skip
GONE = -2
WAYS = {"both": 0, "up": 1, "down": -1}

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Row = tuple[list[int], float]


@dataclass(frozen=True, slots=True)
class Items:
    """What the engine looks at in each substep."""

    items: Ints  # (items, watch.ITEM)
    finest: Floats  # (items,): in which time each changes sign once at most
    values: Floats  # of crossings, radians for angles
    last: Floats  # (items, 2): what each showed last


@dataclass(frozen=True, slots=True)
class Bodies:
    """What the making of items needs to know of the bodies."""

    ids: tuple[str, ...]
    body: Floats
    tag: Ints

    def place(self, name: str) -> int:
        """Give the index of an id; -1 for none."""
        return self.ids.index(name) if name else -1

    def chosen(self, of: Sequence[str], about: int) -> list[int]:
        """Give the indices a watch is about, its centre left out."""
        names = of or self.ids
        return [i for i in sorted(map(self.place, names)) if i != about]

    def pace(self, *bodies: int) -> float:
        """Give the longest time in which the quickest of bodies on rails turns a small part."""
        spans = [math.inf]
        for i in bodies:
            if i >= 0 and self.tag[at.KIND, i] == at.RAILS:
                hurry = (1.0 - self.body[at.ECCENTRICITY, i]) ** 1.5
                spans.append(math.tau / abs(self.body[at.MOTION, i]) / PARTS * hurry)
        return min(spans)


def compiled(watches: Sequence[Watch], bodies: Bodies) -> Items:
    """Make the items of all watches; collisions and rests need none: they are always told."""
    rows: list[Row] = []
    values: list[float] = []
    for number, one in enumerate(watches):
        rows.extend(_rows(number, one, bodies, values))
    items = np.array([row for row, _ in rows], np.int64).reshape(-1, watch.ITEM)
    return Items(
        items=items,
        finest=np.array([finest for _, finest in rows], np.float64),
        values=np.array(values, np.float64),
        last=np.full((len(rows), 2), np.nan),
    )


def go_on(items: Items, before: Items, names: Sequence[Hashable], once: Sequence[Hashable]) -> None:
    """Let items that were looked at before an edit go on from what they showed last.

    `names` and `once` say who is who after it and before.
    """
    if not np.array_equal(items.values, before.values):
        return
    places = {name: i for i, name in enumerate(names)}
    # The last one is for nobody, who stays nobody; who is gone is none of those there are.
    place = np.array([*(places.get(name, GONE) for name in once), -1], np.int64)
    was = _alike(before.items, place)
    shown = {row.tobytes(): k for k, row in enumerate(was)}
    for k, row in enumerate(_alike(items.items, np.array([*range(len(names)), -1], np.int64))):
        old = shown.get(row.tobytes(), -1)
        if old >= 0 and before.last[old, 0] == before.last[old, 0]:
            items.last[k] = before.last[old]
            items.last[k, 1] = before.last[old, 1] % watch.KEPT + watch.KEPT


def _alike(items: Ints, place: Ints) -> Ints:
    """Give items with their bodies elsewhere in the roster, and without their rank in it."""
    rows = items.copy()
    rows[:, watch.W_I : watch.W_P + 1] = place[items[:, watch.W_I : watch.W_P + 1]]
    rows[:, watch.W_RANK] = 0
    return rows


def _rows(number: int, one: Watch, bodies: Bodies, values: list[float]) -> list[Row]:
    if one.kind == "conjunction":
        return _conjunctions(number, one, bodies)
    if one.kind == "crossing":
        return _crossings(number, one, bodies, values)
    if one.kind not in FOUND:
        return []
    kind = FOUND[one.kind]
    about = bodies.place(one.about)
    if about < 0 and kind in (at.ESCAPE, at.CAPTURE):
        # Out of whose reach, if nobody says? The heaviest one's.
        about = int(np.argmax(bodies.body[at.MASS]))
    return [
        _row(bodies, kind, i, p=_centre(bodies, i, about), watch=number, direction=one.direction)
        for i in bodies.chosen(one.of, about)
    ]


def _centre(bodies: Bodies, i: int, about: int) -> int:
    """Give the centre said, or the one a body on rails goes about."""
    on_rails = about < 0 and bodies.tag[at.KIND, i] == at.RAILS
    return int(bodies.tag[at.ABOUT, i]) if on_rails else about


def _conjunctions(number: int, one: Watch, bodies: Bodies) -> list[Row]:
    about = bodies.place(one.about)
    chosen = bodies.chosen(one.of, about)
    if one.pairs == "neighbours":
        chosen.sort(key=lambda i: _distance(bodies, i, about))
        couples = list(itertools.pairwise(chosen))
    else:
        couples = list(itertools.combinations(chosen, 2))
    return [
        _row(
            bodies, at.CONJUNCTION, i, j, p=about, watch=number, direction=one.direction, rank=rank
        )
        for rank, (i, j) in enumerate(couples)
    ]


def _distance(bodies: Bodies, i: int, about: int) -> float:
    if bodies.tag[at.KIND, i] == at.RAILS:
        return float(bodies.body[at.AXIS, i])
    centre = bodies.body[:3, about] if about >= 0 else np.zeros(3)
    return float(math.dist(bodies.body[:3, i], centre))


def _crossings(number: int, one: Watch, bodies: Bodies, values: list[float]) -> list[Row]:
    group, _, name = one.measure.partition(".")
    if group == "universe" and name in reading.UNIVERSE:
        code, first = at.WHOLE + reading.UNIVERSE.index(name), len(values)
        values.extend(one.at)
        return [
            _row(bodies, at.CROSSING, -1, p=-1, watch=number, code=code, first=first,
                 direction=one.direction, count=len(one.at))
        ]  # fmt: skip
    if one.measure not in measure.CODES:
        raise ParameterError(f"{one.measure!r} is not watched; {', '.join(measure.CODES)} may be")
    code = measure.CODES[one.measure]
    about, first = bodies.place(one.about), len(values)
    values.extend(one.at)
    chosen = bodies.chosen(one.of, about)
    pairs = itertools.combinations(chosen, 2) if code >= measure.P_DISTANCE else None
    subjects = list(pairs) if pairs is not None else [(i, -1) for i in chosen]
    return [
        _row(
            bodies, at.CROSSING, i, j, p=_centre(bodies, i, about), watch=number, code=code,
            direction=one.direction, first=first, count=len(one.at), rank=rank,
        )
        for rank, (i, j) in enumerate(subjects)
    ]  # fmt: skip


def _row(
    bodies: Bodies, kind: int, i: int, j: int = -1, *, p: int, watch: int, direction: str,
    code: int = 0, first: int = 0, count: int = 0, rank: int = 0,
) -> Row:  # fmt: skip
    turns = int(kind == at.CROSSING and code in measure.ROUND)
    row = [kind, code, i, j, p, first, count, watch, WAYS[direction], rank, turns]
    return row, bodies.pace(*((i, j, p) if i >= 0 else range(len(bodies.ids))))
