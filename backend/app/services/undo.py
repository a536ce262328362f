"""Undo and redo of one's own gestures, leaving what others have written since.

A gesture is every change of one author under one gesture name with no other change of theirs
between; a change without a name is one by itself. What is undone, and what may be redone, is read
from the log: nothing is kept beside it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.crud import past, universes
from app.errors import Conflict
from app.models import Universe
from app.services import access, history
from app.services.universes import apply
from app.services.views import EventView
from app.services.work import Work
from app.utils.json_paths import Path, leaves, overlap, put, written

REACH = 1_000  # of one's own changes: nobody undoes further back


@dataclass(frozen=True, slots=True)
class UndoView:
    """What an undo or redo did, and what it left because others had written there since."""

    rev: int
    document_rev: int
    act: str  # undo | redo
    revs: tuple[int, ...]  # the changes that were taken back
    patch: dict[str, Any]
    left: tuple[dict[str, Any], ...]  # {path, rev, by}: who wrote there, when
    event: EventView


@dataclass(slots=True)
class Stacks:
    """What somebody can undo and redo; each entry is changes to be taken back together."""

    undo: list[list[int]] = field(default_factory=list)
    redo: list[list[int]] = field(default_factory=list)
    _gesture: str | None = None  # of the entry on top of `undo`

    @classmethod
    def of(cls, own: Iterable[tuple[int, str, str | None]]) -> "Stacks":
        """Read them from one's own changes (rev, act, gesture), in order."""
        stacks = cls()
        for rev, act, gesture in own:
            stacks._take(rev, act, gesture)
        return stacks

    def _take(self, rev: int, act: str, gesture: str | None) -> None:
        if act == "create":
            return
        if act in ("undo", "redo"):
            source, target = (self.undo, self.redo) if act == "undo" else (self.redo, self.undo)
            # Beyond reach there may be nothing left to take from.
            if source:
                source.pop()
            target.append([rev])
            self._gesture = None
            return
        self.redo.clear()
        if gesture is not None and gesture == self._gesture:
            self.undo[-1].append(rev)
        else:
            self.undo.append([rev])
        self._gesture = gesture


def undo(work: Work, universe_id: UUID, *, op_id: UUID | None = None) -> UndoView:
    """Take one's own last gesture back. Raises Conflict (`nothing_to_undo`), DocumentError."""
    return _turn(work, universe_id, "undo", op_id)


def redo(work: Work, universe_id: UUID, *, op_id: UUID | None = None) -> UndoView:
    """Do again what one has just undone. Raises Conflict (`nothing_to_redo`), DocumentError."""
    return _turn(work, universe_id, "redo", op_id)


def _turn(work: Work, universe_id: UUID, act: str, op_id: UUID | None) -> UndoView:
    universe = access.require_editor(
        universes.find_for_edit(work.session, universe_id), work.caller
    )
    repeated = history.find_repeated(work, universe, op_id)
    if repeated is not None:
        return _viewed(universe, repeated)
    stacks = Stacks.of(
        past.list_own(work.session, universe_id, work.caller.required_id, limit=REACH)
    )
    entries = stacks.undo if act == "undo" else stacks.redo
    if not entries:
        raise Conflict(f"there is nothing of yours to {act}", code=f"nothing_to_{act}")
    patch, left = _taking_back(work, universe, entries[-1])
    data = {"revs": entries[-1], "left": left}
    return _viewed(universe, apply(work, universe, patch, act=act, op_id=op_id, data=data))


def _taking_back(
    work: Work, universe: Universe, revs: Sequence[int]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Give the patch that takes changes back where no other wrote since, and where some did."""
    others = [
        (rev, [path for path, _, _ in leaves(json.loads(patch), json.loads(inverse))], name)
        for rev, patch, inverse, name in past.list_others(
            work.session, universe.id, work.caller.required_id, after=revs[0]
        )
    ]
    undoing: dict[str, Any] = {}
    left: dict[str, dict[str, Any]] = {}
    # The last first: what an earlier one found is what comes back.
    for rev, patch, inverse in reversed(past.list_these(work.session, universe.id, revs)):
        for path, _, before in leaves(json.loads(patch), json.loads(inverse)):
            later = _last_writer(others, path, rev)
            if later is None:
                put(undoing, path, before)
            else:
                left[written(path)] = {"path": written(path)} | later
    return undoing, list(left.values())


def _last_writer(
    others: Sequence[tuple[int, list[Path], str | None]], path: Path, rev: int
) -> dict[str, Any] | None:
    for later, paths, name in reversed(others):
        if later > rev and any(overlap(path, one) for one in paths):
            return {"rev": later, "by": name}
    return None


def _viewed(universe: Universe, event: EventView) -> UndoView:
    data = event.data or {}
    return UndoView(
        rev=event.rev,
        document_rev=universe.document_rev,
        act=event.act or "undo",
        revs=tuple(data.get("revs", ())),
        patch=dict(event.patch or {}),
        left=tuple(data.get("left", ())),
        event=event,
    )
