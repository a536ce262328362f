"""Frozen values of sharing and talking: members, invitations, links, guests, comments."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app.services.views import PersonView


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member of a universe, or somebody who was asked to be one."""

    user: PersonView
    role: str | None  # none until they accept
    offered: str | None  # what they were asked to be; only the owner sees it
    since: datetime


@dataclass(frozen=True, slots=True)
class InvitationView:
    """What somebody was asked to be, as they see it."""

    universe_id: UUID
    title: str
    owner: PersonView | None
    role: str
    since: datetime


@dataclass(frozen=True, slots=True)
class LinkView:
    """A share link, as the owner sees it."""

    id: UUID
    label: str
    role: str
    guests: bool
    token: str | None = field(repr=False)  # only when it is made
    live: bool
    expires_at: datetime | None
    revoked_at: datetime | None
    uses: int
    uses_max: int | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class LinkSeenView:
    """A share link, as whoever has it sees it."""

    universe_id: UUID
    title: str
    owner: PersonView | None
    role: str
    guests: bool
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class GuestView:
    """A seat without an account, with the token that proves it."""

    id: UUID
    name: str
    universe_id: UUID
    role: str
    token: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class StarView:
    """How many like a universe, and whether the caller does."""

    stars: int
    starred: bool


@dataclass(frozen=True, slots=True)
class AncestorView:
    """What a universe was forked from, and what that was; hidden ones say only that they are."""

    id: UUID | None
    title: str | None
    owner: PersonView | None
    licence: str
    forked_at: datetime  # when the next in the line was made of it


@dataclass(frozen=True, slots=True)
class LicenceView:
    """A licence: what others may do with a copy."""

    id: str
    name: str
    url: str | None
    forks: bool  # whether others may fork
    heirs: tuple[str, ...]  # which licences a fork may have


@dataclass(frozen=True, slots=True)
class TargetView:
    """What a comment is about."""

    kind: str  # universe body moment story
    id: str | None = None
    journal: UUID | None = None
    tick: int | None = None


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment; a deleted one that was replied to has no text and no author any more."""

    id: UUID
    universe_id: UUID
    parent_id: UUID | None
    author: PersonView | None
    target: TargetView
    text: str
    replies: int
    deleted: bool
    created_at: datetime
    edited_at: datetime | None
    resolved_at: datetime | None
