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


class ChangeOut(Model):
    """
    One change of a document.
    """

    act: Literal["create", "edit", "undo", "redo", "restore"]
    actor: ActorOut
    created_at: AwareDatetime
    data: dict[str, Any] | None = Field(..., description="what an undo took back and left")
    gesture: str | None
    inverse: dict[str, Any] = Field(..., description="the merge patch that takes it back")
    name: str | None
    patch: dict[str, Any] = Field(..., description="what changed, as a merge patch")
    rev: int
    summary: str = Field(..., description="what changed, for people")


class CommentPatch(Model):
    """
    What the author of a comment may change.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    text: str = Field(..., max_length=4000, min_length=1)


class DifferenceOut(Model):
    """
    One member that differs.
    """

    after: Any = Field(..., description="null: it is not there")
    before: Any = Field(..., description="null: it was not there")
    path: str


class EmailIn(Model):
    """
    Another address; the password is asked again.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    email: str = Field(..., examples=["ada@example.org"], max_length=320, min_length=3)
    password: str = Field(..., max_length=1024)


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


class ForgottenIn(Model):
    """
    Who forgot their password.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    email: str = Field(..., examples=["ada@example.org"], max_length=320, min_length=3)


class ForkIn(Model):
    """
    What a copy is to be like.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    link_role: Literal["viewer", "performer", "editor"] | None = Field(
        "viewer", description="what anybody signed in who may see it may do"
    )
    title: str | None = None
    visibility: Literal["private", "unlisted", "public"] | None = "private"


class FreshKeyOut(Model):
    """
    A key, the only time it is shown whole.
    """

    created_at: AwareDatetime
    expires_at: AwareDatetime | None
    id: UUID
    last_used_at: AwareDatetime | None = Field(..., description="to the minute")
    name: str
    prefix: str = Field(..., description="how it begins, to tell it from others")
    scopes: list[Literal["universes:read", "universes:write", "exports"]]
    secret: str = Field(..., description="for `Authorization: Bearer`; it is not kept here")


class GuestIn(Model):
    """
    Who sits down without an account.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    name: str = Field(..., max_length=80, min_length=1)
    token: str = Field(..., description="what stands in the link", max_length=43, min_length=43)


class GuestOut(Model):
    """
    A seat without an account.
    """

    expires_at: AwareDatetime
    id: UUID
    name: str
    role: Literal["viewer", "performer", "editor"]
    token: str = Field(
        ..., description="for `Authorization: Bearer`, and for `join` of the live room"
    )
    universe_id: UUID


class InviteIn(Model):
    """
    Whom to ask, to be what.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    handle: str = Field(
        ..., description="with or without an @ before it", max_length=33, min_length=1
    )
    role: Literal["viewer", "performer", "editor"]


class KeyIn(Model):
    """
    A key for a script.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    expires_at: AwareDatetime | None = Field(None, description="by default never")
    name: str = Field(..., examples=["nightly renders"], max_length=80, min_length=1)
    scopes: list[Literal["universes:read", "universes:write", "exports"]] = Field(
        ..., description="all it may be used for", max_length=3, min_length=1
    )


class KeyOut(Model):
    """
    A key, without what makes it one.
    """

    created_at: AwareDatetime
    expires_at: AwareDatetime | None
    id: UUID
    last_used_at: AwareDatetime | None = Field(..., description="to the minute")
    name: str
    prefix: str = Field(..., description="how it begins, to tell it from others")
    scopes: list[Literal["universes:read", "universes:write", "exports"]]


class KeysOut(Model):
    """
    One's keys, the newest first.
    """

    items: list[KeyOut]


class LeaveIn(Model):
    """
    Deleting an account: what becomes of its universes has to be said if there are any.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    delete_universes: bool | None = Field(False, description="true: delete them for good")
    heir: str | None = Field(None, description="the handle of who is offered the universes")
    password: str = Field(..., max_length=1024)


class LeftOut(Model):
    """
    A member that an undo left, because somebody has written there since.
    """

    by: str | None
    path: str
    rev: int


