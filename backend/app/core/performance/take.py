"""A take: a universe, a seed, the journal of its edits, and from where to where to play."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.document import Document
from app.core.performance.performance import Performance
from app.core.performance.push import obey
from app.core.performance.slice import Slice

STEP_TICKS = 120


@dataclass(frozen=True, slots=True)
class Entry:
    """An edit or push in a journal: from which tick on it is obeyed, its revision, what it says."""

    tick: int
    rev: int
    patch: Mapping[str, Any]


def play(
    document: Document,
    *,
    seed: int | None = None,
    journal: Sequence[Entry] = (),
    start: int = 0,
    ticks: int,
    step: int = STEP_TICKS,
    seen: bool = True,
) -> Iterator[Slice]:
    """Play a universe and its journal from `start` on, in slices of at most `step` ticks.

    A slice ends where an edit begins, since bodies may come and go there. What lies before
    `start` is played too, unheard, so that everything later is as it was. What is not `seen` has
    neither looks nor meters: the sound alone is quicker.
    """
    performance = Performance(document, seed=seed, seen=seen)
    entries = sorted(journal, key=lambda entry: (entry.tick, entry.rev))
    end = start + ticks
    for entry in entries:
        if entry.tick >= end:
            break
        yield from _until(performance, entry.tick, start=start, step=step)
        obey(performance, entry.patch)
    yield from _until(performance, end, start=start, step=step)


def _until(performance: Performance, tick: int, *, start: int, step: int) -> Iterator[Slice]:
    while performance.tick < tick:
        silent = performance.tick < start
        goal = min(start, tick) if silent else tick
        piece = performance.run(min(step, goal - performance.tick))
        if not silent:
            yield piece
