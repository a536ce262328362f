"""A world in motion: the door of the physics."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.core.document import Document
from app.core.document.body import BodySpec
from app.core.numbers.grid import TICKS_PER_SECOND
from app.core.physics import asked, build, edits, state
from app.core.physics.engine import layout, reading
from app.core.physics.engine.advance import advance, begin
from app.core.physics.engine.door import door
from app.core.physics.engine.overlap import apart
from app.core.physics.event import Event, Watch
from app.core.physics.lasting import lasting
from app.core.physics.scenery import take_freedom
from app.core.physics.tables import Tables
from app.core.physics.told import Told
from app.core.physics.watches import Bodies, Items, compiled, go_on
from app.core.story import Clock

Floats = NDArray[np.float64]


class World:
    """Bodies and what moves them, at the start of a tick; `advance` plays it forward."""

    def __init__(self, made: build.Built, watches: Sequence[Watch], time: float) -> None:
        self.tick = 0
        self.seed = int(made.ctl[layout.SEED])
        self.blown: tuple[int, str] | None = None
        self._asked: tuple[asked.Ask, ...] = ()
        self._rows: NDArray[np.int64]
        self._take(made, watches)
        apart(*self._state()[:3], np.ones(len(self.roster), np.int64))
        begin(*self._state(), self._scene, self._tables.force, time)
        self._energy = self._total_energy()

    @classmethod
    def of(cls, document: Document, watches: Sequence[Watch], *, seed: int) -> "World":
        """Make the world of a universe at tick 0."""
        return cls(build.build(document, seed), watches, 0.0)

    def advance(self, ticks: int, clock: Clock) -> tuple[Floats, Sequence[Event]]:
        """Play so many ticks: frames (ticks, bodies, 6) at the start of each, events in time order.

        After a blow-up the bodies stand still where they last were numbers.
        """
        frames = np.empty((ticks, len(self.roster), 6))
        if self.blown:
            frames[:] = self.frame()
            self.tick += ticks
            return frames, []
        count = clock.count(self.tick)
        told = self._play(frames, count)
        events: Sequence[Event] = []
        if told < 0:
            events = self._blown(frames, clock)
        elif told:
            events = Told(self._door, told, self.roster, count[1])
        self.tick += ticks
        return frames, events

    @property
    def ended(self) -> str:
        """Say which body left the numbers, and at which tick; "" while none has."""
        if self.blown is None:
            return ""
        tick, body = self.blown
        return f"{body} left all numbers at tick {tick}, {tick / TICKS_PER_SECOND:.2f} s"

    def frame(self) -> Floats:
        """Give place and velocity of every body now, (bodies, 6)."""
        return np.ascontiguousarray(self._body[:6].T)

    def place(self, body: str) -> tuple[float, float, float]:
        """Give where a body is now."""
        x, y, z = self._body[:3, self._places[body]].tolist()
        return (x, y, z)

    def set(self, path: str, value: Any) -> None:
        """Change a parameter of the physics from now on, e.g. "physics.gravity"."""
        dimensions = 2 if self._ctl[layout.PLANAR] else 3
        if value == "natural":
            value = self._natural
        edits.set_parameter(path, value, self._body, self._par, self.specs, dimensions=dimensions)
        build.couplings(*self._state())
        self._begin()

    def edit(
        self,
        document: Document,
        watches: Sequence[Watch],
        clock: Clock,
        *,
        pushes: Mapping[str, Mapping[str, Sequence[float]]] | None = None,
    ) -> list[Event]:
        """Take a changed document at this tick: what stays keeps its motion; newcomers `appear`.

        `pushes` give free bodies another velocity (length / time) or position (length), by id.
        """
        time = clock.instant(self.tick).universe_time
        made = build.build(document, self.seed)
        self.blown = None  # what blew up stands still since; as it is now, it may go on
        entered = edits.carry_over(made, self.specs, self._body, self._tag, time)
        edits.push(made, pushes or {}, flat=document.data.get("dimensions", 3) == 2)
        edits.keep_broken(made, self.specs, self._scene, self._links)
        edits.keep_running(made, self._par, self._ctl)
        made.par[layout.NOW] = time
        apart(made.body, made.tag, made.par, edits.placed(made, self.specs, self._body))
        take_freedom(made.scene, made.body, made.par, made.ctl)
        bonds = edits.kept_bonds(made, self.specs, self._bonds())
        before, names = self._items, tuple(one.identity for one in self.specs)
        self._take(made, watches)
        go_on(self._items, before, tuple(one.identity for one in made.specs), names)
        self._bind(bonds)
        self._begin()
        return [
            Event("appear", self.tick, 0.0, time, (self.roster[i],), tuple(self.frame()[i, :3]))
            for i in entered
        ]

    def measure(self, name: str, body: str = "", other: str = "", about: str = "") -> float:
        """Read a measure now: "body.speed", "pair.distance", "universe.temperature".

        Universe units; angles in radians. Raises ParameterError for a name that is none.
        """
        if name in ("body.index", "body.rank"):
            place = self._places[body]
            return float(self.specs[place].index if name == "body.index" else place)
        return self._read(asked.rows([(name, body, other, about)], self._places))[0]

    def measures(self, asks: tuple[asked.Ask, ...]) -> list[float]:
        """Read many measures now: name, body, other, about of each; quick with the same tuple."""
        if asks is not self._asked:
            self._rows, self._asked = asked.rows(asks, self._places), asks
        return self._read(self._rows)

    def _read(self, rows: NDArray[np.int64]) -> list[float]:
        read = np.empty(len(rows))
        reading.read(*self._state(), self._scene, rows, read)
        return read.tolist()

    def energy_error(self) -> float:
        """Give the relative change of energy since the last edit; nan where it is not conserved."""
        if not lasting(*self._state(), self._scene):
            return math.nan
        now = self._total_energy()
        # A world may start with no energy at all and make it from its height.
        scale = max(sum(map(abs, self._energy)), sum(map(abs, now)))
        change = now[0] + now[1] - self._energy[0] - self._energy[1]
        return abs(change) / scale if scale > 0 else 0.0

    def snapshot(self) -> dict[str, Any]:
        """Give the whole state; a world restored from it goes on with the same bits."""
        tables = self._tables
        return {
            "first": tables.first.astype(np.int32),
            "near": tables.near[: tables.first[-1]].astype(np.int32),
            "tick": self.tick,
            **state.kept(self._body, self._tag),
            "par": self._par.copy(),
            "ctl": self._ctl.copy(),
            "scene": self._scene.copy(),
            "bonds": self._bonds(),
            "last": self._items.last.copy(),
            "energy": list(self._energy),
            "blown": list(self.blown) if self.blown else None,
        }

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Go back to a snapshot of this very universe and these watches."""
        self.tick = int(kept["tick"])
        state.put_back(self._body, self._tag, kept)
        self._par, self._ctl = np.array(kept["par"]), np.array(kept["ctl"])
        self._scene = np.array(kept["scene"])
        while len(kept["near"]) > len(self._tables.near):
            self._tables.grow(layout.MORE_PAIRS)
        self._tables.first[:] = kept["first"]
        self._tables.near[: len(kept["near"])] = kept["near"]
        # What pulls at the start of the next substep is what pulled at the end of the last.
        self._tables.force[:3, : len(self.roster)] = self._body[layout.GX : layout.GZ + 1]
        self._bind(np.array(kept["bonds"]))
        self._items.last[:] = kept["last"]
        self._energy = (float(kept["energy"][0]), float(kept["energy"][1]))
        blown = kept["blown"]
        self.blown = (int(blown[0]), str(blown[1])) if blown else None

    def _take(self, made: build.Built, watches: Sequence[Watch]) -> None:
        self.specs: tuple[BodySpec, ...] = made.specs
        self._natural = made.natural
        self.roster = tuple(one.id for one in made.specs)
        self._places = {name: i for i, name in enumerate(self.roster)}
        self._body, self._tag, self._par, self._ctl = made.body, made.tag, made.par, made.ctl
        self._scene, self._links = made.scene, made.links
        self._asked, self._rows = (), np.zeros((0, 4), np.int64)
        self._tables = Tables.of(len(self.roster))
        self._items: Items = compiled(watches, Bodies(self.roster, made.body, made.tag))
        self._open()

    def _bonds(self) -> Floats:
        return self._tables.bonds[0, : self._ctl[layout.BONDS], : state.BONDED].copy()

    def _bind(self, bonds: Floats) -> None:
        while len(bonds) > self._tables.bonds.shape[1]:
            self._tables.grow(layout.MORE_BONDS)
        self._tables.bonds[0, : len(bonds), : state.BONDED] = bonds
        self._ctl[layout.BONDS] = len(bonds)
        self._open()

    def _begin(self) -> None:
        begin(*self._state(), self._scene, self._tables.force, float(self._par[layout.NOW]))
        self._energy = self._total_energy()

    def _state(self) -> tuple[Any, Any, Any, Any]:
        return self._body, self._tag, self._par, self._ctl

    def _open(self) -> None:
        """Make the door anew: one of the arrays is another."""
        tables, items = self._tables, self._items
        self._door = door(
            *self._state(), tables.force, tables.log, tables.queue, tables.pairs, tables.first,
            tables.near, tables.cells, tables.bonds, self._scene, tables.events, tables.marks,
            items.items, items.finest, items.values, items.last,
        )  # fmt: skip

    def _play(self, frames: Floats, count: tuple[int, float, float, float]) -> int:
        """Run the kernel, again where a table was too small; how many events, -1 at a blow-up."""
        while True:
            way = self._door  # held: the kernel knows only addresses
            told = advance(way.table, frames, *count)
            fault = layout.OK if told >= 0 else self._ctl.item(layout.FAULT)
            if fault == layout.OK or fault == layout.BLOWN:
                return told
            self._tables.grow(fault)
            self._open()

    def _blown(self, frames: Floats, clock: Clock) -> list[Event]:
        """Stand still from the tick in which somebody left the numbers; what happened up to it."""
        done = int(self._ctl[layout.DONE])
        told = min(int(self._ctl[layout.EVENTS]), len(self._tables.events))
        happened = Told(self._door, told, self.roster, clock.units_per_tick)
        self._stand(frames[done])
        events = [event for event in happened if event.tick < self.tick + done]
        events.append(self._blow_up(clock.instant(self.tick + done).universe_time, done))
        frames[done:] = self.frame()
        return events

    def _stand(self, frame: Floats) -> None:
        """Stand where everybody was at the start of a tick: within it somebody left the numbers."""
        self._body[:3], self._body[3:6] = frame[:, :3].T, 0.0
        self._body[layout.SX : layout.SZ + 1] = 0.0

    def _blow_up(self, time: float, done: int) -> Event:
        culprit = self.roster[int(self._ctl[layout.CULPRIT])]
        tick = self.tick + done
        self.blown = (tick, culprit)
        return Event(
            "blowup",
            tick,
            0.0,
            float(time),
            (culprit,),
            tuple(self.frame()[self._places[culprit], :3]),
        )

    def _total_energy(self) -> tuple[float, float]:
        kinetic, potential = self._read(asked.ENERGIES)
        return kinetic, potential