class LicenceOut(Model):
    """
    A licence: what others may do with copies.
    """

    forks: bool = Field(..., description="whether others may make copies")
    heirs: list[
        Literal[
            "CC0-1.0",
            "CC-BY-4.0",
            "CC-BY-SA-4.0",
            "CC-BY-NC-4.0",
            "CC-BY-NC-SA-4.0",
            "CC-BY-ND-4.0",
            "CC-BY-NC-ND-4.0",
            "all-rights-reserved",
        ]
    ] = Field(..., description="which licences a copy may have")
    id: Literal[
        "CC0-1.0",
        "CC-BY-4.0",
        "CC-BY-SA-4.0",
        "CC-BY-NC-4.0",
        "CC-BY-NC-SA-4.0",
        "CC-BY-ND-4.0",
        "CC-BY-NC-ND-4.0",
        "all-rights-reserved",
    ]
    name: str
    url: str | None


class LicencesOut(Model):
    """
    Every licence a universe may have.
    """

    items: list[LicenceOut]


class LimitsOut(Model):
    """
    Every limit of this server.
    """

    limits: dict[str, int | str] = Field(..., description="names say the unit")


class LinkIn(Model):
    """
    A share link to be made.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    expires_in_s: int | None = None
    guests: bool | None = Field(
        False,
        description="whether it seats people without an account, until it expires",
    )
    label: str | None = Field("", description="for the owner's own list", max_length=80)
    role: Literal["viewer", "performer", "editor"] | None = "viewer"
    uses_max: int | None = None


class LinkOut(Model):
    """
    A share link, as the owner sees it.
    """

    created_at: AwareDatetime
    expires_at: AwareDatetime | None
    guests: bool
    id: UUID
    label: str
    live: bool = Field(..., description="neither revoked, nor expired, nor used up")
    revoked_at: AwareDatetime | None
    role: Literal["viewer", "performer", "editor"]
    token: str | None = Field(..., description="the secret; told once, when the link is made")
    uses: int
    uses_max: int | None


class LoginIn(Model):
    """
    Who signs in.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    email: str = Field(..., examples=["ada@example.org"], max_length=320)
    password: str = Field(..., examples=["correct horse battery"], max_length=1024)


class Merge(Model):
    """
    A JSON merge patch (RFC 7396): what is left out stays, null removes.
    """

    model_config = ConfigDict(
        extra="allow",
    )


class MoveIn(Model):
    """
    Where a point goes: a time, or beside another point.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    after: str | None = Field(None, description="behind that point")
    at: float | str | None = Field(None, description="the time itself")
    before: str | None = Field(None, description="before that point")


class NameIn(Model):
    """
    What a version is called.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    name: str | None = Field(..., description="null takes it away")


class OpeningIn(Model):
    """
    What a letter's link carries, with the password of the account it is about.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    password: str = Field(..., max_length=1024)
    token: str = Field(..., description="from the letter's link", max_length=128)


class PageChangeOut(Model):
    items: list[ChangeOut]
    next_cursor: str | None = Field(..., description="of the page that follows; null on the last")


class PageEventOut(Model):
    items: list[EventOut]
    next_cursor: str | None = Field(..., description="of the page that follows; null on the last")


class PageLinkOut(Model):
    items: list[LinkOut]
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


class PartOut(Model):
    """
    A part of a universe as it is written; its shape is in /api/v1/schema.
    """

    model_config = ConfigDict(
        extra="allow",
    )


class PasswordIn(Model):
    """
    Another password.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    current: str = Field(..., max_length=1024)
    new: str = Field(..., max_length=128, min_length=8)


class PendingOut(Model):
    """
    A letter is on its way, if there is anybody to get it; its link does the rest.
    """

    expires_in_s: int = Field(..., description="how long the link will do")
    sent_to: str


class PerformanceOut(Model):
    """
    How far a universe was played last, noted every 3 seconds while it plays.
    """

    energy_error: float | None = Field(
        ...,
        description="relative, since the last edit; none where energy is not to last",
    )
    journal: UUID | None = Field(..., description="the newest; none where it was never played")
    open: bool = Field(..., description="whether a room performs it now")
    tick: int = Field(..., description="how far it was played; 120 a second")


class PersonOut(Model):
    """
    Somebody, as everybody may see them.
    """

    display_name: str
    handle: str | None = None
    id: UUID


