"""Universes: made, read, listed, changed, copied and deleted by those who may."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.core.document import Document, judge
from app.crud import universes
from app.errors import LimitReached, RevisionMissing, Stale
from app.models import Universe
from app.services import access, history, texts
from app.services.once import once
from app.services.views import (
    BriefView,
    EventView,
    PageView,
    PersonView,
    UniverseGone,
    UniverseView,
)
from app.services.work import Work
from app.utils import merge_patch

EMPTY: Mapping[str, Any] = {"title": "Untitled"}


def create(
    work: Work,
    *,
    document: Mapping[str, Any] | None = None,
    title: str | None = None,
    visibility: str = "private",
    link_role: str = "viewer",
) -> UniverseView:
    """Make a universe from a document, or an empty one."""
    _ = work.caller.required_id
    data = dict(EMPTY if document is None else document)
    if title is not None:
        data["title"] = title
    # A large document takes a while to judge; nobody else waits for that.
    work.release()
    judged = work.tools.documents.keep(judge(data))
    universe = Universe(visibility=visibility, link_role=link_role)
    return plant(work, universe, judged)


def copy(work: Work, universe_id: UUID, *, key: str | None = None) -> UniverseView:
    """Make a copy of a universe, which is the caller's own and private; one for each key."""
    _ = work.caller.required_id
    copied = once(work, "copy", key, str(universe_id), lambda: _copy(work, universe_id).id)
    return read(work, copied)


def _copy(work: Work, universe_id: UUID) -> UniverseView:
    source = access.require_viewer(universes.find(work.session, universe_id), work.caller)
    document = texts.current(work, source)
    return plant(work, Universe(copied_from=source.id, visibility="private"), document)


def plant(work: Work, universe: Universe, document: Document) -> UniverseView:
    """Keep a new universe with its first event."""
    caller = work.caller
    universe.owner_id = caller.user_id
    if caller.user_id is not None:
        _refuse_one_too_many(work, caller.user_id)
    universe.rev = universe.document_rev = universe.changes = 0
    universe.epoch = 1
    universe.link_role = universe.link_role or "viewer"
    _set_document(universe, document)
    universes.keep(work.session, universe)
    history.record(
        work,
        universe,
        "document",
        act="create",
        patch=document.data,
        inverse={},
        document=document,
    )
    work.session.flush()
    return read(work, universe.id)


def read(work: Work, universe_id: UUID) -> UniverseView:
    """Read a universe the caller may see."""
    universe = access.require_viewer(universes.find(work.session, universe_id), work.caller)
    return whole(work, universe)


def listing(work: Work, *, scope: str, cursor: str | None, limit: int) -> PageView[BriefView]:
    """List the caller's own universes or the public ones, the newest first."""
    before = history.opened(work, f"universes {scope}", cursor)
    last = None if before is None else UUID(before)
    if scope == "own":
        found = universes.list_own(
            work.session, work.caller.required_id, before=last, limit=limit + 1
        )
    else:
        found = universes.list_public(work.session, before=last, limit=limit + 1)
    items = tuple(BriefView(**_brief(work, universe)) for universe in found[:limit])
    if len(found) <= limit:
        return PageView(items, None)
    return PageView(items, work.tools.seal.seal(f"universes {scope}", str(items[-1].id)))


def edit(
    work: Work,
    universe_id: UUID,
    patch: Mapping[str, Any],
    *,
    op_id: UUID | None = None,
    gesture: str | None = None,
    expected_rev: int | None = None,
    lazily: bool = False,
) -> EventView:
    """Change a part of a universe's document by merge patch; the event is told after commit.

    `lazily` leaves writing the whole text to `catch_up`: the log has the change all the same. An operation sent again returns the event it became the first time, and changes nothing.
    Raises NotFound, Forbidden, Unauthenticated, Stale (when `expected_rev` is not the newest),
    DocumentError or TooLarge.
    """
    universe = access.require_editor(
        universes.find_for_edit(work.session, universe_id), work.caller
    )
    repeated = history.find_repeated(work, universe, op_id)
    if repeated:
        return repeated
    _require_rev(universe, expected_rev)
    return apply(work, universe, patch, op_id=op_id, gesture=gesture, lazily=lazily)


