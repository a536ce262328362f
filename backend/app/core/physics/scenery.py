"""Fields and links of a document as rows of the engine's scene."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.core.document import Document
from app.core.document.body import BodySpec
from app.core.document.worlds import boundary
from app.core.physics.engine import layout as at

KINDS = {
    "radial": at.RADIAL,
    "directional": at.DIRECTIONAL,
    "vortex": at.VORTEX,
    "spring": at.TETHER,
}
FADES = {
    "none": at.NONE,
    "linear": at.LINEAR,
    "inverse": at.INVERSELY,
    "inverse square": at.SQUARELY,
}
LINKS = {"spring": at.SPRING, "rod": at.STIFF, "string": at.STRING}
SHORT = 1e-3  # length
NOTHING = 1e-12  # what a link bears that is said to bear nothing: pulls are told as parts of it
ALIKE = (
    1e-9  # of the distance at which two touch: a link as long as that is not shorter, but rounded
)
STIFFNESS = 10.0  # mass / time²: of a spring that does not say

Floats = NDArray[np.float64]


def scene(document: Document, specs: Sequence[BodySpec], ctl: NDArray[np.int64]) -> Floats:
    """Give the rows of all fields, then of all links, each in ascending id; counts go to `ctl`."""
    fields, links = document.data.get("fields", {}), document.data.get("links", {})
    planar = bool(ctl[at.PLANAR])
    places = {one.id: i for i, one in enumerate(specs)}
    edge = boundary(document)
    edges = edge.size if edge.kind == "periodic" else (0.0, 0.0, 0.0)
    rows = np.zeros((len(fields) + len(links), at.SCENE))
    for k, name in enumerate(sorted(fields)):
        _field(rows[k], fields[name], planar)
    for k, name in enumerate(sorted(links), len(fields)):
        _link(rows[k], links[name], places, specs, edges)
    ctl[at.FIELDS], ctl[at.LINKS] = len(fields), len(links)
    ctl[at.TIED] = any(one["kind"] != "spring" for one in links.values())
    ctl[at.BRITTLE] = any("breaks" in one for one in links.values())
    return rows


def clumps(rows: Floats, body: Floats, tag: NDArray[np.int64], ctl: NDArray[np.int64]) -> None:
    """Number together whom rods and strings tie closer than they are wide: they never touch."""
    numbers = tag[at.CLUMP]
    for k, row in enumerate(rows[ctl[at.FIELDS] :], 1):
        i, j = int(row[at.L_I]), int(row[at.L_J])
        reach = body[at.RADIUS, i] + body[at.RADIUS, j]
        if row[at.L_KIND] == at.SPRING or row[at.L_LENGTH] >= reach * (1.0 - ALIKE):
            continue
        _join(numbers, i, j, k)


def chains(rows: Floats, tag: NDArray[np.int64], ctl: NDArray[np.int64]) -> None:
    """Number together all that rods and strings tie to each other."""
    numbers = tag[at.CHAIN]
    for k, row in enumerate(rows[ctl[at.FIELDS] :], 1):
        if row[at.L_KIND] != at.SPRING:
            _join(numbers, int(row[at.L_I]), int(row[at.L_J]), k)


def _join(numbers: NDArray[np.int64], i: int, j: int, new: int) -> None:
    for end in (i, j):
        if numbers[end]:
            numbers[numbers == numbers[end]] = new
    numbers[i] = numbers[j] = new


def take_freedom(rows: Floats, body: Floats, par: Floats, ctl: NDArray[np.int64]) -> None:
    """Mark the rods that take a degree of freedom from the motion of mass.

    A rod forbids one way to move; it takes nothing where others forbid that already, or where
    what has no mass gives way to it: elimination, row by row, columns of no mass first.
    """
    edges = par[at.WRAP_X : at.WRAP_Z + 1]
    kept: dict[tuple[bool, int, int], dict[tuple[bool, int, int], float]] = {}
    for row in rows[ctl[at.FIELDS] :]:
        row[at.L_TAKES] = 0.0
        if row[at.L_KIND] == at.STIFF and row[at.L_ALIVE] > 0:
            lead = _reduced(_forbidden(row, body, edges), kept)
            row[at.L_TAKES] = float(lead is not None and lead[0])


def _forbidden(row: Floats, body: Floats, edges: Floats) -> dict[tuple[bool, int, int], float]:
    """Give by which share of each body's speed along each axis a rod would change its length."""
    i, j = int(row[at.L_I]), int(row[at.L_J])
    way = body[: at.Z + 1, j] - body[: at.Z + 1, i]
    way = np.where(edges > 0, way - edges * np.floor(way / np.maximum(edges, 1e-300) + 0.5), way)
    way /= math.hypot(*way) or 1.0
    return {
        (body[at.MASS, end] > 0, end, axis): sign * float(way[axis])
        for end, sign in ((i, -1.0), (j, 1.0))
        for axis in range(3)
        if body[at.INVERSE, end] > 0 and way[axis] != 0.0
    }


