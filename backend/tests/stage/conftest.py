"""A tiny engine for the stage's tests: its samples depend on every edit and on when it came."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pytest

from app.core.performance.slice import Meters, Slice
from app.errors import InputError, Unavailable
from app.stage.checkpoints import Checkpoints
from app.stage.ports import Edit, Entered, Opening, Roster
from app.stage.theatre import Theatre
from app.stage.transport import Transport


@dataclass(frozen=True)
class ToyDocument:
    data: Mapping[str, Any]

    @property
    def text(self) -> str:
        return json.dumps(self.data, sort_keys=True)

    def patched(self, patch: Mapping[str, Any]) -> "ToyDocument":
        if "bad" in patch:
            raise InputError("bad is not built yet")
        return ToyDocument({**self.data, **patch})


class ToyPerformance:
    def __init__(self, text: str, seed: int) -> None:
        self.tick = 0
        self.document = ToyDocument(json.loads(text))
        self.state = f"{seed}"
        self.radii = (1.0,)
        self.ended = ""

    def run(self, ticks: int) -> Slice:
        first, samples = self.tick, []
        for _ in range(ticks):
            self.state = hashlib.sha256(f"{self.state}{self.document.text}".encode()).hexdigest()
            samples.append(np.full((400, 2), int(self.state[:6], 16) / 2**24, np.float32))
            self.tick += 1
        return Slice(
            first, ticks, 0.0, ("a",), np.zeros((ticks, 1, 6)), (), (), (),
            np.concatenate(samples), Meters(0, 0, 0),
        )  # fmt: skip

    def edit(self, document: ToyDocument) -> None:
        self.document = document
        self.state = hashlib.sha256(f"{self.state}edit".encode()).hexdigest()

    def still(self) -> Slice:
        return resume(self.snapshot()).run(1)

    def snapshot(self) -> bytes:
        return json.dumps([self.tick, self.document.text, self.state]).encode()


def resume(data: bytes) -> ToyPerformance:
    tick, text, state = json.loads(data)
    performance = ToyPerformance(text, 0)
    performance.tick, performance.state = tick, state
    return performance


class ToyBook:
    """A journal in memory that tells what was committed, and can refuse."""

    def __init__(self, base: str = "{}", seed: int = 1) -> None:
        self.opening = Opening(uuid4(), 1, base, seed)
        self.entered: list[Entered] = []
        self.committed: list[tuple[int, tuple[int, ...]]] = []
        self.patches: dict[int, Mapping[str, Any]] = {}
        self.away = False
        self.marked = 0

    def edit(self, rev: int, patch: Mapping[str, Any]) -> Edit:
        self.patches[rev] = patch
        return Edit(rev, patch)

    def open(self, universe: str) -> Opening:
        done = {one.rev for one in self.entered}
        waiting = tuple(Edit(r, p) for r, p in sorted(self.patches.items()) if r not in done)
        return replace(self.opening, entered=tuple(self.entered), waiting=waiting, tick=self.marked)

    def enter(self, universe: str, opening: Opening, tick: int, revs: Sequence[int]) -> None:
        if self.away:
            raise Unavailable("the database is away")
        self.committed.append((tick, tuple(revs)))
        self.entered += [Entered(tick, rev, self.patches[rev]) for rev in revs]

    def branch(self, universe: str, opening: Opening, tick: int) -> Opening:
        self.entered = [one for one in self.entered if one.tick <= tick]
        self.opening = replace(self.opening, journal=uuid4(), parent=opening.journal)
        self.marked = tick
        return self.open(universe)

    def mark(self, universe: str, opening: Opening, tick: int, energy_error: float | None) -> None:
        self.marked, self.energy_error = tick, energy_error

    def close(self, universe: str, opening: Opening) -> None:
        pass


class ToyEncoder:
    def picture(
        self, piece: Slice, journal: UUID, transport: Transport, roster: Roster, *, still: bool
    ) -> bytes:
        return json.dumps([piece.tick, transport.generation, roster.number, still]).encode()

    def sound(self, piece: Slice, journal: UUID, transport: Transport) -> bytes:
        return piece.samples.tobytes()


def theatre(folder: Path, book: ToyBook) -> Theatre:
    return Theatre(
        begin=ToyPerformance,
        resume=resume,
        book=book,
        encoder=ToyEncoder(),
        checkpoints=Checkpoints(folder, engine="toy"),
    )


def uninterrupted(book: ToyBook, ticks: int) -> np.ndarray:
    """Play a journal from its base to a tick without ever stopping."""
    performance = ToyPerformance(book.opening.base, book.opening.seed)
    pieces = []
    for tick in range(0, ticks, 6):
        for one in book.entered:
            if one.tick == tick:
                performance.edit(performance.document.patched(one.patch))
        pieces.append(performance.run(6).samples)
    return np.concatenate(pieces)


@pytest.fixture
def book() -> ToyBook:
    """A journal with nothing in it."""
    return ToyBook('{"hue": 0}', seed=7)


@pytest.fixture
def stage(tmp_path: Path, book: ToyBook) -> Theatre:
    """A theatre that plays toys."""
    return theatre(tmp_path / "checkpoints", book)


@pytest.fixture
def whole() -> Callable[[ToyBook, int], np.ndarray]:
    """The oracle: a journal played without ever stopping."""
    return uninterrupted
