"""The history of a universe on the wire."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from app.schemas.shared import Fault, Given, Identifier, Instant, PageQuery, PlainInt, Taken, splice
from app.schemas.universes import ActorOut

Act = Literal["create", "edit", "undo", "redo", "restore"]


class HistoryQuery(PageQuery):
    """Which changes."""

    author: Identifier | None = Field(default=None, description="of that person alone")
    act: Act | None = None
    since: Instant | None = Field(default=None, description="at this moment or after it")
    until: Instant | None = Field(default=None, description="before this moment")
    name: str | None = Field(default=None, max_length=80, description="of exactly that name")
    named: Literal["true", "false"] = Field(default="false", description="true: only named ones")


class ChangeOut(Given):
    """One change of a document."""

    rev: int
    act: Act
    actor: ActorOut
    created_at: datetime
    name: str | None
    gesture: str | None
    summary: str = Field(description="what changed, for people")
    patch: dict[str, Any] = Field(description="what changed, as a merge patch")
    inverse: dict[str, Any] = Field(description="the merge patch that takes it back")
    data: dict[str, Any] | None = Field(description="what an undo took back and left")


class _Version(Given):
    change: ChangeOut
    sha256: str
    problems: tuple[Fault, ...] = Field(
        description="what the grammar of today has against the document"
    )


class VersionOut(_Version):
    """A document as it was after a change."""

    document: dict[str, Any]

    @classmethod
    def encoded(cls, view: Any) -> str:
        """Write a version; its document goes out as the canonical text it is."""
        return splice(_Version.encoded(view), "document", view.document)


class CompareQuery(Taken):
    """Which two revisions."""

    from_rev: PlainInt = Field(alias="from", ge=1, le=2**53)
    to_rev: PlainInt = Field(alias="to", ge=1, le=2**53)


class DifferenceOut(Given):
    """One member that differs."""

    path: str
    before: Any = Field(description="null: it was not there")
    after: Any = Field(description="null: it is not there")


class ComparisonOut(Given):
    """What leads from one document to another."""

    from_rev: int
    to_rev: int
    patch: dict[str, Any]
    changes: tuple[DifferenceOut, ...]


class NameIn(Taken):
    """What a version is called."""

    name: str | None = Field(min_length=1, max_length=80, description="null takes it away")


class LeftOut(Given):
    """A member that an undo left, because somebody has written there since."""

    path: str
    rev: int
    by: str | None


class UndoOut(Given):
    """What an undo or redo did."""

    rev: int
    act: Literal["undo", "redo"]
    revs: tuple[int, ...] = Field(description="the changes that were taken back")
    patch: dict[str, Any]
    left: tuple[LeftOut, ...]
