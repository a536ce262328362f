"""Every table, so that whoever imports one knows them all."""

from app.models.base import Base
from app.models.job import IdempotencyKey, Job
from app.models.journal import Journal, JournalEntry, Lease
from app.models.mail import Mail, MailToken
from app.models.universe import Universe, UniverseEvent
from app.models.user import APIKey, Avatar, RefreshToken, SignIn, User

__all__ = [
    "APIKey",
    "Avatar",
    "Base",
    "IdempotencyKey",
    "Job",
    "Journal",
    "JournalEntry",
    "Lease",
    "Mail",
    "MailToken",
    "RefreshToken",
    "SignIn",
    "Universe",
    "UniverseEvent",
    "User",
]
