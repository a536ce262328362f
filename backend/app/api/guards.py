"""What stands before every route and after every answer."""

import functools
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, g, request

from app.api.door import BODY_MAX, address
from app.errors import Forbidden, InputError, TooLarge
from app.services.work import Works
from app.utils import clock
from app.utils.ids import new_id

log = structlog.get_logger("api")
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
SCHEMES = ("http", "https")
SHUT = "default-src 'none'; frame-ancestors 'none'"
# The documentation draws itself with inline script; all of it is served from here.
DOCS = (
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "script-src 'self' 'unsafe-inline'; frame-ancestors 'none'"
)


def install(
    app: Flask, works: Works, *, hosts: Sequence[str], origins: Sequence[str], secure: bool
) -> None:
    """Guard every route of an application."""
    known = frozenset(host.lower() for host in hosts)
    allowed = frozenset(origins)

    @app.before_request
    def _enter() -> None:
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if _REQUEST_ID.fullmatch(given) else str(new_id())
        g.began_s = clock.monotonic_s()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)
        _require_host(known)
        _require_origin(allowed, secure=secure)
        if (request.content_length or 0) > BODY_MAX:
            # Before anything reads it: a body of 100 MB never reaches memory.
            raise TooLarge(f"the body has {request.content_length} bytes; {BODY_MAX} are taken")
        if not _local(address()):
            works.tools.throttle.spend("requests", address())
        elif "X-Forwarded-For" in request.headers:
            _tell_of_proxy()

    @app.after_request
    def _leave(response: Response) -> Response:
        _decorate(response, secure=secure)
        took_ms = 1000 * (clock.monotonic_s() - g.get("began_s", clock.monotonic_s()))
        log.info(
            "request",
            method=request.method,
            path=request.path,
            status=response.status_code,
            ms=round(took_ms, 1),
        )
        structlog.contextvars.clear_contextvars()
        return response


def _local(address: str) -> bool:
    # This machine itself, or a proxy on it that nobody told us of: everybody would share a count.
    return address.startswith("127.") or address in ("::1", "")


@functools.cache
def _tell_of_proxy() -> None:
    # Once: behind a proxy that we do not know of, nobody's requests are counted.
    log.warning("requests come through a proxy on this machine; say so with MUNDI_PROXIES=1")


def _require_host(known: frozenset[str]) -> None:
    name = urlsplit(f"//{request.host}").hostname or ""
    if name not in known and f"[{name}]" not in known:
        raise InputError("this server does not answer to that host name", code="unknown_host")


def _require_origin(allowed: frozenset[str], *, secure: bool) -> None:
    """Refuse a page of somebody else's that would act with our cookie."""
    origin = request.headers.get("Origin")
    if origin is None or request.method in ("GET", "HEAD", "OPTIONS") or origin in allowed:
        return
    told = urlsplit(origin)
    if told.netloc != request.host or told.scheme not in (("https",) if secure else SCHEMES):
        raise Forbidden("pages of that origin may not call this server", code="wrong_origin")


def _decorate(response: Response, *, secure: bool) -> None:
    headers = response.headers
    headers["X-Request-ID"] = g.get("request_id", "")
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    docs = request.path.startswith("/api/v1/docs")
    headers["Content-Security-Policy"] = DOCS if docs else SHUT
    if "/auth" in request.path:
        headers["Cache-Control"] = "no-store"
    else:
        headers.setdefault("Cache-Control", "private, no-cache")
    response.vary.update(("Authorization", "Origin"))
    if secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
