"""Every error leaves as problem+json, with the status its kind has."""

import math
from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, g
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from app import errors
from app.schemas.shared import ProblemOut

log = structlog.get_logger("api")
MEDIA_TYPE = ProblemOut.media_type
# The first that fits counts, so the special stand before the general.
STATUSES: tuple[tuple[type[errors.MundiError], int], ...] = (
    (errors.SyntaxFault, 400),
    (errors.TooLarge, 413),
    (errors.InputError, 422),
    (errors.Unauthenticated, 401),
    (errors.Forbidden, 403),
    (errors.NotFound, 404),
    (errors.Stale, 412),
    (errors.RevisionMissing, 428),
    (errors.Conflict, 409),
    (errors.LimitReached, 429),
    (errors.Unavailable, 503),
)
# Where the code says more than the kind.
SPECIAL = {"storage_full": 507, "unsupported_media_type": 415}
CODES = {400: "malformed", 404: "not_found", 413: "too_large", 415: "unsupported_media_type"}


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    problems: Any = None,
    rev: int | None = None,
    retry_after_s: float | None = None,
) -> Response:
    """Build the answer to a request that was refused."""
    out = ProblemOut(
        type=f"urn:mundi:problem:{code}",
        title=HTTPStatus(status).phrase,
        status=status,
        code=code,
        detail=detail,
        request_id=g.get("request_id", ""),
        problems=problems,
        rev=rev,
    )
    text = out.model_dump_json(exclude_none=True)
    response = Response(text, status, content_type=MEDIA_TYPE)
    if retry_after_s is not None:
        response.headers["Retry-After"] = str(math.ceil(retry_after_s))
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="mundi"'
    return response


def of_ours(error: errors.MundiError) -> Response:
    """Translate an error of our own tree."""
    general = next((status for kind, status in STATUSES if isinstance(error, kind)), 500)
    status = SPECIAL.get(error.code, general)
    faults = getattr(error, "problems", ()) or None
    return problem(
        status,
        error.code,
        error.message,
        problems=faults and [{"path": one.path, "message": one.message} for one in faults],
        rev=getattr(error, "rev", None),
        retry_after_s=getattr(error, "retry_after_s", None),
    )


def of_shape(error: ValidationError, root: str) -> errors.InputError:
    """Turn what Pydantic found into an error of ours; it never quotes what was sent."""
    faults = [
        errors.Problem(path=_path(root, fault["loc"]), message=fault["msg"])
        for fault in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    return errors.InputError("the request is not as it should be", problems=faults)


def of_http(error: HTTPException) -> Response:
    """Translate what Flask itself refuses: no such route, a wrong method, too large a body."""
    status = error.code or 500
    code = CODES.get(status) or HTTPStatus(status).phrase.lower().replace(" ", "_")
    response = problem(status, code, error.description or HTTPStatus(status).phrase)
    # An unknown method is told which are known.
    kept = [(name, value) for name, value in error.get_headers() if name in ("Allow", "Location")]
    response.headers.extend(kept)
    return response


def of_accident(error: Exception) -> Response:
    """Answer a mistake of ours without telling anything about it; the log has it all."""
    log.exception("request failed", exc_info=error)
    return problem(500, "internal", "something went wrong here; the request_id finds it")


def install(app: Flask) -> None:
    """Have every error of an application translated."""
    app.register_error_handler(errors.MundiError, of_ours)
    app.register_error_handler(HTTPException, of_http)
    app.register_error_handler(Exception, of_accident)


def _path(root: str, steps: tuple[int | str, ...]) -> str:
    return root + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
