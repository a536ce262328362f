"""Plays one journal forward, gives each edit its tick, and enters it before anything obeys."""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

from app.core.document.pushes import is_push
from app.core.numbers.grid import TICKS_PER_SLICE
from app.core.performance.push import obey
from app.core.performance.slice import Slice
from app.stage.ports import Book, Edit, Entered, Opening


class Document(Protocol):
    """A judged universe, as far as the stage looks at it."""

    @property
    def text(self) -> str:
        """Its canonical text."""

    def patched(self, patch: Mapping[str, Any]) -> "Document":
        """Judge what a merge patch makes of it."""


class Performance(Protocol):
    """The engine, as far as the stage drives it."""

    @property
    def tick(self) -> int:
        """The next tick to play."""

    @property
    def document(self) -> Any:
        """The universe as it is now."""

    @property
    def radii(self) -> tuple[float, ...]:
        """Radii of the bodies there are now, length."""

    @property
    def ended(self) -> str:
        """Why there is nothing more to play; "" while there is."""

    def run(self, ticks: int) -> Slice:
        """Play on."""

    def still(self) -> Slice:
        """Show how everything stands, without playing on."""

    def edit(self, document: Any) -> None:
        """Obey another document from `tick` on."""

    def push(self, pushes: Mapping[str, Mapping[str, Any]]) -> None:
        """Give bodies another velocity or place from `tick` on."""

    def snapshot(self) -> bytes:
        """Everything needed to play on elsewhere."""


class Performer:
    """One universe on stage: a performance, its journal, and the edits that wait for a tick."""

    def __init__(
        self,
        performance: Performance,
        *,
        universe: str,
        opening: Opening,
        book: Book,
        obeyed: int = 0,
        end: int = 0,
    ) -> None:
        self.performance = performance
        self.universe = universe
        self.opening = opening
        self.obeyed = obeyed  # the rev of the last edit this performance obeys
        self.end = max(end, performance.tick)  # what was played reaches to here
        self.energy_error: float | None = None  # of the last slice; none where it is not conserved
        self._book = book
        self._waiting = list(opening.waiting)
        revs = [one.rev for one in opening.entered] + [one.rev for one in opening.waiting]
        self.seen = max([opening.seen, *revs])

    @property
    def tick(self) -> int:
        """The first tick not yet rendered."""
        return self.performance.tick

    @property
    def waits(self) -> bool:
        """Whether an edit has no tick yet."""
        return bool(self._waiting)

    def offer(self, edit: Edit) -> None:
        """Take a committed edit; one that was seen before changes nothing."""
        if edit.rev > self.seen:
            self.seen = edit.rev
            self._waiting.append(edit)

    def settle(self) -> list[Entered]:
        """Give every waiting edit the first tick not yet rendered, commit that, then obey.

        Raises whatever the journal raises; the edits then keep waiting and nothing obeys them.
        """
        self._obey(self._due())
        if not self._waiting:
            return []
        if self.tick < self.end:
            self._branch()
        fresh = [Entered(self.tick, one.rev, one.patch) for one in self._waiting]
        self._book.enter(self.universe, self.opening, self.tick, [one.rev for one in fresh])
        self._waiting.clear()
        self.opening = replace(self.opening, entered=(*self.opening.entered, *fresh), waiting=())
        self._obey(fresh)
        return fresh

    def play(self) -> Slice:
        """Render the next slice; what still waits for its tick is not in it."""
        self._obey(self._due())
        piece = self.performance.run(TICKS_PER_SLICE)
        self.end = max(self.end, self.tick)
        error = piece.meters.energy_error
        self.energy_error = error if math.isfinite(error) else None
        return piece

    def judge(self, patch: Mapping[str, Any]) -> None:
        """Refuse a patch that does not leave a universe, the waiting ones considered."""
        document = self.performance.document
        for one in (*(edit.patch for edit in self._waiting), patch):
            document = document if is_push(one) else document.patched(one)

    def moved(self, performance: Performance, *, obeyed: int) -> "Performer":
        """Go on with the same journal and the same waiting edits at another tick."""
        other = Performer(
            performance,
            universe=self.universe,
            opening=replace(self.opening, waiting=tuple(self._waiting)),
            book=self._book,
            obeyed=obeyed,
            end=self.end,
        )
        other.seen, other.energy_error = self.seen, self.energy_error
        return other

    def mark(self) -> None:
        """Keep the lease on the universe, and note how far it was played and its energy kept."""
        self._book.mark(self.universe, self.opening, self.end, self.energy_error)

    def close(self) -> None:
        """Give the universe back."""
        self.mark()
        self._book.close(self.universe, self.opening)

    def _due(self) -> list[Entered]:
        """Find the entries that this performance, sent back to an earlier tick, meets again."""
        entered = self.opening.entered
        return [one for one in entered if one.tick <= self.tick and one.rev > self.obeyed]

    def _obey(self, entries: list[Entered]) -> None:
        replay(self.performance, entries, until=self.tick)
        self.obeyed = max((one.rev for one in entries), default=self.obeyed)

    def _branch(self) -> None:
        """Leave what was played after this tick as it was, and go on in a journal of our own."""
        self.opening = self._book.branch(self.universe, self.opening, self.tick)
        known = {one.rev: one for one in (*self.opening.waiting, *self._waiting)}
        self._waiting = [known[rev] for rev in sorted(known)]
        self.seen = self._waiting[-1].rev
        self.end = self.tick


def replay(performance: Performance, entries: list[Entered], *, until: int) -> None:
    """Play silently to a tick, obeying each entry at its own, those at `until` too."""
    for entry in entries:
        _run_to(performance, min(entry.tick, until))
        if entry.tick <= until:
            obey(performance, entry.patch)
    _run_to(performance, until)


def _run_to(performance: Performance, tick: int) -> None:
    while performance.tick < tick:
        performance.run(min(120, tick - performance.tick))
