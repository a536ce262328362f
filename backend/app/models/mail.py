"""Letters to people, and the single-use tokens their links carry."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Record


class MailToken(Record):
    """What a link in a letter may do, once: confirm an account or an address, reset a password.

    The token itself is made from the row's identifier under the server's secret when the letter is
    written, so that no copy of the database opens anything.
    """

    __tablename__ = "mail_tokens"
    __table_args__ = (
        Index(None, "user_id", "purpose"),
        Index(None, "mailbox", "purpose"),
        Index(None, "expires_at"),
    )

    hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[str] = mapped_column(String(16))  # confirm | reset | email
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(String(320))  # as typed: of the account to be, or the new
    mailbox: Mapped[str] = mapped_column(String(320), default="", server_default="")  # canonical
    asked_from: Mapped[str] = mapped_column(String(32), default="", server_default="")  # a mark
    display_name: Mapped[str | None] = mapped_column(String(80))  # of the account to be
    password_hash: Mapped[str | None] = mapped_column(String(255))
    expires_at: Mapped[datetime]


class Mail(Record):
    """A letter that waits to be sent; its text is written when it goes."""

    __tablename__ = "mails"
    __table_args__ = (
        Index(None, "due_at"),
        Index(None, "token_id"),
        Index(None, "recipient", "kind"),
    )

    kind: Mapped[str] = mapped_column(String(16))
    recipient: Mapped[str] = mapped_column(String(320))
    token_id: Mapped[UUID | None] = mapped_column(ForeignKey("mail_tokens.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(35), default="en", server_default="en")
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]

    token: Mapped[MailToken | None] = relationship(lazy="raise")
