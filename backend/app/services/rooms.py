"""Rooms: the journal a performer writes, and the lease that makes it the only one.

A `Rooms` begins its own works, because its caller is a performer and not a person. Every write
names the fence the lease gave; a performer that was replaced meanwhile is refused (Conflict).
"""

import json
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from app.core.document import Document
from app.crud import events, journals, universes
from app.errors import Conflict, NotFound
from app.models import Journal, JournalEntry, Lease, Universe
from app.services import texts
from app.services.views import RoomState
from app.services.work import SYSTEM, Work, Works

LEASE = timedelta(seconds=10)  # renew every 3 s
# That of `core.performance`, which is not imported here: it would bring the synthesiser along.
ENGINE = "5"
_ALL = 1_000_000


class Rooms:
    """What a performer may do with journals. `holder` names the server it runs on.

    The same holder takes its own lease over at once (its performer died); another one waits
    until it has run out.
    """

    def __init__(self, works: Works, *, holder: str) -> None:
        self._works = works
        self._holder = holder

    def open(self, universe_id: UUID) -> RoomState:
        """Take the lease and return the open journal, or a new one on the newest document."""
        return self._works.run(lambda work: _open(work, universe_id, self._holder), SYSTEM)

    def journal(self, journal_id: UUID, fence: int, tick: int, revs: Sequence[int]) -> None:
        """Give edits their tick; committed when this returns. A repetition is harmless."""
        self._works.run(lambda work: _journal(work, journal_id, fence, tick, revs), SYSTEM)

    def branch(self, journal_id: UUID, fence: int, tick: int) -> RoomState:
        """Go on from an earlier tick in a child journal, which keeps the entries up to there."""
        return self._works.run(lambda work: _branch(work, journal_id, fence, tick), SYSTEM)

    def mark(
        self, journal_id: UUID, fence: int, tick: int, energy_error: float | None = None
    ) -> None:
        """Note how far the journal was played and its energy kept; keep the lease for another while."""
        self._works.run(lambda work: _mark(work, journal_id, fence, tick, energy_error), SYSTEM)

    def close(self, journal_id: UUID, fence: int) -> None:
        """End the journal: the room is empty. The next `open` begins a new one."""
        self._works.run(lambda work: _close(work, journal_id, fence), SYSTEM)

    def release(self, universe_id: UUID, fence: int) -> None:
        """Give the lease back and leave the journal open for whoever performs next."""
        self._works.run(lambda work: _release(work, universe_id, fence), SYSTEM)


def _open(work: Work, universe_id: UUID, holder: str) -> RoomState:
    universe = universes.find_for_edit(work.session, universe_id)
    if universe is None:
        raise NotFound("there is no such universe")
    fence = _take(work, universe_id, holder)
    journal = journals.find_open(work.session, universe_id)
    if journal is None or journal.engine != ENGINE:
        journal = _begin(work, universe)
    return _state(work, universe, journal, fence)


def _take(work: Work, universe_id: UUID, holder: str) -> int:
    found = journals.find_lease(work.session, universe_id)
    if found is not None and found.holder != holder and found.expires_at > work.now:
        raise Conflict("another server performs this universe", code="room_elsewhere")
    lease = journals.take_lease(
        work.session, universe_id, holder=holder, until=work.now + LEASE, found=found
    )
    return lease.fence


def _begin(
    work: Work, universe: Universe, *, parent: Journal | None = None, tick: int = 0
) -> Journal:
    document = texts.current(work, universe)
    return journals.keep(
        work.session,
        Journal(
            universe_id=universe.id,
            base_document=parent.base_document if parent else document.text,
            base_sha256=parent.base_sha256 if parent else universe.sha256,
            base_rev=parent.base_rev if parent else universe.rev,
            seed=parent.seed if parent else seed_of(document),
            engine=ENGINE,
            parent_id=parent.id if parent else None,
            parent_tick=tick if parent else None,
            tick=tick,
        ),
    )


def seed_of(document: Document) -> int:
    """Return the seed a document is performed with unless another is asked for."""
    return int(document.data.get("seed", 0))


def _state(work: Work, universe: Universe, journal: Journal, fence: int) -> RoomState:
    entries = journals.entries(work.session, journal.id)
    done = max([journal.base_rev, *(rev for _, rev, _ in entries)])
    pending = events.list_since(work.session, universe.id, rev=done, limit=_ALL, played=True)
    return RoomState(
        universe_id=universe.id,
        journal_id=journal.id,
        fence=fence,
        base_document=journal.base_document,
        seed=journal.seed,
        engine=journal.engine,
        entries=tuple((tick, rev, json.loads(patch)) for tick, rev, patch in entries),
        pending=tuple((event.rev, json.loads(event.patch or "{}")) for event in pending),
        tick=max([journal.tick, *(tick for tick, _, _ in entries)]),
        epoch=universe.epoch,
        rev=universe.rev,
        document_rev=universe.document_rev,
        document=texts.current(work, universe).text,
    )


def _journal(work: Work, journal_id: UUID, fence: int, tick: int, revs: Sequence[int]) -> None:
    journal, _ = _held(work, journal_id, fence)
    seq, last = journals.last_entry(work.session, journal_id)
    newest = journals.last_rev(work.session, journal_id)
    fresh = sorted(rev for rev in set(revs) if rev > newest)
    if fresh and tick < last:
        raise Conflict(f"tick {tick} is past; the journal has reached {last}", code="tick_past")
    journals.append(
        work.session,
        [
            JournalEntry(journal_id=journal_id, seq=seq + 1 + place, tick=tick, rev=rev)
            for place, rev in enumerate(fresh)
        ],
    )
    journal.tick = max(journal.tick, tick)


def _branch(work: Work, journal_id: UUID, fence: int, tick: int) -> RoomState:
    parent, lease = _held(work, journal_id, fence)
    universe = universes.find_for_edit(work.session, parent.universe_id)
    assert universe is not None, "a journal has its universe"
    child = _begin(work, universe, parent=parent, tick=tick)
    parent.closed_at = work.now
    kept = [entry for entry in journals.entries(work.session, journal_id) if entry[0] <= tick]
    journals.append(
        work.session,
        [
            JournalEntry(journal_id=child.id, seq=seq, tick=at, rev=rev)
            for seq, (at, rev, _) in enumerate(kept, start=1)
        ],
    )
    return _state(work, universe, child, lease.fence)


def _mark(work: Work, journal_id: UUID, fence: int, tick: int, energy_error: float | None) -> None:
    journal, lease = _held(work, journal_id, fence)
    journal.tick = max(journal.tick, tick)
    journal.energy_error = energy_error
    lease.expires_at = work.now + LEASE


def _close(work: Work, journal_id: UUID, fence: int) -> None:
    journal, lease = _held(work, journal_id, fence)
    journal.closed_at = work.now
    lease.expires_at = work.now


def _release(work: Work, universe_id: UUID, fence: int) -> None:
    lease = journals.find_lease(work.session, universe_id)
    if lease is not None and lease.fence == fence:
        lease.expires_at = work.now


def _held(work: Work, journal_id: UUID, fence: int) -> tuple[Journal, Lease]:
    journal = journals.find(work.session, journal_id)
    if journal is None:
        raise NotFound("the universe of this journal was deleted")
    lease = journals.find_lease(work.session, journal.universe_id)
    if lease is None or lease.fence != fence:
        raise Conflict("another performer has taken over", code="fenced")
    return journal, lease
