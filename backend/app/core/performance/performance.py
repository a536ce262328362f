"""A performance: one universe played forward, tick by tick, into slices."""

import copy
import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from app.core import mapping
from app.core.audio import Instrument
from app.core.audio.ear import Ear
from app.core.audio.knobs import INDEX
from app.core.document import Document, parse
from app.core.document.music import meter_of
from app.core.mapping import Rules
from app.core.music import Score
from app.core.music.note import Control
from app.core.performance.checkpoint import packed, unpacked
from app.core.performance.played import Mute, Played
from app.core.performance.recall import clock_from, events_from
from app.core.performance.slice import Meters, Pace, Slice
from app.core.physics import World
from app.core.physics.event import Event
from app.core.story import Clock, Reached, Story
from app.errors import InputError

# Raised whenever the same document, seed and journal would give other bytes than before.
ENGINE = 5


class Performance:
    """A universe being performed; `tick` is the first one not yet played."""

    def __init__(self, document: Document, *, seed: int | None = None, seen: bool = True) -> None:
        """Begin; where it is not seen, it makes neither looks nor meters, which cost a third."""
        self.document = document
        self._seen = seen
        self.seed = int(document.data.get("seed", 0)) if seed is None else seed
        self.tick = 0
        self._rules = self._compiled(document)
        self._clock = Clock.of(document)
        self._story = Story.of(document)
        self._world = World.of(document, self._rules.watches, seed=self.seed)
        self._score = Score.of(document)
        self._instrument = Instrument.of(document)
        self._moved: dict[str, Any] = {}  # what story and rules have made of parameters
        self._coming: dict[str, Any] = {}  # what events of the last tick move from now on
        self._arrivals: list[Event] = []  # bodies that entered by an edit, heard in the next tick
        self._orphans: list[Control] = []
        self._strings: tuple[float, ...] = ()
        self._ear = Ear()  # no part of the state: it hears from here on

    @property
    def clock(self) -> Clock:
        """The clock as it runs now."""
        return self._clock

    @property
    def roster(self) -> tuple[str, ...]:
        """Ids of the bodies there are now, in the order of a frame's rows."""
        return self._world.roster

    @property
    def radii(self) -> tuple[float, ...]:
        """Radii of the bodies there are now, length, in the order of a frame's rows."""
        return tuple(spec.radius for spec in self._world.specs)

    def value(self, path: str) -> Any:
        """Give what a parameter is now: as story and rules have moved it, else as written."""
        return self._moved[path] if path in self._moved else self.document.value(path)

    @property
    def ended(self) -> str:
        """Say which body left the numbers when, where one did: nothing moves any more; else ""."""
        return self._world.ended

    def run(self, ticks: int) -> Slice:
        """Play so many ticks; the bytes do not depend on how a stretch is cut into runs."""
        began = self.tick
        time = self._clock.instant(began).universe_time
        roster = self._world.roster
        played = Played(rendered=began, paces=[self._pace()])
        for _ in range(ticks):
            self._play_tick(played)
        self._sound(played)
        samples = np.concatenate(played.samples)
        frames = np.concatenate(played.frames) if ticks else np.zeros((0, len(roster), 6))
        return Slice(
            tick=began,
            ticks=ticks,
            universe_time=time,
            roster=roster,
            frames=frames,
            events=tuple(played.events),
            notes=tuple(played.notes),
            controls=tuple(played.controls),
            samples=samples,
            meters=self._meters(samples),
            looks=np.stack(played.looks) if played.looks else np.zeros((0, len(roster), 6)),
            paces=tuple(dict.fromkeys(played.paces)),
            visual={
                path: value for path, value in self._moved.items() if path.startswith("visual.")
            },
        )

    def _play_tick(self, played: Played) -> None:
        tick = self.tick
        self._move({**self._coming, **self._story.at(self._clock, tick)}, played)
        self._tune(played)
        held, following = self._rules.held(self._world, self._clock, tick)
        self._move(following, played)
        if self._clock.anchor_tick == tick:
            played.paces.append(self._pace())
        if self._rules.seen:
            played.looks.append(self._rules.looks.table(self._world.roster))
        events = self._events(played)
        wants, self._coming = self._rules.wants(events, self._world, self._clock, tick)
        notes, controls = self._score.admit(wants, held, self._clock, tick)
        played.events += events
        played.notes += notes
        played.controls += self._orphans + controls
        self._orphans = []
        self.tick += 1

    def _compiled(self, document: Document) -> Rules:
        rules = mapping.compile(document)
        return rules if self._seen else rules.unseen()

    def _meters(self, samples: NDArray[np.float32]) -> Meters:
        if not self._seen or len(samples) == 0:
            return Meters(0.0, 0.0, self._world.energy_error())
        peak = max(float(samples.max()), -float(samples.min()))
        rms = float(np.sqrt(np.mean(np.square(samples), dtype=np.float64)))
        return Meters(peak, rms, self._world.energy_error(), self._ear.hear(samples))

    def _pace(self) -> Pace:
        return Pace(self.tick, self._clock.tempo, meter_of(self.value("music.meter")))

    def _events(self, played: Played) -> Sequence[Event]:
        """Advance the world by a tick and give everything that happened, in time order."""
        tick, clock = self.tick, self._clock
        frames, events = self._world.advance(1, clock)
        played.frames.append(frames)
        points = [_told(reached, clock) for reached in self._story.reached(clock, tick)]
        others = self._arrivals + points + self._rules.metronome(clock, tick)
        self._arrivals = []
        return sorted((*others, *events), key=lambda event: event.offset) if others else events

    def _move(self, moved: Mapping[str, Any], played: Played) -> None:
        """Give parameters other values from this tick on."""
        for path, value in moved.items():
            if path in self._moved and self._moved[path] == value:
                continue
            self._moved[path] = value
            if path in INDEX:
                # What is heard before this tick must be played before the knob turns.
                self._sound(played)
            self._turn(path, value)

    def _tune(self, played: Played) -> None:
        """Tune what rings on to the chord that now begins."""
        if not self._instrument.resonates:
            return
        strings = self._score.chord_hz(self._clock, self.tick)
        if strings != self._strings:
            self._sound(played)
            self._instrument.tune(strings)
            self._strings = strings

    def _turn(self, path: str, value: Any) -> None:
        self._clock = self._clock.changed(self.tick, {path: value})
        self._rules.set(path, value)
        if path.startswith("physics."):
            self._world.set(path, value)
        self._score.set(path, value)
        self._instrument.set(path, value)

    def _sound(self, played: Played) -> None:
        """Render what has been played and not yet rendered."""
        ticks = self.tick - played.rendered
        notes, controls = played.unheard()
        played.samples.append(self._instrument.render(played.rendered, ticks, notes, controls))
        played.rendered = self.tick

    def edit(self, document: Document) -> None:
        """Obey another document from `tick` on; what stays keeps its motion, what sounds rings."""
        rules = self._compiled(document)
        rules.restore(self._rules.snapshot())
        kept = {
            path: value
            for path, value in self._moved.items()
            if document.value(path) == self.document.value(path)
        }
        self.document, self._rules, self._moved = document, rules, {}
        self._clock = self._clock.changed(self.tick, document)
        self._story = Story.of(document)
        self._arrivals += self._world.edit(document, rules.watches, self._clock)
        self._score.edit(document)
        self._instrument.edit(document)
        self._orphans += self._score.orphans(rules.ids, rules.bodies, self.tick)
        for path, value in kept.items():
            self._moved[path] = value
            self._turn(path, value)

    def push(self, pushes: Mapping[str, Mapping[str, Any]]) -> None:
        """Give bodies another velocity or place from `tick` on; the document stays as it is.

        Lengths and times in the universe's units. Bodies that are gone or do not move freely (on
        rails, on rods, fixed) are passed by.
        """
        self._world.edit(self.document, self._rules.watches, self._clock, pushes=pushes)
        for path, value in self._moved.items():
            if path.startswith("physics."):
                self._world.set(path, value)

    def still(self) -> Slice:
        """Show how everything stands: the tick that comes, unheard. Nothing changes by it."""
        parts: dict[str, Any] = {"rules": self._rules, "score": self._score, "world": self._world}
        state = unpacked(packed({name: one.snapshot() for name, one in parts.items()}))
        self = copy.copy(self)  # a twin, from here on
        self._rules, self._score = self._compiled(self.document), Score.of(self.document)
        self._world = World.of(self.document, self._rules.watches, seed=self.seed)
        self._moved, self._ear = dict(self._moved), Ear()
        self._instrument = cast(Any, Mute())
        self._recall(state)
        return dataclasses.replace(self.run(1), notes=(), controls=(), events=())

    def silence(self) -> None:
        """Silence everything that sounds within a tick."""
        self._instrument.silence()

    def snapshot(self) -> bytes:
        """Give all that later slices depend on."""
        return packed(
            {
                "engine": ENGINE,
                "document": self.document.text,
                "seed": self.seed,
                "tick": self.tick,
                "clock": dataclasses.asdict(self._clock),
                "moved": self._moved,
                "coming": self._coming,
                "arrivals": [event._asdict() for event in self._arrivals],
                "orphans": [dataclasses.asdict(control) for control in self._orphans],
                "rules": self._rules.snapshot(),
                "world": self._world.snapshot(),
                "score": self._score.snapshot(),
                "instrument": self._instrument.snapshot(),
            }
        )

    @classmethod
    def resume(cls, data: bytes) -> "Performance":
        """Go on from a snapshot; raises InputError for one of another engine."""
        state = unpacked(data)
        if state["engine"] != ENGINE:
            raise InputError(f"the checkpoint is of engine {state['engine']}; this is {ENGINE}")
        self = cls(parse(state["document"]), seed=int(state["seed"]))
        self.tick = int(state["tick"])
        self._clock = clock_from(state["clock"])
        self._moved, self._coming = state["moved"], state["coming"]
        self._arrivals = events_from(state["arrivals"])
        self._orphans = [Control(**said) for said in state["orphans"]]
        self._recall(state)
        self._instrument.restore(state["instrument"])
        return self

    def _recall(self, state: Mapping[str, Any]) -> None:
        self._rules.restore(state["rules"])
        self._world.restore(state["world"])
        self._score.restore(state["score"])
        for path, value in self._moved.items():
            self._score.set(path, value)


def _told(reached: Reached, clock: Clock) -> Event:
    """Give a point of the story as an event."""
    now = clock.instant(reached.tick, reached.offset).universe_time
    return Event("story", reached.tick, reached.offset, now, bodies=(), wall="")
