"""Changes at a tick: parameters, bodies that come, go or are pushed."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.core.document.body import BodySpec
from app.core.physics import build
from app.core.physics.engine import islands, layout
from app.errors import ParameterError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CELLS = {
    "physics.gravitation": layout.GRAVITATION,
    "physics.air_resistance": layout.AIR,
    "physics.energy_dissipation": layout.DISSIPATION,
    "physics.temperature": layout.TEMPERATURE,
    "physics.pressure": layout.PRESSURE,
}


def set_parameter(
    path: str,
    value: Any,
    body: Floats,
    par: Floats,
    specs: Sequence[BodySpec],
    *,
    dimensions: int = 3,
) -> None:
    """Write one parameter of the physics; time_scale is the clock's and passes by."""
    if path == "physics.gravity":
        par[layout.PULL_X : layout.PULL_Z + 1] = value
    elif path == "physics.softening":
        par[layout.SOFTENING2] = value * value
    elif path in CELLS:
        par[CELLS[path]] = value
    elif path == "physics.spin":
        par[layout.INERTIA] = build.inertia(bool(value), dimensions)
        if not value:
            body[layout.SX : layout.SZ + 1] = 0.0
    elif path in ("physics.elasticity", "physics.friction"):
        row, name = (
            (layout.BOUNCE, "elasticity")
            if path.endswith("elasticity")
            else (layout.RUB, "friction")
        )
        for i, one in enumerate(specs):
            if getattr(one, name) is None:
                body[row, i] = value
    elif path != "physics.time_scale":
        raise ParameterError(f"{path} cannot be changed while it plays")


def carry_over(
    made: build.Built, specs: Sequence[BodySpec], body: Floats, tag: Ints, time: float
) -> list[int]:
    """Give what was there before its motion back; returns the indices of newcomers.

    A body whose own place, velocity, orbit or rod was edited starts from what the edit says, a
    crowd's from how the edit sows it.
    """
    before = {one.identity: i for i, one in enumerate(specs)}
    entered = []
    for i, one in enumerate(made.specs):
        old = before.get(one.identity)
        if old is None:
            made.body[layout.BORN, i] = time
            entered.append(i)
            continue
        was = specs[old]
        made.body[layout.BORN, i] = body[layout.BORN, old]
        made.tag[layout.RESTED, i] = tag[layout.RESTED, old]
        if tag[layout.GONE, old]:
            for row in (layout.GONE, layout.TOUCH, layout.KIND):
                made.tag[row, i] = tag[row, old]
            made.body[layout.MASS, i] = made.body[layout.INVERSE, i] = 0.0
        if (one.orbit, one.rod, one.fixed) != (was.orbit, was.rod, was.fixed):
            continue
        if _stays(one, was):
            made.body[:3, i] = body[:3, old]
        elif one.aside and was.aside and one.position[1:] == was.position[1:]:
            made.body[1:3, i] = body[1:3, old]
        if (one.sped or one.velocity) == (was.sped or was.velocity):
            made.body[3:6, i] = body[3:6, old]
            made.body[layout.SX : layout.SZ + 1, i] = body[layout.SX : layout.SZ + 1, old]
    if made.ctl[layout.PLANAR]:
        flatten(made.body, made.tag)
    return entered


def flatten(body: Floats, tag: Ints) -> None:
    """Lay what moves freely into the plane of a flat world: a disc turns about z alone."""
    free = tag[layout.KIND] == layout.FREE
    for row in (layout.Z, layout.VZ, layout.SX, layout.SY):
        body[row, free] = 0.0


def keep_running(made: build.Built, par: Floats, ctl: Ints) -> None:
    """Let run on what is counted and smoothed over ticks: what walls feel, what was told lately."""
    made.par[[layout.WALL_PUSH, layout.FELT]] = par[[layout.WALL_PUSH, layout.FELT]]
    cells = [layout.TICK, layout.SPENT, layout.QUIET]
    made.ctl[cells] = ctl[cells]


def kept_bonds(made: build.Built, specs: Sequence[BodySpec], bonds: Floats) -> Floats:
    """Give the resting contacts of those who stay, under their new indices, in their old order.

    Solved anew from nothing a heap would sink and come to rest again, and tell it.
    """
    after = {one.identity: i for i, one in enumerate(made.specs)}
    place = np.array([after.get(one.identity, -1) for one in specs], np.int64)
    kept = bonds.copy()
    touched = kept[:, islands.OTHER] >= 0
    kept[:, islands.ONE] = place[bonds[:, islands.ONE].astype(np.int64)]
    kept[touched, islands.OTHER] = place[bonds[touched, islands.OTHER].astype(np.int64)]
    gone = (kept[:, islands.ONE] < 0) | (touched & (kept[:, islands.OTHER] < 0))
    kept = kept[~gone]
    order = np.lexsort((kept[:, islands.ONE], kept[:, islands.OTHER] < 0))
    return kept[order]


def _stays(one: BodySpec, was: BodySpec) -> bool:
    """Tell whether an edit leaves a body where its motion has brought it."""
    return (one.sown or one.position) == (was.sown or was.position)


def placed(made: build.Built, specs: Sequence[BodySpec], body: Floats) -> Ints:
    """Tell who stands where an edit put it, 1, and who where its motion had brought it, 0."""
    before = {one.identity: i for i, one in enumerate(specs)}
    put = np.ones(len(made.specs), np.int64)
    for i, one in enumerate(made.specs):
        old = before.get(one.identity)
        if old is not None:
            moved = np.any(made.body[:3, i] != body[:3, old])
            put[i] = bool(moved or one.radius > specs[old].radius)
    return put


def push(
    made: build.Built, pushes: Mapping[str, Mapping[str, Sequence[float]]], *, flat: bool
) -> None:
    """Write the velocities (length / time) and positions (length) of bodies that move freely."""
    for i, one in enumerate(made.specs):
        said = pushes.get(one.id)
        if said is None or made.tag[layout.KIND, i] != layout.FREE or made.tag[layout.GONE, i]:
            continue
        for word, first in (("position", layout.X), ("velocity", layout.VX)):
            if word in said:
                made.body[first : first + 3, i] = said[word]
                made.body[first + 2, i] *= not flat


def keep_broken(
    made: build.Built, specs: Sequence[BodySpec], scene: Floats, links: Sequence[str]
) -> None:
    """Leave links broken that were broken before, if they still join the same two bodies.

    `links` are the ids of those before, the last rows of `scene`.
    """
    first = len(scene) - len(links)
    before = zip(links, scene[first:], strict=True)
    broken = {(name, *_ends(row, specs)) for name, row in before if row[layout.L_ALIVE] == 0.0}
    after = zip(made.links, made.scene[made.ctl[layout.FIELDS] :], strict=True)
    for name, row in after:
        row[layout.L_ALIVE] = float((name, *_ends(row, made.specs)) not in broken)


def _ends(row: Floats, specs: Sequence[BodySpec]) -> tuple[Any, Any]:
    return (specs[int(row[layout.L_I])].identity, specs[int(row[layout.L_J])].identity)
