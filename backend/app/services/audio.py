"""What a performance depends on, gathered into one value: the take."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.core.document import Document
from app.crud import journals, universes
from app.errors import NotFound, ParameterError
from app.models import Journal, Universe
from app.services import access, texts
from app.services.rooms import seed_of
from app.services.views import PerformanceView
from app.services.work import Work
from app.utils import strict_json

TICKS_MAX = 2**40  # three centuries; below what float64 and the wire count exactly


@dataclass(frozen=True, slots=True)
class Take:
    """A named stretch of a performance, from which the same slices always follow."""

    universe: Mapping[str, Any]
    seed: int
    journal: tuple[Mapping[str, Any], ...]  # {"tick", "rev", "patch"} each
    start: int
    ticks: int

    def text(self, **more: Any) -> str:
        """Return the take as canonical JSON, with whatever else the work depends on."""
        value = {
            "take": 1,
            "universe": self.universe,
            "seed": self.seed,
            "journal": list(self.journal),
            "start": self.start,
            "ticks": self.ticks,
        }
        return strict_json.canonical(value | more)

    @property
    def price(self) -> int:
        """Ticks times bodies: what it costs to play, seeking to the start included."""
        thrown = sum(len(entry["patch"].get("bodies") or ()) for entry in self.journal)
        return (self.start + self.ticks) * (4 + bodies(self.universe) + thrown)


def take(
    work: Work,
    universe_id: UUID,
    *,
    journal_id: UUID | None = None,
    latest: bool = False,
    seed: int | None = None,
    start: int = 0,
    ticks: int | None = None,
) -> Take:
    """Gather a take of a universe the caller may see.

    Of a journal, with the edits people made while it played; or, with none, of the newest
    document as it stands. `latest` asks for the newest journal, if there is any. Without `ticks`
    it goes as far as the journal was played.
    """
    universe = access.require_viewer(universes.find(work.session, universe_id), work.caller)
    journal = _journal(work, universe, journal_id, latest=latest)
    document = texts.current(work, universe)
    reached = journal.tick if journal else 0
    length = max(0, reached - start) if ticks is None else ticks
    if not 0 <= start + length <= TICKS_MAX:
        raise ParameterError(
            f"a take may reach tick {TICKS_MAX}; this would reach {start + length}"
        )
    if journal is None:
        return Take(document.data, _seed(document, seed), (), start, length)
    base = work.tools.documents.of(journal.base_document, journal.base_sha256)
    return Take(
        base.data,
        journal.seed if seed is None else seed,
        tuple(
            {"tick": tick, "rev": rev, "patch": json.loads(patch)}
            for tick, rev, patch in journals.entries(work.session, journal.id)
            if tick < start + length
        ),
        start,
        length,
    )


def performance(work: Work, universe_id: UUID) -> PerformanceView:
    """Tell how far a universe the caller may see was played last, and how well its energy was kept.

    As its performer notes it every few seconds; of the newest journal, if there is any.
    """
    universe = access.require_viewer(universes.find(work.session, universe_id), work.caller)
    journal = journals.find_latest(work.session, universe.id)
    if journal is None:
        return PerformanceView(journal=None, open=False, tick=0, energy_error=None)
    lease = journals.find_lease(work.session, universe.id)
    performed = lease is not None and lease.expires_at > work.now and journal.closed_at is None
    return PerformanceView(journal.id, performed, journal.tick, journal.energy_error)


def bodies(universe: Mapping[str, Any]) -> int:
    """Count the bodies a document has before anybody throws more in."""
    single = len(universe.get("bodies") or ())
    groups = [*_members(universe.get("series")), *_members(universe.get("crowds"))]
    return single + sum(groups)


def _members(groups: Any) -> list[int]:
    values = groups.values() if isinstance(groups, Mapping) else ()
    counts = [group.get("n", 1) for group in values if isinstance(group, Mapping)]
    return [int(count) for count in counts if isinstance(count, int | float)]


def _journal(
    work: Work, universe: Universe, journal_id: UUID | None, *, latest: bool
) -> Journal | None:
    if journal_id is None:
        return journals.find_latest(work.session, universe.id) if latest else None
    journal = journals.find(work.session, journal_id)
    # A journal of another universe is told apart from an absent one by nobody.
    if journal is None or journal.universe_id != universe.id:
        raise NotFound("this universe has no such journal")
    return journal


def _seed(document: Document, seed: int | None) -> int:
    return seed_of(document) if seed is None else seed
