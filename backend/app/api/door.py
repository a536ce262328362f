"""The one way in: a route is its decorators and one call.

    @room.patch("/<uuid:universe_id>")
    @door(body=UniversePatch, reply=UniverseOut, etag=True)
    def edit(work: Work, universe_id: UUID, body: UniversePatch) -> UniverseView:

`door` reads the request strictly, begins a unit of work for its caller, and writes what the
function returns. A `Room` puts the same facts into OpenAPI, with the door's example: what to send
(`body`, `query`) and what may come back (`reply`). The tests send every one of them.
"""

import functools
import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Response, current_app, request
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.request_body import RequestBody
from flask_openapi.utils import parse_rule
from pydantic import BaseModel, ValidationError

from app.api import conditions, problems, repeats, roles, scopes
from app.api.facts import (
    BODY_MAX,
    JSON,
    MERGE_PATCH,
    Door,
    documented,
    exemplify,
    responses,
    upload_told,
)
from app.errors import InputError, SyntaxFault, TooLarge, Unauthenticated
from app.services.account_views import PendingView
from app.services.tokens import Claims, GuestClaim, KeyClaim
from app.services.work import Work, Works
from app.utils import strict_json

Shape = TypeVar("Shape", bound=BaseModel)
Function = TypeVar("Function", bound=Callable[..., Any])


__all__ = ["BODY_MAX", "Room", "address", "claims", "door"]


class WrongMediaType(InputError):
    """A body that does not say it is JSON."""

    code = "unsupported_media_type"


def door(**facts: Any) -> Callable[[Function], Function]:
    """Open a function to requests; `facts` are the fields of `Door`."""
    spec = Door(**facts)

    def opened(function: Function) -> Function:
        @functools.wraps(function)
        def view(**path: Any) -> Response:
            return _answer(spec, function, path)

        view.__annotations__ = documented(spec, function)
        view.__dict__["door"] = spec
        # flask-openapi then only documents: we read requests ourselves, more strictly.
        view.__dict__["__delay_validate_request__"] = True
        return view  # type: ignore[return-value]  # the same name and doc, called by Flask

    return opened


class Room(APIBlueprint):
    """A blueprint that knows from each door what OpenAPI has to say."""

    def _collect_openapi_info(self, rule: str, func: Any, **options: Any) -> Any:
        spec: Door = func.door
        options["responses"] = responses(spec, get=str(options["method"]) == "GET")
        scope = spec.scope or scopes.needed(self.name, str(options["method"]))
        options["security"] = [{}] if spec.open else []
        options["security"] += [{"bearer": []}]
        # OpenAPI 3.1 lets any scheme name the roles it needs.
        options["security"] += (
            [{"key": [scope] if scope else []}] if scope != scopes.ACCOUNT else []
        )
        name = f"{self.name}_{func.__name__}"
        whole_rule = f"{self.url_prefix}{rule}"
        role = roles.needed(name, str(options["method"]), whole_rule, open_=spec.open)
        options["operation_id"] = name
        options["openapi_extensions"] = {"x-role": role}
        if spec.body is not None and str(options["method"]) == "PATCH":
            reference = {"schema": {"$ref": f"#/components/schemas/{spec.body.__name__}"}}
            options["request_body"] = RequestBody.model_validate(
                {"content": {MERGE_PATCH: reference, JSON: reference}, "required": True}
            )
        if spec.upload:
            options["request_body"] = RequestBody.model_validate(upload_told(spec))
        collected = super()._collect_openapi_info(rule, func, **options)
        item = self.paths[parse_rule(rule, url_prefix=self.url_prefix)]
        exemplify(spec, getattr(item, str(options["method"]).lower()))
        return collected


def claims() -> Claims | KeyClaim | GuestClaim | None:
    """Return who the request says it comes from; None for a guest."""
    headers = request.headers.getlist("Authorization")
    if not headers:
        return None
    scheme, _, token = headers[0].partition(" ")
    if len(headers) > 1 or scheme.lower() != "bearer":
        raise Unauthenticated("send one `Authorization: Bearer` header", code="invalid_token")
    works: Works = current_app.extensions["works"]
    return works.tools.tokens.credentials(token.strip())


