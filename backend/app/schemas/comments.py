"""Comments on the wire."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BeforeValidator, Field, model_validator

from app.schemas.shared import Given, Identifier, PageQuery, Patch, Taken, Visible
from app.schemas.universes import PersonOut

Kind = Literal["universe", "body", "moment", "story"]
TEXT = Field(min_length=1, max_length=4_000)
# What each kind names besides itself.
NEEDS = {"universe": set(), "body": {"id"}, "story": {"id"}, "moment": {"tick"}}
TAKES = NEEDS | {"moment": {"tick", "journal"}}


class TargetIn(Taken):
    """What a comment is about."""

    kind: Kind = "universe"
    id: str | None = Field(default=None, max_length=64, description="of the body or story point")
    journal: Identifier | None = Field(default=None, description="of the moment, if it is of one")
    tick: int | None = Field(default=None, ge=0, le=2**40, description="of the moment")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        named = {"id": self.id, "journal": self.journal, "tick": self.tick}
        given = {name for name, value in named.items() if value is not None}
        if not NEEDS[self.kind] <= given <= TAKES[self.kind]:
            wanted = " and ".join(sorted(TAKES[self.kind])) or "nothing else"
            raise ValueError(f"a comment on a {self.kind} names {wanted}")
        return self


class CommentIn(Taken):
    """A remark, or with a parent the reply to one."""

    text: Visible = TEXT
    target: TargetIn = Field(default=TargetIn(), description="a reply has that of its remark")
    parent: Identifier | None = Field(default=None, description="the comment it replies to")


class CommentPatch(Patch):
    """What the author of a comment may change."""

    text: Visible = TEXT


def _truth(value: object) -> object:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


class CommentQuery(PageQuery):
    """Which comments."""

    parent: Identifier | None = Field(default=None, description="replies to this one")
    kind: Kind | None = Field(default=None, description="what they are about")
    id: str | None = Field(default=None, max_length=64, description="of the body or story point")
    resolved: Annotated[bool | None, BeforeValidator(_truth)] = None


class TargetOut(Given):
    """What a comment is about."""

    kind: Kind
    id: str | None
    journal: UUID | None
    tick: int | None


class CommentOut(Given):
    """A comment."""

    id: UUID
    universe_id: UUID
    parent_id: UUID | None
    author: PersonOut | None = Field(description="null once deleted, or without their account")
    target: TargetOut
    text: str = Field(description="empty once deleted; it stands while it has replies")
    replies: int
    deleted: bool
    created_at: datetime
    edited_at: datetime | None
    resolved_at: datetime | None
