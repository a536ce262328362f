"""How journals, their entries and the leases of performers are found and kept."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from app.models import Journal, JournalEntry, Lease, UniverseEvent

_OPEN = (
    select(Journal)
    .where(Journal.universe_id == bindparam("universe_id"), Journal.closed_at.is_(None))
    .order_by(Journal.id.desc())
    .limit(1)
)
_LATEST = (
    select(Journal)
    .where(Journal.universe_id == bindparam("universe_id"))
    .order_by(Journal.id.desc())
    .limit(1)
)
_ENTRIES = (
    select(JournalEntry.tick, JournalEntry.rev, UniverseEvent.patch)
    .join(Journal, Journal.id == JournalEntry.journal_id)
    .join(
        UniverseEvent,
        (UniverseEvent.universe_id == Journal.universe_id)
        & (UniverseEvent.rev == JournalEntry.rev),
    )
    .where(JournalEntry.journal_id == bindparam("journal_id"))
    .order_by(JournalEntry.seq)
)
_LAST = (
    select(JournalEntry.seq, JournalEntry.tick)
    .where(JournalEntry.journal_id == bindparam("journal_id"))
    .order_by(JournalEntry.seq.desc())
    .limit(1)
)
_REVS = select(func.max(JournalEntry.rev)).where(JournalEntry.journal_id == bindparam("journal_id"))


def find(session: Session, journal_id: UUID) -> Journal | None:
    """Find a journal."""
    return session.get(Journal, journal_id)


def find_open(session: Session, universe_id: UUID) -> Journal | None:
    """Find the journal a universe's room is writing."""
    return session.scalars(_OPEN, {"universe_id": universe_id}).one_or_none()


def find_latest(session: Session, universe_id: UUID) -> Journal | None:
    """Find the newest journal of a universe, open or closed."""
    return session.scalars(_LATEST, {"universe_id": universe_id}).one_or_none()


def keep(session: Session, journal: Journal) -> Journal:
    """Keep a new journal; the caller commits."""
    session.add(journal)
    session.flush()
    return journal


def entries(session: Session, journal_id: UUID) -> list[tuple[int, int, str]]:
    """List the (tick, rev, patch) of a journal in the order they are obeyed."""
    rows = session.execute(_ENTRIES, {"journal_id": journal_id})
    return [(tick, rev, patch or "{}") for tick, rev, patch in rows]


def last_entry(session: Session, journal_id: UUID) -> tuple[int, int]:
    """Return (seq, tick) of a journal's last entry; (0, 0) if it has none."""
    row = session.execute(_LAST, {"journal_id": journal_id}).one_or_none()
    return (row[0], row[1]) if row else (0, 0)


def last_rev(session: Session, journal_id: UUID) -> int:
    """Return the newest revision a journal has given a tick; 0 if none."""
    return session.scalar(_REVS, {"journal_id": journal_id}) or 0


def append(session: Session, entries: list[JournalEntry]) -> None:
    """Keep new entries; the caller commits."""
    session.add_all(entries)
    session.flush()


def find_lease(session: Session, universe_id: UUID) -> Lease | None:
    """Find who performs a universe and keep it from changing until the commit."""
    return session.get(Lease, universe_id, with_for_update=True, populate_existing=True)


def take_lease(
    session: Session, universe_id: UUID, *, holder: str, until: datetime, found: Lease | None
) -> Lease:
    """Put a performer in charge under the next fence."""
    lease = found or Lease(universe_id=universe_id, fence=0)
    lease.holder, lease.expires_at, lease.fence = holder, until, lease.fence + 1
    session.add(lease)
    session.flush()
    return lease
