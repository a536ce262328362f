"""Every table, so that whoever imports one knows them all."""

from app.models.base import Base
from app.models.comment import Comment
from app.models.job import IdempotencyKey, Job, VisitorKey
from app.models.journal import Journal, JournalEntry, Lease
from app.models.mail import Mail, MailToken
from app.models.sharing import Guest, Member, ShareLink, Star
from app.models.universe import Universe, UniverseEvent, UniverseWord
from app.models.user import APIKey, Avatar, RefreshToken, SignIn, User

__all__ = [
    "APIKey",
    "Avatar",
    "Base",
    "Comment",
    "Guest",
    "IdempotencyKey",
    "Job",
    "Journal",
    "JournalEntry",
    "Lease",
    "Mail",
    "MailToken",
    "Member",
    "RefreshToken",
    "ShareLink",
    "SignIn",
    "Star",
    "Universe",
    "UniverseEvent",
    "UniverseWord",
    "User",
    "VisitorKey",
]
