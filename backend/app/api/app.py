"""The WSGI application: rooms, errors, guards and documentation put together."""

from collections.abc import Sequence
from typing import Any

from flask import Response, jsonify
from flask_cors import CORS
from flask_openapi.openapi import OpenAPI
from werkzeug.middleware.proxy_fix import ProxyFix

from app.api import guards, problems
from app.api.door import BODY_MAX
from app.api.v1 import (
    account,
    audio,
    auth,
    catalogue,
    comments,
    keys,
    parts,
    past,
    reference,
    sharing,
    story,
    universes,
    users,
    visualizations,
)
from app.schemas.shared import ProblemOut
from app.services.work import Works

PREFIX = "/api/v1"
PARTS = (
    auth,
    account,
    keys,
    users,
    universes,
    parts,
    story,
    past,
    audio,
    visualizations,
    reference,
    catalogue,
    sharing,
    comments,
)
INFO = {
    "title": "Mundi",
    "version": "1",
    "description": "Compose with physics. Errors are problem+json with a stable `code`. Whatever makes "
    "something takes an `Idempotency-Key`: sent again under it, it is answered as before and not done "
    "twice.",
}

EXPOSED = ("ETag", "Idempotent-Replayed", "Link", "Location", "Retry-After", "X-Request-ID")
BEARER = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
KEY = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "mundi_…",
    "description": "An API key, made for the scopes an operation names.",
}


def build(
    works: Works,
    *,
    hosts: Sequence[str] = ("localhost", "127.0.0.1"),
    origins: Sequence[str] = (),
    proxies: int = 0,
    secure: bool = False,
) -> OpenAPI:
    """Build the application on the works of a database."""
    app = OpenAPI(
        "app.api",
        info=INFO,
        security_schemes={"bearer": BEARER, "key": KEY},
        openapi_extensions={"openapi": "3.1.0"},
        validation_error_model=ProblemOut,
        doc_prefix=f"{PREFIX}/docs",
        static_folder=None,
    )
    app.extensions["works"] = works
    # One more than is taken: Werkzeug cuts an endless body off here, and the door then sees it.
    app.config["MAX_CONTENT_LENGTH"] = BODY_MAX + 1
    app.config["SECURE_COOKIES"] = secure
    app.config["OPENAPI_HTML_STRING"] = '<meta http-equiv="refresh" content="0;url=swagger">'
    app.url_map.merge_slashes = False
    for part in PARTS:
        app.register_api(part.room)
    app.add_url_rule(f"{PREFIX}/openapi.json", "openapi", lambda: _spec(app))
    problems.install(app)
    guards.install(app, works, hosts=hosts, origins=origins, secure=secure)
    if origins:
        CORS(
            app,
            origins=list(origins),
            supports_credentials=True,
            expose_headers=[*EXPOSED],
            max_age=600,
        )
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]  # Flask's own way to wrap
    return app


def _spec(app: OpenAPI) -> Response:
    spec: dict[str, Any] = app.api_doc
    return jsonify(spec)
