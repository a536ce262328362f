"""Universes and the one log of everything that happened to each."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Record
from app.models.user import User

# Compared by code point on both databases, so that prefixes and orders are the same.
PLAIN = {length: String(length).with_variant(String(length, collation="C"), "postgresql")
         for length in (34, 200)}  # fmt: skip
_PUBLIC = text("visibility = 'public'")


def _of_public(*columns: str) -> Index:
    """Index the public ones alone, in an order people list them in.

    No index has their visibility first: SQLite would take that one for every order, and sort.
    """
    return Index(None, *columns, sqlite_where=_PUBLIC, postgresql_where=_PUBLIC)


def _of_templates(order: str) -> Index:
    """Index the templates alone, in an order: they may be few among many."""
    sqlite, postgres = text("template IS 1"), text("template IS true")
    columns = (
        "visibility",
        order,
        "id",
    )  # the first takes SQLite from the index of all public ones
    return Index(None, *columns, sqlite_where=sqlite, postgresql_where=postgres)


class Universe(Record):
    """A document somebody owns, at a revision."""

    __tablename__ = "universes"
    __table_args__ = (
        CheckConstraint("visibility IN ('private', 'unlisted', 'public')", name="visibility"),
        CheckConstraint("link_role IN ('viewer', 'performer', 'editor')", name="link_role"),
        Index(None, "owner_id", "id"),
        _of_public("id"),
        _of_public("updated_at", "id"),
        _of_public("title_key", "id"),
        _of_public("stars", "id"),
        _of_public("template", "id"),
        *(_of_templates(order) for order in ("updated_at", "title_key", "stars")),
    )

    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    copied_from: Mapped[UUID | None] = mapped_column(
        ForeignKey("universes.id", ondelete="SET NULL"), index=True
    )
    example: Mapped[str | None] = mapped_column(String(32), unique=True)
    title: Mapped[str] = mapped_column(String(200))  # the document's, copied here to be searched
    title_key: Mapped[str] = mapped_column(PLAIN[200], default="")  # what titles are sorted by
    about: Mapped[str] = mapped_column(String(280), default="")  # the document's, its beginning
    tags: Mapped[str] = mapped_column(String(500), default="")  # with a blank between them
    licence: Mapped[str] = mapped_column(String(32), default="CC-BY-4.0")
    template: Mapped[bool] = mapped_column(default=False)
    stars: Mapped[int] = mapped_column(default=0)
    visibility: Mapped[str] = mapped_column(String(16), default="private")
    link_role: Mapped[str] = mapped_column(String(16), default="viewer")
    document: Mapped[str] = mapped_column(Text)  # canonical; never jsonb, which reorders
    sha256: Mapped[str] = mapped_column(String(64))
    rev: Mapped[int] = mapped_column(default=0)  # of the last event
    document_rev: Mapped[int] = mapped_column(default=0)  # of the last event that changed this row
    changes: Mapped[int] = mapped_column(default=0)  # document events so far
    written_changes: Mapped[int] = mapped_column(default=0)  # those that `document` holds already
    grammar: Mapped[str | None] = mapped_column(String(16))  # the one that found it without fault
    epoch: Mapped[int] = mapped_column(default=1)  # changes when the log was cut or restored

    owner: Mapped[User | None] = relationship(lazy="raise")


class UniverseWord(Base):
    """One word a universe is found by; a tag has # before it."""

    __tablename__ = "universe_words"
    __table_args__ = (Index(None, "universe_id", "word"),)

    word: Mapped[str] = mapped_column(PLAIN[34], primary_key=True)
    universe_id: Mapped[UUID] = mapped_column(
        ForeignKey("universes.id", ondelete="CASCADE"), primary_key=True
    )


class UniverseEvent(Base):
    """One reliable event: it takes the next revision in the transaction of its effect."""

    __tablename__ = "universe_events"
    __table_args__ = (
        UniqueConstraint("universe_id", "op_id"),
        Index(None, "universe_id", "kind", "rev"),
        Index(None, "actor_id"),
        Index(None, "universe_id", "actor_id", "rev"),
    )

    universe_id: Mapped[UUID] = mapped_column(
        ForeignKey("universes.id", ondelete="CASCADE"), primary_key=True
    )
    rev: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(16))  # document access journal job chat comment
    actor_kind: Mapped[str] = mapped_column(String(16))  # user guest key system
    actor_id: Mapped[UUID | None]  # no foreign key: an event outlives its author
    guest_name: Mapped[str | None] = mapped_column(String(80))  # as it was; a user's is their row's
    op_id: Mapped[UUID | None]
    act: Mapped[str | None] = mapped_column(
        String(16)
    )  # of a document: create edit undo redo restore
    gesture: Mapped[str | None] = mapped_column(String(64))
    name: Mapped[str | None] = mapped_column(String(80))  # what people call the document after it
    patch: Mapped[str | None] = mapped_column(Text)
    inverse: Mapped[str | None] = mapped_column(Text)
    document: Mapped[str | None] = mapped_column(Text)  # whole, every 100 document events
    sha256: Mapped[str | None] = mapped_column(String(64))  # of the document after this event
    data: Mapped[str | None] = mapped_column(Text)  # what other kinds carry, as JSON
    created_at: Mapped[datetime]
