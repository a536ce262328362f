"""Journals: which edit was given which tick; and the lease of whoever gives them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Record


class Journal(Record):
    """A base document, a seed and an engine: with its entries it is a whole performance."""

    __tablename__ = "journals"
    __table_args__ = (Index(None, "universe_id", "id"),)

    universe_id: Mapped[UUID] = mapped_column(ForeignKey("universes.id", ondelete="CASCADE"))
    base_document: Mapped[str] = mapped_column(Text)
    base_sha256: Mapped[str] = mapped_column(String(64))
    base_rev: Mapped[int]  # the universe's revision whose document the base is
    seed: Mapped[int]
    engine: Mapped[str] = mapped_column(String(32))
    parent_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("journals.id", ondelete="SET NULL"), index=True
    )
    parent_tick: Mapped[int | None]
    tick: Mapped[int] = mapped_column(default=0)  # how far it is known to have been played
    energy_error: Mapped[float | None]  # there, relative; none where it is not conserved
    closed_at: Mapped[datetime | None]


class JournalEntry(Base):
    """An edit and the tick from which the performance obeys it."""

    __tablename__ = "journal_entries"
    __table_args__ = (Index(None, "journal_id", "rev", unique=True),)

    journal_id: Mapped[UUID] = mapped_column(
        ForeignKey("journals.id", ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    tick: Mapped[int]
    rev: Mapped[int]


class Lease(Base):
    """Who performs a universe; the fence rises each time it changes hands."""

    __tablename__ = "leases"

    universe_id: Mapped[UUID] = mapped_column(
        ForeignKey("universes.id", ondelete="CASCADE"), primary_key=True
    )
    holder: Mapped[str] = mapped_column(String(64))
    fence: Mapped[int]
    expires_at: Mapped[datetime]
