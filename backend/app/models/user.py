"""People, the places they are signed in at, and the refresh tokens of those."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Record


class User(Record):
    """Somebody with an account."""

    __tablename__ = "users"

    email: Mapped[str] = mapped_column(String(320))  # as typed
    email_canonical: Mapped[str] = mapped_column(String(320), unique=True)
    handle: Mapped[str | None] = mapped_column(String(32), unique=True)
    display_name: Mapped[str] = mapped_column(String(80))
    password_hash: Mapped[str | None] = mapped_column(String(255))
    token_version: Mapped[int] = mapped_column(default=0)  # raised to end every session at once
    disabled_at: Mapped[datetime | None]

    sign_ins: Mapped[list["SignIn"]] = relationship(
        back_populates="user", passive_deletes=True, lazy="raise"
    )


class SignIn(Record):
    """One device or script that is signed in: a family of refresh tokens."""

    __tablename__ = "sessions"
    __table_args__ = (Index(None, "user_id", "id"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    client: Mapped[str] = mapped_column(String(16))  # studio | script
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_why: Mapped[str | None] = mapped_column(String(16))

    user: Mapped[User] = relationship(back_populates="sign_ins", lazy="raise")


class RefreshToken(Base):
    """One single-use refresh token, known only by its hash."""

    __tablename__ = "refresh_tokens"
    __table_args__ = (Index(None, "session_id"),)

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    rotated_from: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    session: Mapped[SignIn] = relationship(lazy="raise")
