"""Changes at a tick: parameters, bodies that come, go or are pushed."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.core.document.body import BodySpec
from app.core.physics import build
from app.core.physics.engine import layout
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
    return entered


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


def keep_broken(made: build.Built, specs: Sequence[BodySpec], scene: Floats, fields: int) -> None:
    """Leave links broken that were broken before, if they join the same two bodies."""
    broken = {_ends(row, specs) for row in scene[fields:] if row[layout.L_ALIVE] == 0.0}
    for row in made.scene[made.ctl[layout.FIELDS] :]:
        row[layout.L_ALIVE] = float(_ends(row, made.specs) not in broken)


def _ends(row: Floats, specs: Sequence[BodySpec]) -> tuple[Any, Any]:
    return (specs[int(row[layout.L_I])].identity, specs[int(row[layout.L_J])].identity)
