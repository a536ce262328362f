"""Errors of the routes that Flask does not serve, as problem+json like all others."""

import json
import math
from http import HTTPStatus

from starlette.responses import Response

from app import errors
from app.utils.ids import new_id

MEDIA_TYPE = "application/problem+json"
_STATUSES: tuple[tuple[type[errors.MundiError], int], ...] = (
    (errors.TooLarge, 413),
    (errors.InputError, 422),
    (errors.Unauthenticated, 401),
    (errors.Forbidden, 403),
    (errors.NotFound, 404),
    (errors.Conflict, 409),
    (errors.LimitReached, 429),
    (errors.Unavailable, 503),
)
# The headers every answer of ours carries.
COMMON = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
}


def problem(status: int, code: str, detail: str, *, retry_after_s: float | None = None) -> Response:
    """Build the answer to a request that is refused."""
    text = {
        "type": f"urn:mundi:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        "request_id": (request_id := str(new_id())),
    }
    headers = COMMON | {"cache-control": "no-store", "x-request-id": request_id}
    if retry_after_s is not None:
        headers["retry-after"] = str(math.ceil(retry_after_s))
    if status == 401:
        headers["www-authenticate"] = 'Bearer realm="mundi"'
    return Response(json.dumps(text), status, headers, MEDIA_TYPE)


def of(error: errors.MundiError) -> Response:
    """Translate an error of our own tree."""
    status = next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)
    wait_s = getattr(error, "retry_after_s", None)
    return problem(status, error.code, error.message, retry_after_s=wait_s)
