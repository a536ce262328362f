"""The journal of a solo listening: kept by nobody, gone with its socket."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from app.stage.ports import Edit, Entered, Opening


class Scratch:
    """A book with one journal, in memory."""

    def __init__(
        self,
        document: str,
        seed: int,
        *,
        entered: Sequence[Entered] = (),
        waiting: Sequence[Edit] = (),
    ) -> None:
        self._first = Opening(uuid4(), 0, document, seed, tuple(entered), tuple(waiting))

    def open(self, universe: str) -> Opening:
        """Start from the document as it was handed over."""
        return self._first

    def enter(self, universe: str, opening: Opening, tick: int, revs: Sequence[int]) -> None:
        """Nothing is written: a private edit is nobody else's."""

    def branch(self, universe: str, opening: Opening, tick: int) -> Opening:
        """Go on from `tick` under another name."""
        past = tuple(one for one in opening.entered if one.tick <= tick)
        later = tuple(Edit(one.rev, one.patch) for one in opening.entered if one.tick > tick)
        return replace(
            opening, journal=uuid4(), parent=opening.journal, entered=past, waiting=later
        )

    def mark(self, universe: str, opening: Opening, tick: int, energy_error: float | None) -> None:
        """There is no lease to keep."""

    def close(self, universe: str, opening: Opening) -> None:
        """There is none to give back."""
