"""Frozen values: what services hand out in place of rows, and what they announce."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from app.errors import Problem

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did something."""

    kind: str  # user guest key system
    id: UUID | None = None
    display_name: str | None = None


class Named(Protocol):
    """Whatever tells who somebody is: a user, or some columns of one."""

    @property
    def id(self) -> UUID:
        """Who."""

    @property
    def display_name(self) -> str:
        """What they are called."""

    @property
    def handle(self) -> str | None:
        """What they are found by."""


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody, as everybody may see them."""

    id: UUID
    display_name: str
    handle: str | None = None

    @classmethod
    def of(cls, user: "Named") -> "PersonView":
        """Show a person."""
        return cls(user.id, user.display_name, user.handle)


@dataclass(frozen=True, slots=True)
class BriefView:
    """A universe in a list."""

    id: UUID
    title: str
    owner: PersonView | None
    visibility: str
    link_role: str
    rev: int
    document_rev: int
    epoch: int
    role: str
    example: str | None
    created_at: datetime
    updated_at: datetime
    about: str = ""
    tags: tuple[str, ...] = ()
    licence: str = ""
    template: bool = False
    stars: int = 0
    starred: bool = False  # by the caller
    parent: UUID | None = None  # what it is a fork of


@dataclass(frozen=True, slots=True)
class UniverseView(BriefView):
    """A universe, whole."""

    document: str = field(default="{}", repr=False)  # canonical JSON text
    sha256: str = ""
    problems: tuple[Problem, ...] = ()  # what the grammar of today has against it


@dataclass(frozen=True, slots=True)
class EventView:
    """One event of a universe's log; announced after its commit."""

    universe_id: UUID
    rev: int
    kind: str  # document access journal job chat comment
    actor: Actor
    created_at: datetime
    op_id: UUID | None = None
    gesture: str | None = None
    patch: Mapping[str, Any] | None = None
    inverse: Mapping[str, Any] | None = None
    data: Mapping[str, Any] | None = None
    act: str | None = None  # of a document: create edit undo redo restore
    name: str | None = None
    epoch: int = 1
    repeated: bool = False  # the operation had been done before; nothing changed now


@dataclass(frozen=True, slots=True)
class UniverseGone:
    """A universe was deleted; announced after the commit."""

    universe_id: UUID


@dataclass(frozen=True, slots=True)
class SessionsEnded:
    """These sign-ins count no more; announced after the commit."""

    user_id: UUID
    session_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class MailWaits:
    """A letter waits to be sent; announced after the commit."""


@dataclass(frozen=True, slots=True)
class KeyUsed:
    """An API key was used, after a while; announced after the commit."""

    key_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class KeyRevoked:
    """An API key counts no more; announced after the commit."""

    hash: str


@dataclass(frozen=True, slots=True)
class PageView(Generic[Item]):
    """A stretch of a list and the cursor of the next one."""

    items: tuple[Item, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class JobView:
    """A piece of work and how far it is."""

    id: UUID
    kind: str
    universe_id: UUID
    state: str
    progress: float
    price: int
    attempts: int
    size: int | None
    sha256: str | None
    error_code: str | None
    error_message: str | None
    report: Mapping[str, Any]  # what the render found out: {"sound": {loudness, ...}}
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class JobQueued:
    """A job waits for a worker; announced after the commit."""

    job_id: UUID


@dataclass(frozen=True, slots=True)
class PerformanceView:
    """How far a universe was played last, as its performer noted it."""

    journal: UUID | None
    open: bool  # somebody performs it now
    tick: int
    energy_error: float | None  # relative, since the last edit; none where it is not conserved


@dataclass(frozen=True, slots=True)
class RoomState:
    """All a performer needs to go on exactly where the journal is.

    Play `base_document` with `seed`, obeying `entries` (tick, rev, patch). `pending` are edits
    that are committed and have no tick yet: journal them at the first tick not yet rendered.
    """

    universe_id: UUID
    journal_id: UUID
    fence: int
    base_document: str = field(repr=False)
    seed: int
    engine: str
    entries: tuple[tuple[int, int, Mapping[str, Any]], ...]
    pending: tuple[tuple[int, Mapping[str, Any]], ...]
    tick: int  # how far the journal is known to have been played
    epoch: int
    rev: int
    document_rev: int
    document: str = field(repr=False)  # the newest, at `document_rev`