def _reduced(
    left: dict[tuple[bool, int, int], float],
    kept: dict[tuple[bool, int, int], dict[tuple[bool, int, int], float]],
) -> tuple[bool, int, int] | None:
    """Take the kept rows from one as far as they go; keep what is left, and give where it leads."""
    while left:
        lead = min(left)
        if abs(left[lead]) < ALIKE:
            del left[lead]
        elif lead not in kept:
            kept[lead] = left
            return lead
        else:
            share = left[lead] / kept[lead][lead]
            for cell, value in kept[lead].items():
                left[cell] = left.get(cell, 0.0) - share * value
            del left[lead]
    return None


def _field(row: Floats, said: Mapping[str, Any], planar: bool) -> None:
    row[at.F_KIND] = KINDS[said["kind"]]
    row[at.F_X : at.F_Z + 1] = _vector(said.get("position", (0, 0, 0)))
    upright = (0, 0, 1) if said["kind"] == "vortex" or not planar else (1, 0, 0)
    toward = _vector(said.get("toward", upright))
    row[at.F_TX : at.F_TZ + 1] = np.array(toward) / (math.hypot(*toward) or 1.0)
    row[at.F_STRENGTH] = said["strength"]
    row[at.F_RADIUS] = said.get("radius", math.inf)
    falloff = FADES[said.get("falloff", "none")]
    # To fall to nothing at a radius there must be one.
    endless = falloff == at.LINEAR and "radius" not in said
    row[at.F_FALLOFF] = at.NONE if endless else falloff
    row[at.F_CHARGED] = said.get("tag", "mass") == "charge"


def _link(
    row: Floats, said: Mapping[str, Any], places: Mapping[str, int], specs: Sequence[BodySpec],
    edges: tuple[float, float, float],
) -> None:  # fmt: skip
    one, other = (places[name] for name in said["between"])
    apart = _apart(specs[one].position, specs[other].position, edges)
    row[at.L_KIND] = LINKS[said["kind"]]
    row[at.L_I], row[at.L_J] = one, other
    row[at.L_STIFF] = said.get("stiffness", STIFFNESS)
    # Bodies in one place that are tied as they stand are tied this short.
    row[at.L_LENGTH] = said.get("length", apart if said["kind"] == "spring" else max(apart, SHORT))
    row[at.L_DAMP] = said.get("damping", 0.0)
    row[at.L_BREAKS] = max(said.get("breaks", math.inf), NOTHING)
    row[at.L_ALIVE] = 1.0


def _apart(one: Sequence[float], other: Sequence[float], edges: Sequence[float]) -> float:
    """Give how far apart two places are, round a world that wraps after its edges if that is less."""
    ways = (b - a for a, b in zip(one, other, strict=True))
    return math.hypot(
        *(way - edge * math.floor(way / edge + 0.5) if edge else way
          for way, edge in zip(ways, edges, strict=True))
    )  # fmt: skip


def _vector(said: Sequence[float]) -> tuple[float, float, float]:
    x, y, z = (*said, 0.0) if len(said) == 2 else said
    return (float(x), float(y), float(z))
