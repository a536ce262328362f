"""The JSON messages of `mundi.v1`, both ways: what is taken, what is sent."""

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

PATCH_KEYS_MAX = 64
PUSHES_MAX = 64
TICK_MAX = 2**53 - 1


class _Said(BaseModel):
    """What a client says; a field we do not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Join(_Said):
    """The first message: which universe, how, as whom. Names what was seen before, to go on."""

    type: Literal["join"]
    universe: UUID
    mode: Literal["room", "solo"] = Field(
        default="room", description="room: with everyone; solo: alone, on a clock of one's own"
    )
    token: str | None = Field(
        default=None, max_length=4096, description="an access token, a guest's, an API key, or none"
    )
    sound: Literal["pcm16", "none"] = "pcm16"
    epoch: int | None = Field(default=None, ge=0, description="of the log one had followed")
    since_rev: int | None = Field(
        default=None, ge=0, le=TICK_MAX, description="the last revision one had seen"
    )


class Edit(_Said):
    """Change the universe by merge patch (RFC 7396); `op_id` makes a repetition harmless."""

    type: Literal["edit"]
    op_id: UUID
    gesture: str | None = Field(default=None, max_length=64, description="one drag, one name")
    patch: dict[str, Any] = Field(max_length=PATCH_KEYS_MAX)


class Undo(_Said):
    """Take one's own last gesture back; what others have written since stays, and is told."""

    type: Literal["undo"]
    op_id: UUID


class Redo(_Said):
    """Do again what one has just undone."""

    type: Literal["redo"]
    op_id: UUID


class Shove(_Said):
    """What a push gives one body: a velocity, a place, or both; in the universe's units."""

    velocity: list[float] | None = Field(default=None, min_length=3, max_length=3)
    position: list[float] | None = Field(default=None, min_length=3, max_length=3)

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.velocity is None and self.position is None:
            raise ValueError("say velocity, position or both")
        return self


class Push(_Said):
    """Push bodies of the performance; the document stays as it is."""

    type: Literal["push"]
    op_id: UUID
    gesture: str | None = Field(default=None, max_length=64, description="one drag, one name")
    pushes: dict[str, Shove] = Field(min_length=1, max_length=PUSHES_MAX, description="by body")

    @property
    def said(self) -> dict[str, dict[str, Any]]:
        """What each body is given."""
        return {name: one.model_dump(exclude_none=True) for name, one in self.pushes.items()}


class Play(_Said):
    """Let the performance go on."""

    type: Literal["play"]


class Pause(_Said):
    """Let the performance stand."""

    type: Literal["pause"]


class Seek(_Said):
    """Go to a tick, at most a minute beyond what has been played."""

    type: Literal["seek"]
    tick: int = Field(ge=0, le=TICK_MAX, strict=True)


class Ping(_Said):
    """Ask for the server's clock; tells, if wanted, the delay the client needs on top."""

    type: Literal["ping"]
    sent: float = Field(description="the client's clock, ms; comes back as it is")
    delay_ms: float = Field(default=0, ge=0, le=2000, description="one way, with its jitter")


class Token(_Said):
    """Hand over a fresh access token before the last one runs out."""

    type: Literal["token"]
    token: str = Field(max_length=4096)


class Sound(_Said):
    """Choose how sound is sent from now on."""

    type: Literal["sound"]
    codec: Literal["pcm16", "none"]


Said = Join | Edit | Undo | Redo | Push | Play | Pause | Seek | Ping | Token | Sound
SAID: TypeAdapter[Said] = TypeAdapter(Annotated[Said, Field(discriminator="type")])


class _Told(BaseModel):
    """What the server tells."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Member(_Told):
    """Somebody in the room."""

    number: int
    name: str | None = Field(description="null for a guest")
    role: Literal["owner", "editor", "performer", "viewer"]


class Actor(_Told):
    """Who did something."""

    kind: Literal["user", "guest", "key", "system"]
    id: UUID | None
    display_name: str | None


class Problem(_Told):
    """One fault of a document or message, at its JSON path."""

    path: str
    message: str


class Transport(_Told):
    """Which tick is heard when: `tick` at `time_ms` of the server's clock, all others in step."""

    type: Literal["transport"] = "transport"
    playing: bool
    generation: int = Field(description="goes up when the next tick is not the one that follows")
    tick: int
    time_ms: float
    lead_ms: int = Field(description="how long before it is heard a slice leaves the server")


class Roster(_Told):
    """Which body each row of the frames is; frames name the roster they follow."""

    type: Literal["roster"] = "roster"
    number: int
    tick: int
    ids: list[str]
    radii: list[float]


class Welcome(_Told):
    """The answer to `join`: everything needed to show the room as it is."""

    type: Literal["welcome"] = "welcome"
    universe: UUID
    mode: Literal["room", "solo"]
    role: Literal["owner", "editor", "performer", "viewer"]
    member: int = Field(description="one's own number among the members")
    rev: int
    epoch: int
    recovered: bool = Field(description="whether every event since `since_rev` follows")
    document: dict[str, Any]
    journal: UUID | None
    roster: Roster | None
    transport: Transport | None
    lead_ms: int
    members: list[Member]


class Event(_Told):
    """Something committed to the universe's log; `rev` is null for a solo listener's own edit."""

    type: Literal["event"] = "event"
    rev: int | None
    kind: str
    actor: Actor
    op_id: UUID | None
    gesture: str | None
    patch: dict[str, Any] | None
    data: dict[str, Any] | None = Field(description="of a comment: which, and what was done to it")


class Left(_Told):
    """A member of the document that an undo left, because somebody has written there since."""

    path: str
    rev: int
    by: str | None


class Undone(_Told):
    """What one's own undo or redo did; the event with its patch is told to everybody."""

    type: Literal["undone"] = "undone"
    op_id: UUID
    act: Literal["undo", "redo"]
    rev: int
    left: list[Left]


class Applied(_Told):
    """From which tick on the performance obeys an edit."""

    type: Literal["applied"] = "applied"
    rev: int | None
    tick: int


class Journal(_Told):
    """The performance went on in another journal, because an edit was made behind the end."""

    type: Literal["journal"] = "journal"
    journal: UUID


class Presence(_Told):
    """Who is in the room now."""

    type: Literal["presence"] = "presence"
    members: list[Member]


class Role(_Told):
    """One's own rights have changed."""

    type: Literal["role"] = "role"
    role: Literal["owner", "editor", "performer", "viewer"]


class Pong(_Told):
    """The server's clock, and the tick that is heard at that moment."""

    type: Literal["pong"] = "pong"
    sent: float
    now: float = Field(description="the server's clock, ms")
    tick: int


class Error(_Told):
    """What could not be done, and what would do."""

    type: Literal["error"] = "error"
    code: str
    message: str
    op_id: UUID | None = None
    problems: list[Problem] | None = None
    retry_after_s: float | None = None


TOLD = (
    Welcome, Event, Undone, Applied, Transport, Roster, Presence, Journal, Role, Pong, Error,
)  # fmt: skip
