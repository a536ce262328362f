"""Telling where the next page of a list is (RFC 8288)."""

from typing import Any
from urllib.parse import urlencode

from flask import Response, request


def link_next(response: Response, page: Any) -> None:
    """Add the address of the next page, if there is one."""
    if page.next_cursor is None:
        return
    query = request.args.to_dict() | {"cursor": page.next_cursor}
    response.headers["Link"] = f'<{request.path}?{urlencode(query)}>; rel="next"'