class PointIn(Model):
    """
    A point of a story.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    at: float | str = Field(..., description='seconds, "bar 17", "beat 3" or a span')
    changes: dict[str, Any] | None = Field(None, description="parameters by path")
    curve: Literal["step", "linear", "smooth"] | None = None
    harmony: float | dict[str, Any] | None = None
    id: str | None = Field(None, description="left out: one is given")
    over: float | str | dict[str, Any] | None = Field(None, description="a span")
    text: str | None = None
    title: str | None = None


class PointOut(Model):
    """
    A point of a story.
    """

    model_config = ConfigDict(
        extra="allow",
    )
    at: float | str
    id: str
    seconds: float = Field(..., description="of heard time, at the document's own tempo and meter")


class PreferencesOut(Model):
    """
    How somebody likes their studio.
    """

    language: str
    motion: Literal["system", "full", "reduced"]
    theme: Literal["system", "dark", "light"]


class PreferencesPatch(Model):
    """
    How one likes one's studio; what is left out stays.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    language: str | None = Field(
        None,
        description="BCP 47; letters come in it where it is English, German, French, Spanish, Italian or Dutch, else in English",
        max_length=35,
        pattern="^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$",
    )
    motion: Literal["system", "full", "reduced"] | None = Field(
        None, description="`reduced`: as little as can be"
    )
    theme: Literal["system", "dark", "light"] | None = None


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

    avatar: str | None = Field(..., description="where their picture is; it may be kept for ever")
    bio: str
    colour: str | None
    created_at: AwareDatetime
    display_name: str
    email: str
    email_confirmed: bool
    handle: str | None
    id: UUID
    preferences: PreferencesOut


class ProfilePatch(Model):
    """
    What somebody may change of their own profile; what is left out stays.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    bio: str | None = Field(None, max_length=500)
    colour: str | None = Field(None, description="#rrggbb")
    display_name: str | None = Field(None, max_length=80, min_length=1)
    handle: str | None = Field(None, description="by which others find one; null gives it back")
    preferences: PreferencesPatch | None = None


class PublicOut(Model):
    """
    Somebody, as everybody may look them up.
    """

    avatar: str | None = Field(..., description="where their picture is; it may be kept for ever")
    bio: str
    colour: str | None
    display_name: str
    handle: str
    id: UUID


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
    loudness: float | None = Field(
        None,
        description="LUFS to bring it to by one constant gain: -14, -16, -23; null: as heard",
    )
    seconds: float | None = None
    seed: int | None = None
    start: int | None = Field(0, description="tick", ge=0, le=1099511627776)
    ticks: int | None = Field(None, description="exact; or `seconds`")
    universe_id: UUID


class ResetIn(Model):
    """
    A new password, by a letter's link.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    password: str = Field(..., max_length=128, min_length=8)
    token: str = Field(..., description="from the letter's link", max_length=128)


class RolePatch(Model):
    """
    What a member is to be from now on.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    role: Literal["viewer", "performer", "editor"]


class SchemaOut(Model):
    """
    A JSON Schema, draft 2020-12.
    """

    model_config = ConfigDict(
        extra="allow",
    )


class SecretIn(Model):
    """
    The secret of a share link.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    token: str = Field(..., description="what stands in the link", max_length=43, min_length=43)


class SettingOut(Model):
    """
    A parameter and what it is in one universe.
    """

    parameter: ParameterOut
    said: bool = Field(..., description="the document says so; else it is its world's default")
    value: Any


class SettingsOut(Model):
    """
    Parameters of one universe.
    """

    items: list[SettingOut]


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


class SignedInOut(Model):
    """
    A device one is signed in on.
    """

    client: Literal["studio", "script"]
    created_at: AwareDatetime
    current: bool = Field(..., description="whether this request comes from it")
    expires_at: AwareDatetime
    id: UUID
    label: str = Field(..., description="what the device says of itself")
    last_used_at: AwareDatetime


class SoundOut(Model):
    """
    How loud a render became, where a loudness was asked for.
    """

    gain_db: float = Field(..., description="the constant gain that was applied")
    limited: bool = Field(..., description="whether peaks had to make room")
    loudness: float = Field(..., description="reached, LUFS integrated by EBU R 128")
    true_peak_db: float = Field(..., description="reached, dBTP")


class StarOut(Model):
    """
    How many like a universe, and whether the caller does.
    """

    starred: bool
    stars: int


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


class TargetIn(Model):
    """
    What a comment is about.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    id: str | None = Field(None, description="of the body or story point")
    journal: UUID | None = Field(None, description="of the moment, if it is of one")
    kind: Literal["universe", "body", "moment", "story"] | None = "universe"
    tick: int | None = Field(None, description="of the moment")


class TargetOut(Model):
    """
    What a comment is about.
    """

    id: str | None
    journal: UUID | None
    kind: Literal["universe", "body", "moment", "story"]
    tick: int | None


class TransferIn(Model):
    """
    Who is to be the owner, if they accept.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    handle: str = Field(
        ..., description="with or without an @ before it", max_length=33, min_length=1
    )


