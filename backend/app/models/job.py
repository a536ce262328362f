"""Work that takes longer than a request, and the keys that keep it from being done twice."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Record


class Job(Record):
    """One piece of work; this row, not any queue, is the truth about it."""

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed', 'cancelled')", name="state"
        ),
        Index(None, "state", "priority", "id"),
        Index(None, "owner_id", "id"),
        Index(None, "universe_id"),
    )

    kind: Mapped[str] = mapped_column(String(32))  # wav | png
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    universe_id: Mapped[UUID] = mapped_column(ForeignKey("universes.id", ondelete="CASCADE"))
    snapshot: Mapped[str] = mapped_column(Text)  # canonical: everything the work depends on
    engine: Mapped[str] = mapped_column(String(32))
    price: Mapped[int]
    priority: Mapped[int] = mapped_column(default=0)  # lower goes first
    state: Mapped[str] = mapped_column(String(16), default="queued")
    holder: Mapped[str | None] = mapped_column(String(64))
    fence: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    progress: Mapped[float] = mapped_column(default=0.0)
    cancel_requested: Mapped[bool] = mapped_column(default=False)
    error_code: Mapped[str | None] = mapped_column(String(32))
    error_message: Mapped[str | None] = mapped_column(String(500))
    report: Mapped[str | None] = mapped_column(Text)  # JSON: what the render found out
    file: Mapped[str | None] = mapped_column(String(128))  # its name in the files folder
    size: Mapped[int | None]
    sha256: Mapped[str | None] = mapped_column(String(64))
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]  # when the file goes


class IdempotencyKey(Base):
    """The first answer to a request that a client may send again."""

    __tablename__ = "idempotency_keys"

    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    route: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    answer: Mapped[bytes] = mapped_column(LargeBinary)  # locked: it may tell a secret
    created_at: Mapped[datetime] = mapped_column(index=True)


class VisitorKey(Base):
    """The first answer to a request of somebody without an account, whom their address tells."""

    __tablename__ = "visitor_keys"

    holder: Mapped[str] = mapped_column(String(64), primary_key=True)  # the address, marked
    route: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))  # marked: it may be of a password
    answer: Mapped[bytes] = mapped_column(LargeBinary)  # locked: it may tell a secret
    created_at: Mapped[datetime] = mapped_column(index=True)
