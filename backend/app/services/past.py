"""What a universe was: its changes listed, its document at any revision read, compared, restored."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.core.document import Document, judge, replayed
from app.crud import past, universes
from app.crud.past import Sought
from app.errors import InputError, NotFound
from app.models import Universe, UniverseEvent
from app.services import access, history, parts
from app.services.conditions import Condition
from app.services.summaries import summary
from app.services.universes import replace
from app.services.views import Actor, EventView, PageView
from app.services.work import Work
from app.utils import merge_patch
from app.utils.json_paths import GONE, differences, written

NAME_LONGEST = 80
_NEVER = 2**62
__all__ = ["Sought"]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change of a document, told to people and to programs."""

    rev: int
    act: str
    actor: Actor
    created_at: Any
    name: str | None
    gesture: str | None
    summary: str
    patch: Mapping[str, Any]
    inverse: Mapping[str, Any]
    data: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class VersionView:
    """A document as it was after a change."""

    change: ChangeView
    document: str  # canonical JSON text
    sha256: str
    problems: tuple[Any, ...]  # what the grammar of today has against it


@dataclass(frozen=True, slots=True)
class Difference:
    """One member that differs between two documents; `None` is not there."""

    path: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """What leads from one document to another."""

    from_rev: int
    to_rev: int
    patch: Mapping[str, Any]
    changes: tuple[Difference, ...]


def listing(
    work: Work, universe_id: UUID, sought: Sought, *, cursor: str | None, limit: int
) -> PageView[ChangeView]:
    """List the changes of a document, the newest first."""
    _seen(work, universe_id)
    purpose = f"history {universe_id} {sought}"
    before = history.opened(work, purpose, cursor)
    rows = past.list_changes(
        work.session,
        universe_id,
        sought,
        before=_NEVER if before is None else int(before),
        limit=limit + 1,
    )
    items = tuple(viewed(event, name) for event, name in rows[:limit])
    more = len(rows) > limit
    return PageView(items, work.tools.seal.seal(purpose, items[-1].rev) if more else None)


def read(work: Work, universe_id: UUID, rev: int) -> VersionView:
    """Read the document as a change left it."""
    universe = _seen(work, universe_id)
    change = viewed(*_change(work, universe, rev))
    document = document_at(work, universe, rev)
    return VersionView(change, document.text, document.sha256, document.faults)


def compare(work: Work, universe_id: UUID, from_rev: int, to_rev: int) -> ComparisonView:
    """Tell what leads from the document at one revision to that at another."""
    universe = _seen(work, universe_id)
    before, after = (document_at(work, universe, rev).data for rev in (from_rev, to_rev))
    return ComparisonView(
        from_rev,
        to_rev,
        merge_patch.difference(before, after),
        tuple(
            Difference(written(path), *(None if one is GONE else one for one in (old, new)))
            for path, old, new in differences(before, after)
        ),
    )


def name(work: Work, universe_id: UUID, rev: int, called: str | None) -> ChangeView:
    """Give the document as a change left it a name to be found by, or take it away."""
    universe = access.require_editor(
        universes.find_for_edit(work.session, universe_id), work.caller
    )
    if called is not None and not 0 < len(called.strip()) <= NAME_LONGEST:
        raise InputError(f"a name has 1 to {NAME_LONGEST} characters")
    event, author = _change(work, universe, rev)
    event.name = called and called.strip()
    work.session.flush()
    return viewed(event, author)


def restore(
    work: Work, universe_id: UUID, rev: int, *, condition: Condition, op_id: UUID | None = None
) -> EventView:
    """Make the document what it was at a revision; that is a change like any other.

    Raises DocumentError when the grammar of today refuses what it was.
    """
    universe = parts.editable(work, universe_id, condition)
    _change(work, universe, rev)
    then = work.tools.documents.keep(judge(document_at(work, universe, rev).data))
    data = {"restored": rev}
    return replace(work, universe, then, act="restore", op_id=op_id, data=data)


def document_at(work: Work, universe: Universe, rev: int) -> Document:
    """Return the document at a revision: the last one kept whole, and the patches since."""
    if not 0 < rev <= universe.rev:
        raise NotFound(f"revision {rev} has not been; the newest is {universe.rev}")
    after, text = past.find_whole(work.session, universe.id, rev) or (0, "{}")
    rows = past.list_patches(work.session, universe.id, after=after, rev=rev)
    if rows and (known := work.tools.documents.known(rows[-1][2] or "")) is not None:
        return known
    return replayed(text, (json.loads(patch) for _, patch, _ in rows), sound=False)


def viewed(event: UniverseEvent, author: str | None) -> ChangeView:
    """Return a change as a frozen value."""
    patch, inverse = json.loads(event.patch or "{}"), json.loads(event.inverse or "{}")
    return ChangeView(
        rev=event.rev,
        act=event.act or "edit",
        actor=Actor(event.actor_kind, event.actor_id, author or event.guest_name),
        created_at=event.created_at,
        name=event.name,
        gesture=event.gesture,
        summary=summary(event.act, patch, inverse),
        patch=patch,
        inverse=inverse,
        data=None if event.data is None else json.loads(event.data),
    )


def _seen(work: Work, universe_id: UUID) -> Universe:
    return access.require_viewer(universes.find(work.session, universe_id), work.caller)


def _change(work: Work, universe: Universe, rev: int) -> tuple[UniverseEvent, str | None]:
    # A number the database cannot hold is looked for no further.
    known = 0 < rev <= universe.rev
    found = past.find_change(work.session, universe.id, rev) if known else None
    if found is None:
        raise NotFound(f"no change of this document has the revision {rev}")
    return found
