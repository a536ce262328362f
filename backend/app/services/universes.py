"""Universes: made, read, changed and deleted by those who may."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from app.core.document import Document, judge
from app.crud import catalogue, universes, users
from app.crud.catalogue import Found
from app.errors import NotFound, QuotaReached, Stale
from app.models import Universe
from app.services import access, findable, history, licences, texts
from app.services.conditions import Condition
from app.services.views import BriefView, EventView, PersonView, UniverseGone, UniverseView
from app.services.work import Work
from app.utils import merge_patch

EMPTY: Mapping[str, Any] = {"title": "Untitled"}
FILE_BYTES_MAX = 1024 * 1024
# What only the owner sets; it is no part of the document.
SETTINGS = ("visibility", "link_role", "licence", "tags", "template")


def create(
    work: Work,
    *,
    document: Mapping[str, Any] | None = None,
    title: str | None = None,
    visibility: str = "private",
    link_role: str = "viewer",
    licence: str = licences.DEFAULT,
    tags: Iterable[str] = (),
) -> UniverseView:
    """Make a universe from a document, or an empty one."""
    _ = work.caller.required_id
    data = dict(EMPTY if document is None else document)
    if title is not None:
        data["title"] = title
    # A large document takes a while to judge; nobody else waits for that.
    work.release()
    judged = work.tools.documents.keep(judge(data))
    universe = Universe(visibility=visibility, link_role=link_role, licence=licence)
    universe.tags = findable.joined(tags)
    return plant(work, universe, judged)


def plant(work: Work, universe: Universe, document: Document) -> UniverseView:
    """Keep a new universe with its first event."""
    caller = work.caller
    universe.owner_id = caller.user_id
    if caller.user_id is not None:
        _refuse_one_too_many(work, caller.user_id)
    universe.rev = universe.document_rev = universe.changes = 0
    universe.epoch = 1
    universe.link_role = universe.link_role or "viewer"
    universe.tags = universe.tags or ""
    _set_document(universe, document)
    universes.keep(work.session, universe)
    findable.renew(work, universe, document.data)
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
    found = catalogue.find(work.session, universe_id, work.caller.user_id)
    if found is None or access.role(found.universe, work.caller, member=found.member) is None:
        raise NotFound("there is no such universe")
    return _whole(work, found)


def row(work: Work, universe_id: UUID) -> Universe | None:
    """Find a universe for another service, which asks `access` what may be done with it."""
    return universes.find(work.session, universe_id)


def settle(work: Work, universe_id: UUID, **wanted: Any) -> UniverseView:
    """Set what only the owner sets, of a universe that was made in this very work."""
    given = {name: value for name, value in wanted.items() if value is not None}
    if given:
        universe = universes.find_for_edit(work.session, universe_id)
        _set(work, access.require_owner(universe, work.caller), given)
    return read(work, universe_id)


def edit(
    work: Work,
    universe_id: UUID,
    patch: Mapping[str, Any],
    *,
    op_id: UUID | None = None,
    gesture: str | None = None,
    expected_rev: int | None = None,
) -> EventView:
    """Change a part of a universe's document by merge patch; the event is told after commit.

    An operation sent again returns the event it became the first time, and changes nothing.
    Raises NotFound, Forbidden, Unauthenticated, Stale (when `expected_rev` is not the newest),
    DocumentError or TooLarge.
    """
    universe = access.require_editor(
        universes.find_for_edit(work.session, universe_id), work.caller
    )
    repeated = history.find_repeated(work, universe, op_id)
    if repeated:
        return repeated
    require_rev(universe, expected_rev)
    return apply(work, universe, patch, op_id=op_id, gesture=gesture)


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
    findable.renew_if_changed(work, universe, before.data, after)
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
    findable.renew_if_changed(work, universe, before, after)
    undo = merge_patch.inverse(before, patch)
    return history.record(
        work, universe, "document", patch=patch, inverse=undo, document=after, **facts
    )


def change(
    work: Work,
    universe_id: UUID,
    *,
    condition: Condition,
    document: Mapping[str, Any] | None = None,
    title: str | None = None,
    **settings: Any,
) -> UniverseView:
    """Change a universe at the revision the caller has seen: its document, or its `SETTINGS`."""
    universe = universes.find_for_edit(work.session, universe_id)
    assert settings.keys() <= set(SETTINGS), "doors know what there is to set"
    wanted = {name: value for name, value in settings.items() if value is not None}
    if wanted:
        universe = access.require_owner(universe, work.caller)
    universe = access.require_editor(universe, work.caller)
    condition.require(universe.document_rev)
    patch = dict(document or {})
    if title is not None:
        patch["title"] = title
    if patch:
        edit(work, universe_id, patch)
    if wanted:
        _set(work, universe, wanted)
    return read(work, universe_id)


def delete(work: Work, universe_id: UUID, *, condition: Condition) -> None:
    """Delete one's own universe with everything that hangs on it."""
    universe = access.require_owner(universes.find_for_edit(work.session, universe_id), work.caller)
    condition.require(universe.document_rev)
    universes.drop(work.session, universe)
    work.announce(UniverseGone(universe_id))