def address() -> str:
    """Return the address a request comes from."""
    return request.remote_addr or ""


def _answer(spec: Door, function: Callable[..., Any], path: dict[str, Any]) -> Response:
    who = claims()
    works: Works = current_app.extensions["works"]
    if not spec.open and (who is None or isinstance(who, GuestClaim)):
        # Before anything is read: 401 for nobody, 403 for a guest, who is known and lacks the right.
        works.run(lambda work: work.caller.required_id, who, write=False)
    facts = path | _facts(spec)

    def act(work: Work) -> Any:
        scope = _scope(spec)
        if isinstance(who, KeyClaim) and scope:
            work.caller.require_scope(scope)
        if not spec.once:
            return function(work, **facts)
        return repeats.answered(
            work,
            spec,
            lambda: function(work, **facts),
            lambda view: _respond(spec, view),
            facts.get("body"),
        )

    view = works.run(
        act,
        who,
        address=address(),
        write=request.method not in ("GET", "HEAD"),
    )
    return _respond(spec, view)


def _scope(spec: Door) -> str:
    return spec.scope or scopes.needed(request.blueprint or "", request.method)


def _facts(spec: Door) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if spec.query is not None:
        facts["query"] = _shaped(spec.query, _query(), "query")
    if spec.body is not None:
        facts["body"] = _shaped(spec.body, _body(optional=spec.optional_body), "$")
    if spec.upload:
        facts["upload"] = _upload(spec)
    if spec.if_match:
        facts["condition"] = conditions.said()
    if spec.header is not None:
        _shaped(spec.header, {**request.headers}, "headers")
    return facts


def _query() -> dict[str, str]:
    values = request.args.to_dict(flat=False)
    for name, given in values.items():
        if len(given) > 1:
            raise InputError(f"the query says {name} {len(given)} times; say it once")
    return {name: given[0] for name, given in values.items()}


def _body(*, optional: bool) -> Any:
    if optional and not request.content_length and not request.headers.get("Transfer-Encoding"):
        return {}
    if request.mimetype not in (JSON, MERGE_PATCH):
        raise WrongMediaType(f"send the body as {JSON}")
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise WrongMediaType("send the body without compression")
    try:
        return strict_json.decode(request.get_data(), bytes_max=BODY_MAX)
    except strict_json.TooLong as fault:
        raise TooLarge(str(fault)) from None
    except strict_json.Malformed as fault:
        raise SyntaxFault(str(fault)) from None


def _upload(spec: Door) -> bytes:
    if request.mimetype not in spec.upload:
        raise WrongMediaType(f"send the body as {' or '.join(spec.upload)}")
    content = request.get_data()
    if len(content) > BODY_MAX:
        raise TooLarge(f"the body may have {BODY_MAX} bytes")
    return content


def _shaped(model: type[Shape], value: Any, root: str) -> Shape:
    try:
        return model.model_validate(value)
    except ValidationError as fault:
        raise problems.of_shape(fault, root) from None


def _respond(spec: Door, view: Any) -> Response:
    if isinstance(view, Response):
        return view
    if spec.accepted is not None and isinstance(view, PendingView):
        # Nothing of what follows belongs to a promise: no cookie, no revision.
        return Response(spec.accepted.encoded(view), 202, content_type=JSON)
    if spec.reply is None:
        response = Response(status=204)
    else:
        response = Response(spec.reply.encoded(view), spec.status, content_type=JSON)
    if spec.etag:
        response.set_etag(_tag(view.document_rev, response.get_data()))
        if request.method in ("GET", "HEAD"):
            # Somebody who reads has nothing to overwrite: If-Match is for changes.
            asked = {k: v for k, v in request.environ.items() if k != "HTTP_IF_MATCH"}
            response.make_conditional(asked)
    if spec.finish is not None:
        spec.finish(response, view)
    return response


def _tag(rev: int, told: bytes) -> str:
    """Name what is told: the document's revision, and the very words, in which roles differ."""
    return f"{rev}-{hashlib.blake2b(told, digest_size=6).hexdigest()}"
