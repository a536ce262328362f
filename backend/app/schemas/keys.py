"""API keys on the wire."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field, model_validator

from app.schemas.shared import Given, Instant, Line, Taken

Scope = Literal["universes:read", "universes:write", "exports"]


class KeyIn(Taken):
    """A key for a script."""

    name: Line = Field(min_length=1, max_length=80, examples=["nightly renders"])
    scopes: list[Scope] = Field(min_length=1, max_length=3, description="all it may be used for")
    expires_at: Instant | None = Field(default=None, description="by default never")


class KeyOut(Given):
    """A key, without what makes it one."""

    id: UUID
    name: str
    prefix: str = Field(description="how it begins, to tell it from others")
    scopes: tuple[Scope, ...]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None = Field(description="to the minute")


class FreshKeyOut(KeyOut):
    """A key, the only time it is shown whole."""

    secret: str = Field(description="for `Authorization: Bearer`; it is not kept here")

    @model_validator(mode="before")
    @classmethod
    def _from_view(cls, view: Any) -> Any:
        if isinstance(view, dict):
            return view
        own = {name: getattr(view.key, name) for name in KeyOut.model_fields}
        return own | {"secret": view.secret}


class KeysOut(Given):
    """One's keys, the newest first."""

    items: tuple[KeyOut, ...]
