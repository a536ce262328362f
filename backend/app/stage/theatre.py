"""How a performance is put on stage at a tick: from a checkpoint or from its first tick."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from app.stage.checkpoints import Checkpoint, Checkpoints
from app.stage.performer import Performance, Performer, replay
from app.stage.ports import Book, Encoder, Opening
from app.stage.transport import on_the_grid


@dataclass(frozen=True, slots=True)
class Theatre:
    """Everything a room needs of the world, made once by the factory."""

    begin: Callable[[str, int], Performance]  # document text, seed
    resume: Callable[[bytes], Performance]
    book: Book
    encoder: Encoder
    checkpoints: Checkpoints
    warm: Callable[[], None] = field(default=lambda: None)

    def stand(
        self, universe: str, opening: Opening, *, book: Book | None = None, tick: int | None = None
    ) -> Performer:
        """Bring a universe to a tick, or to where it was last known to be."""
        last = opening.entered[-1].tick if opening.entered else 0
        end = max(last, opening.tick)
        at = on_the_grid(end if tick is None else tick)
        performance, obeyed = self._at(opening, at)
        return Performer(
            performance,
            universe=universe,
            opening=opening,
            book=book or self.book,
            obeyed=obeyed,
            end=max(end, at),
        )

    def move(self, performer: Performer, tick: int) -> Performer:
        """Bring a performer to another tick of its own journal."""
        performance, obeyed = self._at(performer.opening, tick)
        return performer.moved(performance, obeyed=obeyed)

    def keep(self, performer: Performer) -> None:
        """Write a checkpoint of a performance as it is now."""
        taken = Checkpoint(performer.tick, performer.obeyed, performer.performance.snapshot())
        self.checkpoints.save(performer.opening.journal, taken)

    def branched(self, performer: Performer) -> None:
        """Let a journal that has just branched off keep the checkpoints of the common past."""
        opening = performer.opening
        if opening.parent is not None:
            self.checkpoints.inherit(opening.parent, opening.journal, performer.tick)

    def forget(self, journal: UUID) -> None:
        """Drop what was kept of a journal that nobody can open again."""
        self.checkpoints.forget(journal)

    def _at(self, opening: Opening, tick: int) -> tuple[Performance, int]:
        """Make a performance at a tick, and name the last edit it obeys."""
        performance, obeyed = self._nearest(opening, tick)
        replay(performance, [one for one in opening.entered if one.rev > obeyed], until=tick)
        past = [one.rev for one in opening.entered if one.tick <= tick]
        return performance, max(past, default=0)

    def _nearest(self, opening: Opening, tick: int) -> tuple[Performance, int]:
        newest = opening.entered[-1].rev if opening.entered else 0
        found = self.checkpoints.nearest(opening.journal, tick, rev=newest)
        if found is None:
            return self.begin(opening.base, opening.seed), 0
        return self.resume(found.data), found.rev
