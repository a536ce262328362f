"""What a door is, and what OpenAPI is told of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Response
from flask_openapi.models.header import Header
from flask_openapi.models.operation import Operation
from flask_openapi.models.request_body import RequestBody
from pydantic import BaseModel, create_model

from app.api import problems
from app.schemas.shared import Given, IdempotencyKeyHeader, IfMatch, Taken

BODY_MAX = 1024 * 1024
JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"
# What else a route's function takes comes from its path.
OWN_NAMES = frozenset(("work", "query", "body", "condition", "upload", "return"))

_REPLAYED = Header.model_validate(
    {
        "description": "`true` where this was done before, under the same `Idempotency-Key`",
        "schema": {"type": "string", "const": "true"},
    }
)


@dataclass(frozen=True, slots=True)
class Door:
    """What a route takes and gives."""

    body: type[Taken] | None = None
    query: type[Taken] | None = None
    reply: type[Given] | None = None
    status: int = 200
    etag: bool = False  # the reply carries its revision; GET answers If-None-Match
    if_match: bool = False  # the function takes `condition`
    once: bool = False  # asked again under an idempotency key, it answers as before
    # What is answered then, by work, the answer of before and the body; None is that answer.
    again: Callable[..., Any] | None = None
    secret: bool = False  # its answer opens an account: it is never kept, and `again` makes another
    open: bool = False  # guests may
    scope: str = ""  # what an API key needs; by default as `scopes` says of the room
    optional_body: bool = False
    upload: tuple[str, ...] = ()  # the function takes bytes of one of these media types
    accepted: type[Given] | None = None  # the reply with 202, when a `PendingView` is returned
    file: str = ""  # the function returns a file of this media type
    header: type[BaseModel] | None = None  # read by the route itself; judged here
    finish: Callable[[Response, Any], None] | None = None
    example: Mapping[str, Any] = field(default_factory=dict)  # body, query, reply


def documented(spec: Door, function: Callable[..., Any]) -> dict[str, Any]:
    """Name the models of a route's parts the way flask-openapi looks for them."""
    found: dict[str, Any] = {}
    told = function.__annotations__.items()
    path = {name: (kind, ...) for name, kind in told if name not in OWN_NAMES}
    if path:
        found["path"] = create_model("Path", **path)  # type: ignore[call-overload]  # fields by name
    if spec.query is not None:
        found["query"] = spec.query
    if spec.body is not None:
        found["body"] = spec.body
    headers = [spec.header] if spec.header else []
    headers += [IfMatch] if spec.if_match else []
    headers += [IdempotencyKeyHeader] if spec.once else []
    return found | ({"header": create_model("Headers", __base__=tuple(headers))} if headers else {})


def responses(spec: Door, *, get: bool) -> dict[str, Any]:
    """Tell every answer a door may give."""
    told: dict[str, Any] = {str(spec.status if spec.reply else 204): spec.reply}
    if spec.file:
        told = {str(code): {"content": {spec.file: {}}} for code in (200, 206)}
    if spec.etag and get:
        told["304"] = {"description": "Not Modified"}
    if spec.accepted is not None:
        told["202"] = spec.accepted
    # An API key may lack the scope even where somebody without one needs none: 403.
    codes = [400, 401, 403, 404, 422, 429, 503]
    codes += [408, 413, 415] if spec.body is not None or spec.upload else []
    codes += [412, 428] if spec.if_match else []
    codes += [409] if not get or spec.file else []
    codes += [416] if spec.file else []
    reference = {"schema": {"$ref": "#/components/schemas/ProblemOut"}}
    return told | {
        str(code): {"content": {problems.MEDIA_TYPE: reference}} for code in sorted(set(codes))
    }


def upload_told(spec: Door) -> dict[str, Any]:
    """Tell which bytes a door takes."""
    raw = {"type": "string", "format": "binary", "maxLength": BODY_MAX}
    kinds = {one: {"schema": {"type": "object"} if one == JSON else raw} for one in spec.upload}
    return {"content": kinds, "required": True}


def exemplify(spec: Door, operation: Operation) -> None:
    """Put a door's examples into what OpenAPI says of its operation."""
    example = spec.example
    if spec.optional_body and isinstance(operation.requestBody, RequestBody):
        operation.requestBody.required = False
    if "body" in example and isinstance(operation.requestBody, RequestBody):
        for media in operation.requestBody.content.values():
            media.example = example["body"]
    if spec.once:
        for status in (spec.status, 202) if spec.accepted else (spec.status,):
            told = (operation.responses or {})[str(status)]
            told.headers = {"Idempotent-Replayed": _REPLAYED}
    if "reply" in example:
        told = (operation.responses or {})[str(spec.status)]
        (told.content or {})[JSON].example = example["reply"]
    for parameter in operation.parameters or ():
        parameter.example = example.get("query", {}).get(parameter.name)
