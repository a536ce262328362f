"""The one log of a universe: writing an event, reading what happened."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from app.core.document import Document
from app.crud import events, universes
from app.errors import InputError
from app.models import Universe, UniverseEvent
from app.services import access
from app.services.views import Actor, EventView, PageView
from app.services.work import Work

WHOLE_EVERY = 100
RECOVERED_MAX = 5_000
GESTURE_LONGEST = 64
_NEVER = 2**62
_WRITTEN = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


def record(
    work: Work,
    universe: Universe,
    kind: str,
    *,
    op_id: UUID | None = None,
    gesture: str | None = None,
    patch: Mapping[str, Any] | None = None,
    inverse: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
    act: str | None = None,
    document: Document | None = None,
) -> EventView:
    """Write what happened to a universe found for editing, and announce it after the commit.

    A change of the document says what it is now, and by which `act`.
    """
    caller = work.caller
    if gesture is not None and len(gesture) > GESTURE_LONGEST:
        raise InputError(f"a gesture's name has at most {GESTURE_LONGEST} characters")
    whole = None
    if document is not None:
        universe.changes += 1
        universe.document_rev = universe.rev + 1
        whole = document.text if universe.changes % WHOLE_EVERY == 0 else None
    said: dict[str, Any] = {"patch": patch, "inverse": inverse, "data": data}
    facts: dict[str, Any] = {
        "kind": kind,
        "op_id": op_id,
        "act": act,
        "gesture": gesture,
        "created_at": work.now,
    }
    rev = events.append(
        work.line,
        universe,
        actor_kind=caller.kind,
        actor_id=caller.actor_id,
        guest_name=caller.display_name if caller.seat else None,
        document=whole,
        sha256=document.sha256 if document else None,
        **facts,
        **{name: _text(value) for name, value in said.items()},
    )
    actor = Actor(caller.kind, caller.actor_id, caller.display_name)
    where: dict[str, Any] = {
        "universe_id": universe.id,
        "rev": rev,
        "actor": actor,
        "epoch": universe.epoch,
    }
    view = EventView(**where, **facts, **said)
    work.announce(view)
    return view


def find_repeated(work: Work, universe: Universe, op_id: UUID | None) -> EventView | None:
    """Return the event an operation became when it was first sent, if it was."""
    if op_id is None or not events.known_op(work.session, universe.id, op_id):
        return None
    event = events.find_by_op(work.session, universe.id, op_id)
    return viewed(event, None, epoch=universe.epoch, repeated=True) if event else None


def since(work: Work, universe_id: UUID, rev: int) -> tuple[EventView, ...]:
    """Return every event after a revision, in order, at most `RECOVERED_MAX`."""
    universe = access.require_viewer(universes.find(work.session, universe_id), work.caller)
    found = events.list_since(work.session, universe_id, rev=rev, limit=RECOVERED_MAX)
    return tuple(viewed(event, None, epoch=universe.epoch) for event in found)


def page(work: Work, universe_id: UUID, *, cursor: str | None, limit: int) -> PageView[EventView]:
    """Return a page of what happened to a universe, the newest first."""
    universe = access.require_viewer(universes.find(work.session, universe_id), work.caller)
    purpose = f"events {universe_id}"
    before = opened(work, purpose, cursor)
    rows = events.list_before(
        work.session, universe_id, rev=_NEVER if before is None else int(before), limit=limit + 1
    )
    items = tuple(viewed(event, name, epoch=universe.epoch) for event, name in rows[:limit])
    if access.role(universe, work.caller) != access.OWNER:
        # Who was asked, let in or sent away is between them and the owner.
        items = tuple(replace(one, data=None) if one.kind == "access" else one for one in items)
    more = len(rows) > limit
    return PageView(items, work.tools.seal.seal(purpose, items[-1].rev) if more else None)


def opened(work: Work, purpose: str, cursor: str | None) -> Any:
    """Return what a cursor carries, None for none; one that is not ours is refused."""
    if cursor is None:
        return None
    try:
        return work.tools.seal.open(purpose, cursor)
    except ValueError as fault:
        raise InputError("the cursor is not one this list gave", code="invalid_cursor") from fault


def viewed(
    event: UniverseEvent, name: str | None, *, epoch: int, repeated: bool = False
) -> EventView:
    """Return an event as a frozen value."""
    return EventView(
        universe_id=event.universe_id,
        rev=event.rev,
        kind=event.kind,
        actor=Actor(event.actor_kind, event.actor_id, name or event.guest_name),
        created_at=event.created_at,
        op_id=event.op_id,
        gesture=event.gesture,
        patch=_value(event.patch),
        inverse=_value(event.inverse),
        data=_value(event.data),
        act=event.act,
        name=event.name,
        epoch=epoch,
        repeated=repeated,
    )


def _text(value: Mapping[str, Any] | None) -> str | None:
    return None if value is None else _WRITTEN(value)


def _value(text: str | None) -> Mapping[str, Any] | None:
    return None if text is None else json.loads(text)