class UndoOut(Model):
    """
    What an undo or redo did.
    """

    act: Literal["undo", "redo"]
    left: list[LeftOut]
    patch: dict[str, Any]
    rev: int
    revs: list[int] = Field(..., description="the changes that were taken back")


class UniverseIn(Model):
    """
    A new universe: from a document, a take, an example or a template, or empty.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    document: dict[str, Any] | None = Field(None, description="see /api/v1/schema")
    example: str | None = Field(None, description="name of an example")
    licence: (
        Literal[
            "CC0-1.0",
            "CC-BY-4.0",
            "CC-BY-SA-4.0",
            "CC-BY-NC-4.0",
            "CC-BY-NC-SA-4.0",
            "CC-BY-ND-4.0",
            "CC-BY-NC-ND-4.0",
            "all-rights-reserved",
        ]
        | None
    ) = Field(None, description="what others may do with copies; CC-BY-4.0 where nothing is said")
    link_role: Literal["viewer", "performer", "editor"] | None = Field(
        "viewer", description="what anybody signed in who may see it may do"
    )
    tags: list[str] | None = Field([], max_length=12)
    take: dict[str, Any] | None = Field(None, description="a take file; all its edits are obeyed")
    template: UUID | None = Field(None, description="id of a template")
    title: str | None = None
    visibility: Literal["private", "unlisted", "public"] | None = "private"


class UniverseOut(Model):
    """
    A universe, whole.
    """

    about: str = Field(..., description="how the text of the document begins")
    created_at: AwareDatetime
    document: dict[str, Any]
    example: str | None
    id: UUID
    licence: Literal[
        "CC0-1.0",
        "CC-BY-4.0",
        "CC-BY-SA-4.0",
        "CC-BY-NC-4.0",
        "CC-BY-NC-SA-4.0",
        "CC-BY-ND-4.0",
        "CC-BY-NC-ND-4.0",
        "all-rights-reserved",
    ]
    link_role: Literal["viewer", "performer", "editor"]
    owner: PersonOut | None = Field(..., description="null for the examples")
    parent: UUID | None = Field(..., description="the universe it is a fork of")
    problems: list[Fault] | None = Field(
        [],
        description="what a newer grammar has against a document of long ago",
        validate_default=True,
    )
    rev: int = Field(..., description="of the last event of its log")
    role: Literal["owner", "editor", "performer", "viewer"] = Field(
        ..., description="what the caller is to it"
    )
    starred: bool = Field(..., description="by the caller")
    stars: int
    tags: list[str]
    template: bool
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
    licence: (
        Literal[
            "CC0-1.0",
            "CC-BY-4.0",
            "CC-BY-SA-4.0",
            "CC-BY-NC-4.0",
            "CC-BY-NC-SA-4.0",
            "CC-BY-ND-4.0",
            "CC-BY-NC-ND-4.0",
            "all-rights-reserved",
        ]
        | None
    ) = None
    link_role: Literal["viewer", "performer", "editor"] | None = None
    tags: list[str] | None = Field(None, max_length=12)
    template: bool | None = Field(None, description="whether others may begin with it")
    title: str | None = Field(None, max_length=200, min_length=1)
    visibility: Literal["private", "unlisted", "public"] | None = None


class VersionOut(Model):
    """
    A document as it was after a change.
    """

    change: ChangeOut
    document: dict[str, Any]
    problems: list[Fault] = Field(
        ..., description="what the grammar of today has against the document"
    )
    sha256: str


class Whole(Model):
    """
    A thing as it is to be, all of it; its shape is in /api/v1/schema.
    """

    model_config = ConfigDict(
        extra="allow",
    )


class AncestorOut(Model):
    """
    One universe in the line of those a universe was forked from.
    """

    forked_at: AwareDatetime = Field(..., description="when the next in the line was made of it")
    id: UUID | None = Field(..., description="null where the caller may not see it")
    licence: Literal[
        "CC0-1.0",
        "CC-BY-4.0",
        "CC-BY-SA-4.0",
        "CC-BY-NC-4.0",
        "CC-BY-NC-SA-4.0",
        "CC-BY-ND-4.0",
        "CC-BY-NC-ND-4.0",
        "all-rights-reserved",
    ]
    owner: PersonOut | None
    title: str | None


class BriefOut(Model):
    """
    A universe in a list.
    """

    about: str = Field(..., description="how the text of the document begins")
    created_at: AwareDatetime
    example: str | None
    id: UUID
    licence: Literal[
        "CC0-1.0",
        "CC-BY-4.0",
        "CC-BY-SA-4.0",
        "CC-BY-NC-4.0",
        "CC-BY-NC-SA-4.0",
        "CC-BY-ND-4.0",
        "CC-BY-NC-ND-4.0",
        "all-rights-reserved",
    ]
    link_role: Literal["viewer", "performer", "editor"]
    owner: PersonOut | None = Field(..., description="null for the examples")
    parent: UUID | None = Field(..., description="the universe it is a fork of")
    rev: int = Field(..., description="of the last event of its log")
    role: Literal["owner", "editor", "performer", "viewer"] = Field(
        ..., description="what the caller is to it"
    )
    starred: bool = Field(..., description="by the caller")
    stars: int
    tags: list[str]
    template: bool
    title: str
    updated_at: AwareDatetime
    visibility: Literal["private", "unlisted", "public"]


class CommentIn(Model):
    """
    A remark, or with a parent the reply to one.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    parent: UUID | None = Field(None, description="the comment it replies to")
    target: TargetIn | None = Field(
        {"id": None, "journal": None, "kind": "universe", "tick": None},
        description="a reply has that of its remark",
        validate_default=True,
    )
    text: str = Field(..., max_length=4000, min_length=1)


