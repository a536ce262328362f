"""What people say about a universe, or about a body, a moment or a story point of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Record
from app.models.user import User


class Comment(Record):
    """A remark, or with a parent the reply to one. Deleted but replied to, it stays as a tombstone."""

    __tablename__ = "comments"
    __table_args__ = (
        CheckConstraint("target IN ('universe', 'body', 'moment', 'story')", name="target"),
        Index(None, "universe_id", "parent_id", "id"),
        Index(None, "parent_id"),
        Index(None, "author_id"),
        Index(None, "resolved_by"),
        Index(None, "journal_id"),
    )

    universe_id: Mapped[UUID] = mapped_column(ForeignKey("universes.id", ondelete="CASCADE"))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"))
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    target: Mapped[str] = mapped_column(String(16))
    target_id: Mapped[str | None] = mapped_column(String(64))  # of the body or the story point
    journal_id: Mapped[UUID | None] = mapped_column(ForeignKey("journals.id", ondelete="SET NULL"))
    tick: Mapped[int | None]  # of the moment
    text: Mapped[str] = mapped_column(Text)
    replies: Mapped[int] = mapped_column(default=0)
    edited_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    deleted_at: Mapped[datetime | None]

    author: Mapped[User | None] = relationship(lazy="raise", foreign_keys=author_id)
