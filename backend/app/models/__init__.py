"""Every table, so that whoever imports one knows them all."""

from app.models.base import Base
from app.models.job import IdempotencyKey, Job
from app.models.journal import Journal, JournalEntry, Lease
from app.models.universe import Universe, UniverseEvent
from app.models.user import RefreshToken, SignIn, User

__all__ = [
    "Base",
    "IdempotencyKey",
    "Job",
    "Journal",
    "JournalEntry",
    "Lease",
    "RefreshToken",
    "SignIn",
    "Universe",
    "UniverseEvent",
    "User",
]
