"""Accounts on the wire."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from app.schemas.shared import Given, Taken


class RegisterIn(Taken):
    """A new account."""

    email: str = Field(min_length=3, max_length=320, examples=["ada@example.org"])
    password: str = Field(min_length=8, max_length=128, examples=["correct horse battery"])
    display_name: str | None = Field(default=None, min_length=1, max_length=80, examples=["Ada"])


class LoginIn(Taken):
    """Who signs in."""

    email: str = Field(max_length=320, examples=["ada@example.org"])
    password: str = Field(max_length=1024, examples=["correct horse battery"])


class RefreshIn(Taken):
    """A refresh token, from clients without cookies."""

    refresh_token: str | None = Field(default=None, max_length=128)


class ProfilePatch(Taken):
    """What somebody may change of their own profile."""

    display_name: str = Field(default="", min_length=1, max_length=80)


class ProfileOut(Given):
    """Somebody, as they themselves see them."""

    id: UUID
    email: str
    display_name: str
    created_at: datetime


class SignInOut(Given):
    """Who is signed in, with the tokens that prove it."""

    user: ProfileOut
    access_token: str = Field(description="for `Authorization: Bearer`")
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 -- the kind of a token, not one
    expires_in_s: int
    refresh_token: str | None = Field(
        default=None, description="single-use; null for the studio, which gets a cookie"
    )

    @classmethod
    def encoded_without_refresh(cls, view: Any) -> str:
        """Write a sign-in for a browser, whose refresh token travels in a cookie."""
        return cls.model_validate(view).model_dump_json(exclude={"refresh_token"})
