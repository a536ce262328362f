"""Worlds to measure: made from documents, played for so many heard seconds."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from app.core.document import judge
from app.core.physics import Event, World
from app.core.story import Clock


@dataclass
class Played:
    world: World
    clock: Clock
    frames: np.ndarray
    events: list[Event] = field(default_factory=list)

    def times(self, kind: str = "collision", **wanted: object) -> list[float]:
        return [
            one.universe_time
            for one in self.events
            if one.kind == kind and all(getattr(one, key) == of for key, of in wanted.items())
        ]

    def go_on(self, ticks: int) -> "Played":
        frames, events = self.world.advance(ticks, self.clock)
        return Played(self.world, self.clock, frames, events)


@pytest.fixture(scope="session")
def play():
    def run(said: dict, seconds: float, watches: tuple = (), seed: int = 1) -> Played:
        document = judge({"title": "law", **said})
        world, clock = World.of(document, watches, seed=seed), Clock.of(document)
        frames, events = world.advance(round(seconds * 120), clock)
        return Played(world, clock, frames, events)

    return run
