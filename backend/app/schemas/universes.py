"""Universes and their history on the wire."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from app.schemas.shared import Fault, Given, Identifier, PageQuery, Patch, PlainInt, Taken, splice

Visibility = Literal["private", "unlisted", "public"]
LinkRole = Literal["viewer", "editor"]


class UniverseIn(Taken):
    """A new universe: from a document, or empty."""

    title: str | None = Field(default=None, min_length=1, max_length=200)
    visibility: Visibility = "private"
    link_role: LinkRole = Field(
        default="viewer", description="what anybody signed in who may see it may do"
    )
    document: dict[str, Any] | None = Field(default=None, description="see /api/v1/schema")


class UniversePatch(Patch):
    """A JSON merge patch (RFC 7396) of a universe; what is left out stays."""

    title: str | None = Field(default=None, min_length=1, max_length=200)
    visibility: Visibility | None = None
    link_role: LinkRole | None = None
    document: dict[str, Any] | None = Field(
        default=None, description="a merge patch of the document; null removes a member"
    )


class UniverseQuery(PageQuery):
    """Which universes."""

    scope: Literal["own", "public"] = Field(default="own", description="one's own, or everybody's")


class TakeQuery(Taken):
    """Which stretch of a performance."""

    journal: Identifier | None = Field(default=None, description="by default the newest")
    start: PlainInt = Field(default=0, ge=0, le=2**40, description="tick")
    ticks: Annotated[PlainInt, Field(ge=0, le=2**40)] | None = Field(
        default=None, description="by default as far as it was played"
    )


class PersonOut(Given):
    """Somebody, as everybody may see them."""

    id: UUID
    display_name: str


class BriefOut(Given):
    """A universe in a list."""

    id: UUID
    title: str
    owner: PersonOut | None = Field(description="null for the examples")
    visibility: Visibility
    link_role: LinkRole
    rev: int = Field(description="of the last event of its log")
    role: Literal["owner", "editor", "viewer"] = Field(description="what the caller is to it")
    example: str | None
    created_at: datetime
    updated_at: datetime


class _Told(BriefOut):
    problems: tuple[Fault, ...] = Field(
        default=(), description="what a newer grammar has against a document of long ago"
    )


class UniverseOut(_Told):
    """A universe, whole."""

    document: dict[str, Any]

    @classmethod
    def encoded(cls, view: Any) -> str:
        """Write a universe; its document goes out as the very text that is stored."""
        return splice(_Told.encoded(view), "document", view.document)


class ActorOut(Given):
    """Who did something."""

    kind: str
    id: UUID | None
    display_name: str | None


class EventOut(Given):
    """One event of a universe's log."""

    rev: int
    kind: str
    actor: ActorOut
    op_id: UUID | None
    gesture: str | None
    patch: dict[str, Any] | None
    inverse: dict[str, Any] | None
    data: dict[str, Any] | None
    created_at: datetime


class EntryOut(Given):
    """An edit and the tick from which it is obeyed."""

    tick: int
    rev: int
    patch: dict[str, Any]


class TakeOut(Given):
    """A stretch of a performance; `mundi play` takes this as a file."""

    take: Literal[1]
    universe: dict[str, Any]
    seed: int
    journal: tuple[EntryOut, ...]
    start: int
    ticks: int

    @classmethod
    def encoded(cls, view: Any) -> str:
        """Write a take as the canonical text of which a render is made."""
        return str(view.text())