class CommentOut(Model):
    """
    A comment.
    """

    author: PersonOut | None = Field(..., description="null once deleted, or without their account")
    created_at: AwareDatetime
    deleted: bool
    edited_at: AwareDatetime | None
    id: UUID
    parent_id: UUID | None
    replies: int
    resolved_at: AwareDatetime | None
    target: TargetOut
    text: str = Field(..., description="empty once deleted; it stands while it has replies")
    universe_id: UUID


class ComparisonOut(Model):
    """
    What leads from one document to another.
    """

    changes: list[DifferenceOut]
    from_rev: int
    patch: dict[str, Any]
    to_rev: int


class InvitationOut(Model):
    """
    What one was asked to be.
    """

    owner: PersonOut | None
    role: Literal["owner", "editor", "performer", "viewer"] = Field(
        ..., description="owner: the universe is offered to become one's own"
    )
    since: AwareDatetime
    title: str
    universe_id: UUID


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
    sound: SoundOut | None = Field(..., description="where a loudness was asked for and it is done")
    started_at: AwareDatetime | None
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    universe_id: UUID


class LineageOut(Model):
    """
    What a universe was forked from, and that from what; the nearest first.
    """

    items: list[AncestorOut]


class LinkSeenOut(Model):
    """
    What a share link is for.
    """

    expires_at: AwareDatetime | None
    guests: bool = Field(..., description="whether one can come in without an account")
    owner: PersonOut | None
    role: Literal["viewer", "performer", "editor"]
    title: str
    universe_id: UUID


class MemberOut(Model):
    """
    A member, or somebody who was asked to be one.
    """

    offered: Literal["owner", "editor", "performer", "viewer"] | None = Field(
        ..., description="what they were asked to be; only the owner sees it"
    )
    role: Literal["viewer", "performer", "editor"] | None = Field(
        ..., description="null until they accept"
    )
    since: AwareDatetime
    user: PersonOut


class PageBriefOut(Model):
    items: list[BriefOut]
    next_cursor: str | None = Field(..., description="of the page that follows; null on the last")


class PageCommentOut(Model):
    items: list[CommentOut]
    next_cursor: str | None = Field(..., description="of the page that follows; null on the last")


class PageInvitationOut(Model):
    items: list[InvitationOut]
    next_cursor: str | None = Field(..., description="of the page that follows; null on the last")


class PageJobOut(Model):
    items: list[JobOut]
    next_cursor: str | None = Field(..., description="of the page that follows; null on the last")


class PageMemberOut(Model):
    items: list[MemberOut]
    next_cursor: str | None = Field(..., description="of the page that follows; null on the last")


class PagePointOut(Model):
    items: list[PointOut]
    next_cursor: str | None = Field(..., description="of the page that follows; null on the last")


class SignInsOut(Model):
    """
    Every device one is signed in on, the latest used first.
    """

    items: list[SignedInOut]
