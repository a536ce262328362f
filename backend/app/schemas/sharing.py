"""Members, invitations, share links, guests, stars, forks and licences on the wire."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from app.schemas.shared import Given, Line, Patch, Taken
from app.schemas.universes import Licence, PersonOut, Role

Seat = Literal["viewer", "performer", "editor"]
HANDLE = Field(min_length=1, max_length=33, description="with or without an @ before it")
SECRET = Field(min_length=43, max_length=43, description="what stands in the link")
DAYS_MAX = 90


class InviteIn(Taken):
    """Whom to ask, to be what."""

    handle: str = HANDLE
    role: Seat


class RolePatch(Patch):
    """What a member is to be from now on."""

    role: Seat


class TransferIn(Taken):
    """Who is to be the owner, if they accept."""

    handle: str = HANDLE


class LinkIn(Taken):
    """A share link to be made."""

    role: Seat = "viewer"
    label: Line = Field(default="", max_length=80, description="for the owner's own list")
    guests: bool = Field(
        default=False, description="whether it seats people without an account, until it expires"
    )
    expires_in_s: int | None = Field(default=None, ge=60, le=DAYS_MAX * 86_400)
    uses_max: int | None = Field(default=None, ge=1, le=10_000)


class SecretIn(Taken):
    """The secret of a share link."""

    token: str = SECRET


class GuestIn(SecretIn):
    """Who sits down without an account."""

    name: Line = Field(min_length=1, max_length=80)


class MemberOut(Given):
    """A member, or somebody who was asked to be one."""

    user: PersonOut
    role: Seat | None = Field(description="null until they accept")
    offered: Role | None = Field(description="what they were asked to be; only the owner sees it")
    since: datetime


class InvitationOut(Given):
    """What one was asked to be."""

    universe_id: UUID
    title: str
    owner: PersonOut | None
    role: Role = Field(description="owner: the universe is offered to become one's own")
    since: datetime


class LinkOut(Given):
    """A share link, as the owner sees it."""

    id: UUID
    label: str
    role: Seat
    guests: bool
    token: str | None = Field(description="the secret; told once, when the link is made")
    live: bool = Field(description="neither revoked, nor expired, nor used up")
    expires_at: datetime | None
    revoked_at: datetime | None
    uses: int
    uses_max: int | None
    created_at: datetime


class LinkSeenOut(Given):
    """What a share link is for."""

    universe_id: UUID
    title: str
    owner: PersonOut | None
    role: Seat
    guests: bool = Field(description="whether one can come in without an account")
    expires_at: datetime | None


class GuestOut(Given):
    """A seat without an account."""

    id: UUID
    name: str
    universe_id: UUID
    role: Seat
    token: str = Field(description="for `Authorization: Bearer`, and for `join` of the live room")
    expires_at: datetime


class StarOut(Given):
    """How many like a universe, and whether the caller does."""

    stars: int
    starred: bool


class AncestorOut(Given):
    """One universe in the line of those a universe was forked from."""

    id: UUID | None = Field(description="null where the caller may not see it")
    title: str | None
    owner: PersonOut | None
    licence: Licence
    forked_at: datetime = Field(description="when the next in the line was made of it")


class LineageOut(Given):
    """What a universe was forked from, and that from what; the nearest first."""

    items: tuple[AncestorOut, ...]


class LicenceOut(Given):
    """A licence: what others may do with copies."""

    id: Licence
    name: str
    url: str | None
    forks: bool = Field(description="whether others may make copies")
    heirs: tuple[Licence, ...] = Field(description="which licences a copy may have")


class LicencesOut(Given):
    """Every licence a universe may have."""

    items: tuple[LicenceOut, ...]
