"""Compile every kernel of the physics."""

import numpy as np

from app.core.physics import build
from app.core.physics.engine import layout, reading
from app.core.physics.engine.advance import advance, begin
from app.core.physics.engine.door import door
from app.core.physics.engine.overlap import apart
from app.core.physics.tables import Tables
from app.core.physics.watches import Bodies, compiled


def warm() -> None:
    """Run each kernel once on a world of one body: the types are those of every world."""
    body, tag = np.zeros((layout.BODY_ROWS, 1)), np.zeros((layout.TAG_ROWS, 1), np.int64)
    par, ctl = np.zeros(layout.PARS), np.zeros(layout.CTLS, np.int64)
    body[layout.MASS], body[layout.INVERSE] = 1.0, 1.0
    par[layout.STEP] = np.inf
    build.couplings(body, tag, par, ctl)
    scene = np.zeros((0, layout.SCENE))
    tables, items = Tables.of(1), compiled((), Bodies(("a",), body, tag))
    apart(body, tag, par, np.ones(1, np.int64))
    begin(body, tag, par, ctl, scene, tables.force, 0.0)
    way = door(
        body, tag, par, ctl, tables.force, tables.log, tables.queue, tables.pairs, tables.first,
        tables.near, tables.cells, tables.bonds, scene, tables.events, tables.marks, items.items, items.finest,
        items.values, items.last,
    )  # fmt: skip
    advance(way.table, np.empty((1, 1, 6)), 0, 0.1, 0.0, -0.1)
    reading.read(body, tag, par, ctl, scene, np.zeros((0, 4), np.int64), np.empty(0))