def brief(work: Work, found: Found) -> BriefView:
    """Return a universe as a frozen value, without its document."""
    return BriefView(**_brief(work, found))


def _whole(work: Work, found: Found) -> UniverseView:
    document = texts.current(work, found.universe)
    return UniverseView(
        **_brief(work, found),
        document=document.text,
        sha256=document.sha256,
        problems=document.faults,
    )


def _brief(work: Work, found: Found) -> dict[str, Any]:
    universe, owner = found.universe, found.owner
    return {
        "id": universe.id,
        "title": universe.title,
        "owner": PersonView.of(owner) if owner else None,
        "visibility": universe.visibility,
        "link_role": universe.link_role,
        "rev": universe.rev,
        "document_rev": universe.document_rev,
        "epoch": universe.epoch,
        "role": access.role(universe, work.caller, member=found.member) or access.VIEWER,
        "example": universe.example,
        "created_at": universe.created_at,
        "updated_at": universe.updated_at,
        "about": universe.about,
        "tags": tuple(universe.tags.split()),
        "licence": universe.licence,
        "template": universe.template,
        "stars": universe.stars,
        "starred": found.starred,
        "parent": universe.copied_from,
    }


def _set(work: Work, universe: Universe, wanted: Mapping[str, Any]) -> None:
    """Set settings; who has seen the universe before has to look again."""
    after = dict(wanted)
    if "tags" in after:
        after["tags"] = findable.joined(after["tags"])
    if "licence" in after:
        licences.require_heir(universe, after["licence"])
    before = {name: getattr(universe, name) for name in after}
    for name, value in after.items():
        setattr(universe, name, value)
    if "tags" in after:
        findable.renew(work, universe, texts.current(work, universe).data)
    event = history.record(work, universe, "access", data={"before": before, "after": after})
    universe.document_rev = event.rev
    work.session.flush()


def _set_document(universe: Universe, document: Document, *, lazily: bool = False) -> None:
    texts.write(universe, document, lazily=lazily)
    findable.describe(universe, document.data)


def require_rev(universe: Universe, expected: int | None) -> None:
    """Refuse whoever has seen another revision than the newest; None has not said."""
    if expected is not None and expected != universe.document_rev:
        raise Stale(
            f"revision {expected} is not the newest, {universe.document_rev} is",
            rev=universe.document_rev,
        )


def _refuse_one_too_many(work: Work, owner_id: UUID) -> None:
    most = work.tools.limits.universes_per_user
    users.hold(work.session, owner_id)
    if universes.count_own(work.session, owner_id) >= most:
        raise QuotaReached(f"you have {most} universes, the most there may be; delete one first")
