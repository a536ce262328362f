"""Who may what with a universe beside its owner: members, share links, their guests; and stars."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Record
from app.models.universe import Universe
from app.models.user import User


class Member(Base):
    """Somebody with an account who was let in, or was asked and has not answered yet."""

    __tablename__ = "members"
    __table_args__ = (
        CheckConstraint("role IN ('viewer', 'performer', 'editor')", name="role"),
        CheckConstraint("offered IN ('viewer', 'performer', 'editor', 'owner')", name="offered"),
        CheckConstraint("role IS NOT NULL OR offered IS NOT NULL", name="something"),
        Index(None, "user_id", "universe_id"),
        Index(None, "invited_by"),
    )

    universe_id: Mapped[UUID] = mapped_column(
        ForeignKey("universes.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[str | None] = mapped_column(String(16))  # none until the first offer is accepted
    offered: Mapped[str | None] = mapped_column(String(16))  # and not yet accepted
    invited_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]

    universe: Mapped[Universe] = relationship(lazy="raise")
    user: Mapped[User] = relationship(lazy="raise", foreign_keys=user_id)


class ShareLink(Record):
    """A secret that lets in whoever has it; only its hash is kept."""

    __tablename__ = "share_links"
    __table_args__ = (
        CheckConstraint("role IN ('viewer', 'performer', 'editor')", name="role"),
        Index(None, "universe_id", "id"),
        Index(None, "created_by"),
    )

    universe_id: Mapped[UUID] = mapped_column(ForeignKey("universes.id", ondelete="CASCADE"))
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(16))
    guests: Mapped[bool]  # whether it seats people without an account
    expires_at: Mapped[datetime | None]
    uses_max: Mapped[int | None]
    uses: Mapped[int] = mapped_column(default=0)
    revoked_at: Mapped[datetime | None]

    universe: Mapped[Universe] = relationship(lazy="raise")


class Guest(Record):
    """A seat without an account: it lasts as long as the link it was taken with."""

    __tablename__ = "guests"
    __table_args__ = (Index(None, "link_id"),)

    link_id: Mapped[UUID] = mapped_column(ForeignKey("share_links.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(80))
    hash: Mapped[str] = mapped_column(String(64), unique=True)

    link: Mapped[ShareLink] = relationship(lazy="raise")


class Star(Base):
    """Somebody likes a universe."""

    __tablename__ = "stars"
    __table_args__ = (Index(None, "universe_id"),)

    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    universe_id: Mapped[UUID] = mapped_column(
        ForeignKey("universes.id", ondelete="CASCADE"), primary_key=True
    )
    created_at: Mapped[datetime]
