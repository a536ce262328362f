"""Edits from open rooms: many a second, so each reads and writes no more than it needs."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.crud import universes
from app.services import access, history, texts
from app.services.universes import apply
from app.services.views import EventView
from app.services.work import Work


def edit(
    work: Work, universe_id: UUID, patch: Mapping[str, Any], *, op_id: UUID, gesture: str | None
) -> EventView:
    """Do what `universes.edit` does, and leave writing the whole text to `catch_up`.

    The log has the change all the same: whoever reads the universe before, replays it.
    """
    caller = work.caller
    found = universes.find_light(work.line, universe_id, caller.user_id, op_id)
    universe, member, known = found or (None, None, False)
    universe = access.require_editor(universe, caller, member=member)
    repeated = history.find_repeated(work, universe, op_id) if known else None
    if repeated:
        return repeated
    event = apply(work, universe, patch, op_id=op_id, gesture=gesture, lazily=True)
    universes.save_light(work.line, universe)
    return event


def catch_up(work: Work, universe_id: UUID) -> None:
    """Write the text of a universe that was edited lazily."""
    universe = universes.find_for_edit(work.session, universe_id)
    if universe is not None:
        texts.catch_up(work, universe)
