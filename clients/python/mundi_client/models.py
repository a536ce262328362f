"""What is sent and answered. Written by `make client`; do not edit."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, ConfigDict, Field

from mundi_client.model import Model


class ActorOut(Model):
    """
    Who did something.
    """

    display_name: str | None
    id: UUID | None
    kind: str


class EntryOut(Model):
    """
    An edit and the tick from which it is obeyed.
    """

    patch: dict[str, Any]
    rev: int
    tick: int


class ErrorOut(Model):
    """
    Why an export failed.
    """

    code: str
    message: str


class EventOut(Model):
    """
    One event of a universe's log.
    """

    actor: ActorOut
    created_at: AwareDatetime
    data: dict[str, Any] | None
    gesture: str | None
    inverse: dict[str, Any] | None
    kind: str
    op_id: UUID | None
    patch: dict[str, Any] | None
    rev: int


class Fault(Model):
    """
    One fault of what was sent.
    """

    message: str
    path: str = Field(..., description="where, as a JSON path")


class JobOut(Model):
    """
    An export and how far it is.
    """

    created_at: AwareDatetime
    error: ErrorOut | None
    expires_at: AwareDatetime | None
    file: str | None = Field(..., description="where it is fetched, once it is done")
    finished_at: AwareDatetime | None
    id: UUID
    kind: str
    price: int = Field(..., description="ticks times bodies")
    progress: float = Field(..., ge=0.0, le=1.0)
    sha256: str | None
    size: int | None
    started_at: AwareDatetime | None
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    universe_id: UUID


class LimitsOut(Model):
    """
    Every limit of this server.
    """

    limits: dict[str, int | str] = Field(..., description="names say the unit")


class LoginIn(Model):
    """
    Who signs in.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    email: str = Field(..., examples=["ada@example.org"], max_length=320)
    password: str = Field(..., examples=["correct horse battery"], max_length=1024)


class PageEventOut(Model):
    items: list[EventOut]
    next_cursor: str | None = Field(..., description="of the page that follows; null on the last")


class PageJobOut(Model):
    items: list[JobOut]
    next_cursor: str | None = Field(..., description="of the page that follows; null on the last")


class ParameterOut(Model):
    """
    One knob of a universe.
    """

    choices: list[str]
    default: Any
    high: float | None
    kind: str
    live: bool
    low: float | None
    meaning: str
    name: str
    path: str
    unit: str


class ParametersOut(Model):
    """
    The table of every parameter.
    """

    items: list[ParameterOut]


class PersonOut(Model):
    """
    Somebody, as everybody may see them.
    """

    display_name: str
    id: UUID


class ProblemOut(Model):
    """
    Why a request was refused (RFC 9457).
    """

    code: str = Field(..., description="stable, for programs")
    detail: str = Field(..., description="for people")
    problems: list[Fault] | None = Field(None, description="each fault")
    request_id: str
    rev: int | None = Field(None, description="of 412: the newest revision")
    status: int
    title: str
    type: str = Field(..., description="an address that names the kind of problem")


class ProfileOut(Model):
    """
    Somebody, as they themselves see them.
    """

    created_at: AwareDatetime
    display_name: str
    email: str
    id: UUID


class ProfilePatch(Model):
    """
    What somebody may change of their own profile.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    display_name: str | None = Field("", max_length=80, min_length=1)


class RefreshIn(Model):
    """
    A refresh token, from clients without cookies.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    refresh_token: str | None = None


class RegisterIn(Model):
    """
    A new account.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    display_name: str | None = Field(None, examples=["Ada"])
    email: str = Field(..., examples=["ada@example.org"], max_length=320, min_length=3)
    password: str = Field(..., examples=["correct horse battery"], max_length=128, min_length=8)


class RenderIn(Model):
    """
    A stretch of sound to be rendered.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    encoding: Literal["pcm16", "float32"] | None = "pcm16"
    format: Literal["wav"] = "wav"
    journal: UUID | None = Field(
        None,
        description="a room's journal, with its edits; null: the document as it is",
    )
    seconds: float | None = None
    seed: int | None = None
    start: int | None = Field(0, description="tick", ge=0, le=1099511627776)
    ticks: int | None = Field(None, description="exact; or `seconds`")
    universe_id: UUID


class SchemaOut(Model):
    """
    A JSON Schema, draft 2020-12.
    """

    model_config = ConfigDict(
        extra="allow",
    )


class SignInOut(Model):
    """
    Who is signed in, with the tokens that prove it.
    """

    access_token: str = Field(..., description="for `Authorization: Bearer`")
    expires_in_s: int
    refresh_token: str | None = Field(
        None, description="single-use; null for the studio, which gets a cookie"
    )
    token_type: Literal["Bearer"] = "Bearer"
    user: ProfileOut


class StillIn(Model):
    """
    A picture of one moment.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    format: Literal["png"] = "png"
    height: int | None = Field(800, ge=16, le=1600)
    journal: UUID | None = None
    seed: int | None = None
    tick: int | None = Field(0, ge=0, le=1099511627776)
    universe_id: UUID
    width: int | None = Field(1280, ge=16, le=2560)


class TakeOut(Model):
    """
    A stretch of a performance; `mundi play` takes this as a file.
    """

    journal: list[EntryOut]
    seed: int
    start: int
    take: Literal[1]
    ticks: int
    universe: dict[str, Any]


class UniverseIn(Model):
    """
    A new universe: from a document, or empty.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    document: dict[str, Any] | None = Field(None, description="see /api/v1/schema")
    link_role: Literal["viewer", "editor"] | None = Field(
        "viewer", description="what anybody signed in who may see it may do"
    )
    title: str | None = None
    visibility: Literal["private", "unlisted", "public"] | None = "private"


class UniverseOut(Model):
    """
    A universe, whole.
    """

    created_at: AwareDatetime
    document: dict[str, Any]
    example: str | None
    id: UUID
    link_role: Literal["viewer", "editor"]
    owner: PersonOut | None = Field(..., description="null for the examples")
    rev: int = Field(..., description="of the last event of its log")
    role: Literal["owner", "editor", "viewer"] = Field(..., description="what the caller is to it")
    title: str
    updated_at: AwareDatetime
    visibility: Literal["private", "unlisted", "public"]


class UniversePatch(Model):
    """
    A JSON merge patch (RFC 7396) of a universe; what is left out stays.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    document: dict[str, Any] | None = Field(
        None, description="a merge patch of the document; null removes a member"
    )
    link_role: Literal["viewer", "editor"] | None = None
    title: str | None = Field(None, max_length=200, min_length=1)
    visibility: Literal["private", "unlisted", "public"] | None = None


class BriefOut(Model):
    """
    A universe in a list.
    """

    created_at: AwareDatetime
    example: str | None
    id: UUID
    link_role: Literal["viewer", "editor"]
    owner: PersonOut | None = Field(..., description="null for the examples")
    rev: int = Field(..., description="of the last event of its log")
    role: Literal["owner", "editor", "viewer"] = Field(..., description="what the caller is to it")
    title: str
    updated_at: AwareDatetime
    visibility: Literal["private", "unlisted", "public"]


class PageBriefOut(Model):
    items: list[BriefOut]
    next_cursor: str | None = Field(..., description="of the page that follows; null on the last")
