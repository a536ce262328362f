"""Requests that may be sent again: `Idempotency-Key`, for every door that says `once`."""

from collections.abc import Callable
from typing import Any

from flask import Response, request

from app.api.facts import Door
from app.services.once import Answer, once
from app.services.work import Work
from app.utils import strict_json

KEY = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
# What else an answer carries is put on it when it leaves, each time anew.
KEPT = ("Content-Type", "ETag", "Location")


def answered(
    work: Work,
    spec: Door,
    make: Callable[[], Any],
    respond: Callable[[Any], Response],
    body: Any,
) -> Response:
    """Answer by `make`, or as before if the request came before under the same key."""
    key = request.headers.get(KEY)
    if key is None:
        return respond(make())
    fresh: list[Response] = []

    def act() -> Answer:
        fresh.append(respond(make()))
        return _answer(fresh[0], secret=spec.secret)

    operation = request.endpoint or ""
    answer = once(work, operation, key, _said(spec), act, visitor=spec.open)
    if fresh:
        return fresh[0]
    anew = spec.again(work, answer, body) if spec.again else None
    response = _response(answer) if anew is None else respond(anew)
    response.headers[REPLAYED] = "true"
    return response


def _said(spec: Door) -> bytes:
    """Write down what is asked; how its JSON is laid out makes no difference."""
    where = request.full_path.encode(errors="backslashreplace") + b"\n"
    content = request.get_data()
    if spec.body is None or not content:
        return where + content
    try:
        decoded = strict_json.decode(content, bytes_max=len(content))
        return where + strict_json.canonical(decoded).encode()
    except strict_json.Malformed:
        # Numbers too large to be written one way only: then the bytes themselves are what counts.
        return where + content


def _answer(response: Response, *, secret: bool) -> Answer:
    kept = {name: response.headers[name] for name in KEPT if name in response.headers}
    return Answer(response.status_code, kept, b"" if secret else response.get_data())


def _response(answer: Answer) -> Response:
    response = Response(answer.body, answer.status)
    response.headers.update(answer.headers)
    return response
