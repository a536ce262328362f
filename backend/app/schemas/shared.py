"""What every message of the API has in common: strictness, errors, pages."""

from datetime import datetime
from typing import Annotated, Any, ClassVar, Generic, Literal, Self, TypeVar
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

Item = TypeVar("Item")


class Taken(BaseModel):
    """What comes in: exact types, and nothing we do not know."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Given(BaseModel):
    """What goes out, made from a service's frozen value."""

    model_config = ConfigDict(from_attributes=True, frozen=True)

    @classmethod
    def encoded(cls, view: Any) -> str:
        """Write a service's value as JSON."""
        return cls.model_validate(view).model_dump_json()


class Patch(Taken):
    """A JSON merge patch (RFC 7396) of a thing whose members stay unless they are named.

    Null erases, which only the members in `erasable` can bear.
    """

    erasable: ClassVar[frozenset[str]] = frozenset()

    @model_validator(mode="after")
    def _refuse_nulls(self) -> Self:
        given = self.model_fields_set - self.erasable
        nulls = sorted(name for name in given if getattr(self, name) is None)
        if nulls:
            raise ValueError(f"{nulls[0]} cannot be null; leave it out to keep it")
        return self

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Tell no null where none is taken: the type of a member left out is nobody's business."""
        told = handler.resolve_ref_schema(handler(core))
        for name in told.get("properties", {}).keys() - cls.erasable:
            member = told["properties"][name]
            kinds = [one for one in member.get("anyOf", ()) if one != {"type": "null"}]
            if len(kinds) == 1:
                del member["anyOf"]
                member.update(kinds[0])
            member.pop("default", None)
        return told


def _plain(value: Any) -> Any:
    # int() takes full-width digits, underscores and blanks; a query takes none of them.
    if isinstance(value, str):
        if not (value.isascii() and value.isdigit() and len(value) <= 19):
            raise ValueError("write it with the digits 0 to 9")
        return int(value)
    return value


def _identifier(value: Any) -> Any:
    return UUID(value) if isinstance(value, str) and len(value) == 36 else value


def _instant(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    found = datetime.fromisoformat(value) if len(value) <= 40 else None
    if found is None or found.tzinfo is None:
        raise ValueError("write a moment with its zone, as 2027-01-31T12:00:00Z")
    if not 2000 <= found.year < 2200:  # near the ends of the calendar, another zone has no date
        raise ValueError("name a moment between 2000 and 2200")
    return found


def _visible(text: str) -> str:
    # Marks that turn the direction of writing round make one name look like another.
    if not all(sign.isprintable() or sign in "\n\u200d" for sign in text) or text != text.strip():
        raise ValueError("write it with visible characters, without blanks around it")
    return text


def _line(text: str) -> str:
    if "\n" in text:
        raise ValueError("write it in one line")
    return text


Visible = Annotated[str, AfterValidator(_visible)]
Line = Annotated[str, AfterValidator(_visible), AfterValidator(_line)]
Instant = Annotated[datetime, BeforeValidator(_instant)]
PlainInt = Annotated[int, BeforeValidator(_plain)]
Identifier = Annotated[UUID, BeforeValidator(_identifier)]


class PageQuery(Taken):
    """Which stretch of a list."""

    limit: PlainInt = Field(default=50, ge=1, le=100, description="how many at most")
    cursor: str | None = Field(
        default=None, max_length=512, description="`next_cursor` of the page before"
    )


class Page(Given, Generic[Item]):
    """A stretch of a list, the newest first."""

    items: tuple[Item, ...]
    next_cursor: str | None = Field(description="of the page that follows; null on the last")


class Fault(Given):
    """One fault of what was sent."""

    path: str = Field(description="where, as a JSON path")
    message: str


class ProblemOut(Given):
    """Why a request was refused (RFC 9457)."""

    media_type: ClassVar[str] = "application/problem+json"

    type: str = Field(description="an address that names the kind of problem")
    title: str
    status: int
    code: str = Field(description="stable, for programs")
    detail: str = Field(description="for people")
    request_id: str
    problems: tuple[Fault, ...] | None = Field(default=None, description="each fault")
    rev: int | None = Field(default=None, description="of 412: the newest revision")


class IfMatch(BaseModel):
    """The revision a change was made for."""

    if_match: str | None = Field(
        default=None,
        alias="If-Match",
        description="the ETag that was read, or several, or * for whatever is there; 428 without it",
    )


class IdempotencyKeyHeader(BaseModel):
    """A key under which a request may be sent again without being done again."""

    idempotency_key: str | None = Field(
        default=None,
        alias="Idempotency-Key",
        description="one's own name for this request, best a UUID: sent again within two days, it is "
        "not done again but answered as before, with `Idempotent-Replayed: true`; 422 when it "
        "comes with another request",
        json_schema_extra={"pattern": "^[!-~]{1,255}$"},
    )


class ClientHeader(BaseModel):
    """What kind of client signs in."""

    client: Literal["studio"] | None = Field(
        default=None,
        alias="X-Mundi-Client",
        description="`studio`: keep the refresh token in a cookie no script can read",
    )


def splice(head: str, name: str, text: str) -> str:
    """Put a member that is JSON text already at the end of an object that is, too."""
    return f'{head[:-1]},"{name}":{text}}}'
