"""Universes and their history on the wire."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from app.schemas.shared import Fault, Given, Identifier, PageQuery, Patch, PlainInt, Taken, splice

Visibility = Literal["private", "unlisted", "public"]
LinkRole = Literal["viewer", "performer", "editor"]
Role = Literal["owner", "editor", "performer", "viewer"]
Licence = Literal[
    "CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "CC-BY-ND-4.0",
    "CC-BY-NC-ND-4.0", "all-rights-reserved",
]  # fmt: skip
Tags = Annotated[
    tuple[Annotated[str, Field(min_length=1, max_length=32)], ...],
    Field(max_length=12, strict=False),
]
SOURCES = ("document", "take", "example", "template")


class ForkIn(Taken):
    """What a copy is to be like."""

    title: str | None = Field(default=None, min_length=1, max_length=200)
    visibility: Visibility = "private"
    link_role: LinkRole = Field(
        default="viewer", description="what anybody signed in who may see it may do"
    )


class UniverseIn(ForkIn):
    """A new universe: from a document, a take, an example or a template, or empty."""

    licence: Licence | None = Field(
        default=None, description="what others may do with copies; CC-BY-4.0 where nothing is said"
    )
    tags: Tags = ()
    document: dict[str, Any] | None = Field(default=None, description="see /api/v1/schema")
    take: dict[str, Any] | None = Field(
        default=None, description="a take file; all its edits are obeyed"
    )
    example: str | None = Field(default=None, max_length=32, description="name of an example")
    template: Identifier | None = Field(default=None, description="id of a template")

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        given = [name for name in SOURCES if getattr(self, name) is not None]
        if len(given) > 1:
            raise ValueError(f"make it from one of {' and '.join(given)}, not from both")
        return self


class ImportQuery(Taken):
    """What a universe made from a file is to be like."""

    title: str | None = Field(default=None, min_length=1, max_length=200)
    visibility: Visibility = "private"


class UniversePatch(Patch):
    """A JSON merge patch (RFC 7396) of a universe; what is left out stays."""

    title: str | None = Field(default=None, min_length=1, max_length=200)
    visibility: Visibility | None = None
    link_role: LinkRole | None = None
    licence: Licence | None = None
    tags: Tags | None = None
    template: bool | None = Field(default=None, description="whether others may begin with it")
    document: dict[str, Any] | None = Field(
        default=None, description="a merge patch of the document; null removes a member"
    )


class UniverseQuery(PageQuery):
    """Which universes."""

    scope: Literal["own", "shared", "starred", "public", "templates"] = Field(
        default="own", description="whose: one's own, those one is a member of, everybody's, ..."
    )
    sort: Literal["new", "recent", "title", "stars"] = Field(
        default="new", description="made last, changed last, by title, or liked most first"
    )
    q: str | None = Field(
        default=None,
        min_length=1,
        max_length=200,
        description="words that title, text and tags begin with; case and accents count for nothing",
    )
    tags: str | None = Field(
        default=None, min_length=1, max_length=200, description="with commas; each has to be there"
    )


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
    handle: str | None = None


class BriefOut(Given):
    """A universe in a list."""

    id: UUID
    title: str
    owner: PersonOut | None = Field(description="null for the examples")
    visibility: Visibility
    link_role: LinkRole
    rev: int = Field(description="of the last event of its log")
    role: Role = Field(description="what the caller is to it")
    example: str | None
    about: str = Field(description="how the text of the document begins")
    tags: tuple[str, ...]
    licence: Licence
    template: bool
    stars: int
    starred: bool = Field(description="by the caller")
    parent: UUID | None = Field(description="the universe it is a fork of")
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


class PerformanceOut(Given):
    """How far a universe was played last, noted every 3 seconds while it plays."""

    journal: UUID | None = Field(description="the newest; none where it was never played")
    open: bool = Field(description="whether a room performs it now")
    tick: int = Field(description="how far it was played; 120 a second")
    energy_error: float | None = Field(
        description="relative, since the last edit; none where energy is not to last"
    )


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