def apply(
    work: Work,
    universe: Universe,
    patch: Mapping[str, Any],
    *,
    act: str = "edit",
    op_id: UUID | None = None,
    gesture: str | None = None,
    data: Mapping[str, Any] | None = None,
    lazily: bool = False,
) -> EventView:
    """Patch a universe that was found for editing by somebody who may."""
    before = texts.current(work, universe)
    after = work.tools.documents.keep(before.patched(patch))
    _set_document(universe, after, lazily=lazily)
    return history.record(
        work,
        universe,
        "document",
        act=act,
        op_id=op_id,
        gesture=gesture,
        patch=patch,
        inverse=merge_patch.inverse(before.data, patch),
        data=data,
        document=after,
    )


def replace(work: Work, universe: Universe, after: Document, **facts: Any) -> EventView:
    """Give a universe that was found for editing another document altogether."""
    # What stands there may have faults by the grammar of today: it is on its way out.
    before = texts.current(work, universe).data
    patch = merge_patch.difference(before, after.data)
    _set_document(universe, after)
    undo = merge_patch.inverse(before, patch)
    return history.record(
        work, universe, "document", patch=patch, inverse=undo, document=after, **facts
    )


def catch_up(work: Work, universe_id: UUID) -> None:
    """Write the text of a universe that was edited lazily."""
    universe = universes.find_for_edit(work.session, universe_id)
    if universe is not None:
        texts.catch_up(work, universe)


def change(
    work: Work,
    universe_id: UUID,
    *,
    expected_rev: int | None,
    document: Mapping[str, Any] | None = None,
    title: str | None = None,
    visibility: str | None = None,
    link_role: str | None = None,
) -> UniverseView:
    """Change a universe at the revision the caller has seen: its document, or who may see it."""
    universe = universes.find_for_edit(work.session, universe_id)
    sharing = {"visibility": visibility, "link_role": link_role}
    wanted = {name: value for name, value in sharing.items() if value is not None}
    if wanted:
        universe = access.require_owner(universe, work.caller)
    universe = access.require_editor(universe, work.caller)
    if expected_rev is None:
        raise RevisionMissing("say which revision this changes, with If-Match")
    _require_rev(universe, expected_rev)
    patch = dict(document or {})
    if title is not None:
        patch["title"] = title
    if patch:
        edit(work, universe_id, patch)
    if wanted:
        _share(work, universe, wanted)
    return whole(work, universe)


def delete(work: Work, universe_id: UUID, *, expected_rev: int | None) -> None:
    """Delete one's own universe with everything that hangs on it."""
    universe = access.require_owner(universes.find_for_edit(work.session, universe_id), work.caller)
    if expected_rev is None:
        raise RevisionMissing("say which revision this deletes, with If-Match")
    _require_rev(universe, expected_rev)
    universes.drop(work.session, universe)
    work.announce(UniverseGone(universe_id))


def whole(work: Work, universe: Universe) -> UniverseView:
    """Return a universe as a frozen value."""
    document = texts.current(work, universe)
    return UniverseView(
        **_brief(work, universe),
        document=document.text,
        sha256=document.sha256,
        problems=document.faults,
    )


def _brief(work: Work, universe: Universe) -> dict[str, Any]:
    owner = universe.owner
    return {
        "id": universe.id,
        "title": universe.title,
        "owner": PersonView(owner.id, owner.display_name) if owner else None,
        "visibility": universe.visibility,
        "link_role": universe.link_role,
        "rev": universe.rev,
        "document_rev": universe.document_rev,
        "epoch": universe.epoch,
        "role": access.role(universe, work.caller) or access.VIEWER,
        "example": universe.example,
        "created_at": universe.created_at,
        "updated_at": universe.updated_at,
    }


def _share(work: Work, universe: Universe, wanted: Mapping[str, str]) -> None:
    before = {name: getattr(universe, name) for name in wanted}
    for name, value in wanted.items():
        setattr(universe, name, value)
    history.record(work, universe, "access", data={"before": before, "after": dict(wanted)})


def _set_document(universe: Universe, document: Document, *, lazily: bool = False) -> None:
    texts.write(universe, document, lazily=lazily)
    universe.title = str(document.data.get("title") or "Untitled")[:200]


def _require_rev(universe: Universe, expected: int | None) -> None:
    if expected is not None and expected != universe.document_rev:
        raise Stale(
            f"revision {expected} is not the newest, {universe.document_rev} is",
            rev=universe.document_rev,
        )


def _refuse_one_too_many(work: Work, owner_id: UUID) -> None:
    most = work.tools.limits.universes_per_user
    if universes.count_own(work.session, owner_id) >= most:
        raise LimitReached(f"you have {most} universes, the most there may be", code="quota")
