"""Scenes in the engine's own arrays, for the benchmarks: equal spheres in a box."""

import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "backend"))

from app.core.physics.engine import layout
from app.core.physics.engine.advance import advance, begin
from app.core.physics.engine.door import door
from app.core.physics.tables import Tables
from app.core.physics.watches import Bodies, compiled

STEP_S = 1 / 120
RADIUS = 0.1


class Scene:
    """Equal spheres of mass 1, at places and velocities (3, bodies), in a box from its corners."""

    def __init__(self, place, velocity, low, high, *, elasticity=1.0, gravity=0.0, pull=0.0):
        n = place.shape[1]
        self.body = np.zeros((layout.BODY_ROWS, n))
        self.tag = np.zeros((layout.TAG_ROWS, n), np.int64)
        self.par, self.ctl = np.zeros(layout.PARS), np.zeros(layout.CTLS, np.int64)
        self.body[:3], self.body[3:6] = place, velocity
        self.body[layout.MASS] = self.body[layout.INVERSE] = 1.0
        self.body[layout.RADIUS], self.body[layout.BOUNCE] = RADIUS, elasticity
        self.par[layout.LOW_X : layout.LOW_X + 3] = low
        self.par[layout.HIGH_X : layout.HIGH_X + 3] = high
        self.par[layout.PULL_Y], self.par[layout.STEP] = -gravity, STEP_S
        self.par[layout.GRAVITATION], self.par[layout.SOFTENING2] = pull, 0.04
        self.ctl[layout.MUTUAL] = pull > 0
        self.tag[layout.TOUCH] = self.ctl[layout.TOUCHING] = pull == 0
        self.ctl[layout.ELASTIC], self.ctl[layout.PLAIN] = elasticity >= 1, pull > 0
        self.scene = np.zeros((0, layout.SCENE))
        self.tables = Tables.of(n)
        self.items = compiled((), Bodies((), self.body, self.tag))
        self.tick, self.frames = 0, np.zeros((0, n, 6))
        begin(*self.state(), self.scene, self.tables.force, 0.0)

    def state(self):
        """Give the four arrays that are the world."""
        return self.body, self.tag, self.par, self.ctl

    def play(self, ticks):
        """Play so many ticks; gives seconds a tick and the events."""
        t, i = self.tables, self.items
        if len(self.frames) != ticks:
            self.frames = np.zeros((ticks, self.body.shape[1], 6))
        while True:
            way = door(
                *self.state(), t.force, t.log, t.queue, t.pairs, t.first, t.near, t.cells, t.bonds,
                self.scene, t.events, t.marks, i.items, i.finest, i.values, i.last,
            )  # fmt: skip
            began = time.perf_counter()
            advance(way.table, self.frames, self.tick, STEP_S, 0.0, -STEP_S)
            took = time.perf_counter() - began
            if self.ctl[layout.FAULT] == layout.OK:
                break
            t.grow(self.ctl[layout.FAULT])
        self.tick += ticks
        return took / ticks, int(self.ctl[layout.EVENTS])

    def best(self, ticks, runs):
        """Give the best seconds a tick of several runs."""
        return min(self.play(ticks)[0] for _ in range(runs))

    def kinetic(self):
        """Give the kinetic energy, for masses of 1."""
        return 0.5 * float((self.body[3:6] ** 2).sum())


def gas(n, dimensions):
    """Give edge, places and velocities of a gas: 10 % of the area or 5 % of the volume filled."""
    rng = np.random.default_rng(1)
    filled = (
        n * np.pi * RADIUS**2 / 0.10 if dimensions == 2 else n * 4 / 3 * np.pi * RADIUS**3 / 0.05
    )
    edge = filled ** (1 / dimensions)
    row = int(np.ceil(n ** (1 / dimensions)))
    at = np.arange(n)
    grid = [at % row, at // row % row, at // row**2]
    place, velocity = np.zeros((3, n)), np.zeros((3, n))
    for axis in range(dimensions):
        place[axis] = -edge / 2 + (grid[axis] + 0.5) * edge / row
    velocity[:dimensions] = rng.normal(0, 1, (dimensions, n))
    return edge, place, velocity


def heap(n, dimensions, width):
    """Give places of a loose heap over the floor at y = 0, `width` wide (and deep in 3D)."""
    rng = np.random.default_rng(0)
    row = int(width / 0.22)
    at = np.arange(n)
    jitter = rng.uniform(-0.005, 0.005, (2, n))
    place = np.zeros((3, n))
    place[0] = -width / 2 + 0.11 + (at % row) * 0.22 + jitter[0]
    if dimensions == 3:
        place[2] = -width / 2 + 0.11 + (at // row % row) * 0.22 + jitter[1]
    place[1] = 0.3 + at // row ** (dimensions - 1) * 0.25
    return place


def walls(edge, dimensions, *, top=None, floor=None):
    """Give the corners of a box; a flat world has no walls before and behind."""
    low, high = np.full(3, -edge / 2), np.full(3, edge / 2)
    if floor is not None:
        low[1], high[1] = floor, top
    if dimensions == 2:
        low[2], high[2] = -np.inf, np.inf
    return low, high


def row(name, ours_s, peer_s, peer, more="", *, asked, kept=True):
    """Print one line of a table: microseconds a step of both, how many times faster, and verdict.

    `asked` is the least ratio that will do; `kept` whether all else that was asked holds.
    """
    ratio = peer_s / ours_s
    figures = f"ours {ours_s * 1e6:10.1f} us   {peer} {peer_s * 1e6:10.1f} us   {ratio:5.2f}x"
    reached = None if np.isnan(ratio) else ratio >= asked and bool(kept)
    said(name, f"{figures}   {more}", f"{asked:.2f}x", reached)


def said(name, figures, asked, reached):
    """Print one line: what was measured, what was asked, and whether it was reached."""
    verdict = "no peer here" if reached is None else "reached" if reached else "MISSED"
    sys.stdout.write(f"{name:<22} {figures}   asked {asked}: {verdict}\n")
    sys.stdout.flush()
