"""Forks: copies that remember what they were made from, as far as its licence lets them."""

from dataclasses import dataclass
from uuid import UUID

from app.crud import universes as rows
from app.errors import NotFound
from app.models import Universe
from app.services import access, licences, texts, universes
from app.services.sharing_views import AncestorView
from app.services.views import PersonView, UniverseView
from app.services.work import Work

ANCESTORS_SHOWN = 32


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the fork is to be like where it is not like its parent."""

    title: str | None = None
    visibility: str = "private"
    link_role: str = "viewer"


def fork(work: Work, universe_id: UUID, wishes: Wishes | None = None) -> UniverseView:
    """Make a copy of a universe that is the caller's own."""
    _ = work.caller.required_id
    return _fork(work, universe_id, wishes or Wishes())


def fork_example(work: Work, slug: str, wishes: Wishes) -> UniverseView:
    """Make a copy of one of the examples."""
    found = rows.find_example_id(work.session, slug)
    if found is None:
        raise NotFound(f"there is no example {slug!r}; GET /api/v1/universes?scope=public has them")
    return fork(work, found, wishes)


def lineage(work: Work, universe_id: UUID) -> tuple[AncestorView, ...]:
    """Tell what a universe was forked from, and that from what, up to the first."""
    universe = access.require_viewer(rows.find_brief(work.session, universe_id), work.caller)
    found: list[AncestorView] = []
    while universe.copied_from is not None and len(found) < ANCESTORS_SHOWN:
        parent = rows.find_brief(work.session, universe.copied_from)
        assert parent is not None, "a deleted parent is no parent any more"
        found.append(_ancestor(work, parent, universe))
        universe = parent
    return tuple(found)


def _fork(work: Work, universe_id: UUID, wishes: Wishes) -> UniverseView:
    source = access.require_viewer(rows.find(work.session, universe_id), work.caller)
    licences.require_forkable(source, work.caller)
    document = texts.current(work, source)
    if wishes.title is not None:
        document = work.tools.documents.keep(document.patched({"title": wishes.title}))
    fresh = Universe(
        copied_from=source.id,
        visibility=wishes.visibility,
        link_role=wishes.link_role,
        licence=source.licence,
        tags=source.tags,
    )
    return universes.plant(work, fresh, document)


def _ancestor(work: Work, parent: Universe, child: Universe) -> AncestorView:
    if access.role(parent, work.caller) is None:
        return AncestorView(None, None, None, parent.licence, child.created_at)
    owner = PersonView.of(parent.owner) if parent.owner else None
    return AncestorView(parent.id, parent.title, owner, parent.licence, child.created_at)
