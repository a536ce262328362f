"""People: their profile, their picture, the places they are signed in at, the keys of scripts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Record


class User(Record):
    """Somebody with an account."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("theme IN ('system', 'dark', 'light')", name="theme"),
        CheckConstraint("motion IN ('system', 'full', 'reduced')", name="motion"),
    )

    email: Mapped[str] = mapped_column(String(320))  # as typed
    email_canonical: Mapped[str] = mapped_column(String(320), unique=True)
    handle: Mapped[str | None] = mapped_column(String(32), unique=True)
    email_confirmed_at: Mapped[datetime | None]
    display_name: Mapped[str] = mapped_column(String(80))
    bio: Mapped[str] = mapped_column(String(500), default="", server_default="")
    colour: Mapped[str | None] = mapped_column(String(7))  # #rrggbb
    avatar: Mapped[str | None] = mapped_column(String(64))  # the picture's SHA-256
    theme: Mapped[str] = mapped_column(String(8), default="system", server_default="system")
    motion: Mapped[str] = mapped_column(String(8), default="system", server_default="system")
    language: Mapped[str] = mapped_column(String(35), default="en", server_default="en")
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
    label: Mapped[str] = mapped_column(String(80), default="", server_default="")  # the device
    last_used_at: Mapped[datetime | None]
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


class Avatar(Base):
    """Somebody's picture as it is served: made anew from what they sent, small enough for a row."""

    __tablename__ = "avatars"

    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    picture: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))


class APIKey(Record):
    """A script's way in, known only by its hash; it may do what its scopes name and no more."""

    __tablename__ = "api_keys"
    __table_args__ = (Index(None, "user_id", "id"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(80))
    prefix: Mapped[str] = mapped_column(String(16))  # shown, so that one knows which it is
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[str] = mapped_column(String(200))  # words with blanks between
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="raise")
