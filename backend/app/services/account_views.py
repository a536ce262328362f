"""Frozen values of accounts: people, the places they are signed in at, their keys."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Preferences:
    """How somebody likes their studio."""

    theme: str  # system | dark | light
    motion: str  # system | full | reduced
    language: str  # BCP 47


@dataclass(frozen=True, slots=True)
class ProfileView:
    """Somebody, as they themselves see them."""

    id: UUID
    email: str
    email_confirmed: bool
    handle: str | None
    display_name: str
    bio: str
    colour: str | None
    picture: str | None  # its SHA-256
    preferences: Preferences
    created_at: datetime


@dataclass(frozen=True, slots=True)
class PublicView:
    """Somebody, as everybody may look them up."""

    id: UUID
    handle: str
    display_name: str
    bio: str
    colour: str | None
    picture: str | None


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture of somebody."""

    content: bytes = field(repr=False)
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True)
class SignInView:
    """A signed-in person with the tokens that prove it."""

    user: ProfileView
    access_token: str
    expires_in_s: int
    refresh_token: str
    refresh_expires_at: datetime


@dataclass(frozen=True, slots=True)
class PendingView:
    """Something waits for a link in a letter to be followed; told alike whoever has an account."""

    sent_to: str  # as it was asked for, known or not
    expires_in_s: int


@dataclass(frozen=True, slots=True)
class SignedInView:
    """A device somebody is signed in on."""

    id: UUID
    client: str
    label: str
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime
    current: bool


@dataclass(frozen=True, slots=True)
class KeyView:
    """An API key, without what makes it one."""

    id: UUID
    name: str
    prefix: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class FreshKeyView:
    """An API key, the only time it is shown whole."""

    key: KeyView
    secret: str = field(repr=False)
