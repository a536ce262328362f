"""The journals of the services, as the stage asks for them."""

from collections.abc import Sequence
from uuid import UUID

from app.services.rooms import Rooms
from app.services.views import RoomState
from app.stage.ports import Edit, Entered, Opening


class RoomBook:
    """Translates between the stage's port and the rooms of the services."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def open(self, universe: str) -> Opening:
        """Take the universe's lease and open its journal."""
        return _opening(self._rooms.open(UUID(universe)))

    def enter(self, universe: str, opening: Opening, tick: int, revs: Sequence[int]) -> None:
        """Commit that edits are obeyed from `tick` on."""
        self._rooms.journal(opening.journal, opening.fence, tick, revs)

    def branch(self, universe: str, opening: Opening, tick: int) -> Opening:
        """Begin a journal that shares the past of this one up to `tick`; later edits wait."""
        return _opening(
            self._rooms.branch(opening.journal, opening.fence, tick), parent=opening.journal
        )

    def mark(self, universe: str, opening: Opening, tick: int, energy_error: float | None) -> None:
        """Keep the lease, and note how far the journal was played and its energy kept."""
        self._rooms.mark(opening.journal, opening.fence, tick, energy_error)

    def close(self, universe: str, opening: Opening) -> None:
        """Give the lease back and leave the journal open: who returns goes on there."""
        self._rooms.release(UUID(universe), opening.fence)


def _opening(state: RoomState, *, parent: UUID | None = None) -> Opening:
    return Opening(
        journal=state.journal_id,
        fence=state.fence,
        base=state.base_document,
        seed=state.seed,
        entered=tuple(Entered(tick, rev, patch) for tick, rev, patch in state.entries),
        waiting=tuple(Edit(rev, patch) for rev, patch in state.pending),
        seen=state.document_rev,
        tick=state.tick,
        parent=parent,
    )
