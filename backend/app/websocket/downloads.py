"""Finished files, streamed in ranges; a stalled reader holds a socket and nothing else."""

import asyncio
import os
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from app.errors import MundiError, NotFound, Unauthenticated
from app.services import export
from app.services.export import FileView
from app.services.work import Work, Works
from app.websocket import problems

CHUNK_BYTES = 64 * 1024
_RANGE = re.compile(r"bytes=([0-9]{0,19})-([0-9]{0,19})\Z")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a file: from `start` up to, not including, `end`."""

    start: int
    end: int


class Unsatisfiable(ValueError):
    """The range asked for lies outside the file."""


def span_of(header: str | None, size: int) -> Span | None:
    """Read a Range header; None where the whole file is to be sent.

    Several ranges at once and malformed headers are ignored, as RFC 9110 §14.2 allows: a thousand
    overlapping ranges are a known way to make a server work. Raises Unsatisfiable.
    """
    found = _RANGE.match(header or "")
    if found is None or found[0] == "bytes=-":
        return None
    first, last = found[1], found[2]
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < start:
            return None
    if start >= size or start >= end:
        raise Unsatisfiable
    return Span(start, end)


class Downloads:
    """Serves the files of one kind of export under `{job_id}`."""

    def __init__(self, works: Works, kind: str) -> None:
        self._works = works
        self._kind = kind

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope)
        try:
            answer = await self._answer(request)
        except MundiError as error:
            answer = problems.of(error)
        await answer(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.method not in ("GET", "HEAD"):
            refused = problems.problem(405, "method_not_allowed", "a file is read with GET")
            refused.headers["allow"] = "GET, HEAD"
            return refused
        found = await asyncio.to_thread(self._find, request)
        tag = f'"{found.sha256}"'
        headers = problems.COMMON | {
            "etag": tag,
            "accept-ranges": "bytes",
            "cache-control": "private, no-cache",
            "content-disposition": f'attachment; filename="{found.filename}"',
            "content-type": found.media_type,
        }
        if tag in [one.strip() for one in request.headers.get("if-none-match", "").split(",")]:
            return Response(status_code=304, headers=headers)
        return _send(request, found, tag, headers)

    def _find(self, request: Request) -> FileView:
        """Find the file for whoever asks. Raises NotFound, Unauthenticated, Conflict."""
        try:
            job_id = UUID(request.path_params["job_id"])
        except ValueError:
            raise NotFound("there is no such export") from None
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise Unauthenticated("this needs an account: sign in or register")
        claims = self._works.tools.tokens.credentials(token.strip())

        def act(work: Work) -> FileView:
            work.caller.require_scope("exports")
            work.tools.throttle.spend("requests", work.address)
            return export.file(work, job_id, kind=self._kind)

        address = request.client.host if request.client else ""
        return self._works.run(act, claims, address=address, write=False)


def _send(request: Request, found: FileView, tag: str, headers: dict[str, str]) -> Response:
    asked = request.headers.get("range")
    if request.headers.get("if-range", tag) != tag:
        asked = None  # the file has changed since the first part was fetched
    try:
        span = span_of(asked, found.size)
    except Unsatisfiable:
        refused = problems.problem(416, "range_not_satisfiable", f"the file has {found.size} bytes")
        refused.headers["content-range"] = f"bytes */{found.size}"
        return refused
    status = 200 if span is None else 206
    if span is not None:
        headers["content-range"] = f"bytes {span.start}-{span.end - 1}/{found.size}"
    span = span or Span(0, found.size)
    headers["content-length"] = str(span.end - span.start)
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers)
    return StreamingResponse(_chunks(found.path, span), status, headers)


async def _chunks(path: Path, span: Span) -> AsyncIterator[bytes]:
    """Read a stretch of a file, each piece in a thread that is free again at once."""
    stream: BinaryIO = await asyncio.to_thread(path.open, "rb")
    with stream:
        at = span.start
        while at < span.end:
            size = min(CHUNK_BYTES, span.end - at)
            part = await asyncio.to_thread(os.pread, stream.fileno(), size, at)
            if not part:
                return
            at += len(part)
            yield part
