"""The studio's files: always asked for again, cheaply, and allowed to load nothing foreign."""

import mimetypes
import os

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app.websocket.problems import problem

CONTENT_SECURITY = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "cache-control": "no-cache",
    "content-security-policy": CONTENT_SECURITY,
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
# What a machine calls these differs; modules are refused under a wrong name.
_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".json": "application/json",
}


class Studio(StaticFiles):
    """A folder of plain files with `index.html` at its root."""

    def __init__(self, folder: os.PathLike[str]) -> None:
        for suffix, name in _TYPES.items():
            mimetypes.add_type(name, suffix)
        super().__init__(directory=folder, html=True, check_dir=False)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file, that it has not changed, or a problem."""
        try:
            response = await super().get_response(path, scope)
        except HTTPException as refused:
            code = "not_found" if refused.status_code == 404 else "method_not_allowed"
            response = problem(refused.status_code, code, "there is no such page")
        response.headers.update(HEADERS)
        return response
