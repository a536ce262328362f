"""The line to a server: who one is, what a refusal is, and what an answer holds."""

import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote
from uuid import uuid4

import httpx
from pydantic import BaseModel
from pydantic_core import to_json

from mundi_client.model import Model
from mundi_client.refused import Refused, Unreachable

# What was refused so was not done: sending it again cannot do it twice.
BUSY = frozenset((429, 503))
SAFE = frozenset(("GET", "HEAD"))
KEY = "Idempotency-Key"
TRIES_MAX = 4
FIRST_WAIT_S = 0.2


class Line:
    """A person, a key or a guest at one server; a worn-out access token is exchanged once.

    A server that says when to come back is asked again then, if that is within `patience_s`;
    a broken line is tried again where that can do nothing twice.
    """

    def __init__(
        self,
        address: str = "http://127.0.0.1:8000",
        *,
        key: str = "",
        timeout_s: float = 30.0,
        patience_s: float = 10.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.address = address.rstrip("/")
        self._http = httpx.Client(
            base_url=f"{self.address}/api/v1/", timeout=timeout_s, transport=transport
        )
        self._patience_s = patience_s
        self._access, self._refresh = key, ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connection; the tokens stay good until `logout`."""
        self._http.close()

    @staticmethod
    def part(value: object) -> str:
        """Write a value as one part of a path."""
        return quote(str(value), safe="")

    def call(
        self,
        method: str,
        path: str,
        replies: Mapping[int, Any],
        *,
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, str | None] | None = None,
        body: BaseModel | Mapping[str, Any] | None = None,
        content: bytes | None = None,
        media_type: str = "application/json",
    ) -> Any:
        """Send one request and read what its answer holds. Raises Refused and Unreachable."""
        given = {name: value for name, value in (headers or {}).items() if value is not None}
        if KEY in (headers or {}):
            # With a key, what makes something may be sent again after a broken line.
            given.setdefault(KEY, str(uuid4()))
        if body is not None:
            content = _encoded(body)
        if content is not None:
            given["Content-Type"] = media_type
        asked = {name: _plain(value) for name, value in (query or {}).items() if value is not None}
        answer = self._send(method, path, params=asked, headers=given, content=content)
        return _read(answer, replies.get(answer.status_code))

    def fetch(self, path: str, target: Path) -> None:
        """Write what stands at a path into a file, piece by piece. Raises Refused."""
        try:
            self._fetch(path, target)
        except Refused as refused:
            if refused.status != 401 or not self._refresh:
                raise
            self._renew()
            self._fetch(path, target)
        except httpx.TransportError as broken:
            raise self._silence(broken) from broken

    def _fetch(self, path: str, target: Path) -> None:
        with self._http.stream("GET", path, headers=self._proof()) as answer:
            if answer.is_error:
                answer.read()
                raise Refused.of(answer)
            with target.open("wb") as file:
                file.writelines(answer.iter_bytes())

    def _send(self, method: str, path: str, **options: Any) -> httpx.Response:
        try:
            return self._patiently(method, path, **options)
        except Refused as refused:
            if refused.status != 401 or not self._refresh:
                raise
        self._renew()
        return self._patiently(method, path, **options)

    def _patiently(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Send a request, and again while the server is only busy, or the line only broken."""
        again = method in SAFE or KEY in options["headers"]
        for number in range(TRIES_MAX):
            wait_s, last = FIRST_WAIT_S * 2**number, number == TRIES_MAX - 1
            try:
                return self._request(method, path, **options)
            except Refused as refused:
                wait_s = refused.retry_after_s if refused.retry_after_s is not None else wait_s
                if last or refused.status not in BUSY or wait_s > self._patience_s:
                    raise
            except Unreachable:
                if last or not again:
                    raise
            time.sleep(wait_s)
        raise AssertionError("the last try either answers or raises")

    def _renew(self) -> None:
        """Exchange the refresh token for new ones."""
        self._access = ""  # a worn-out one would be refused before the body is read
        answer = self._request("POST", "auth/refresh", json={"refresh_token": self._refresh}).json()
        self._access, self._refresh = answer["access_token"], answer["refresh_token"]

    def _silence(self, broken: httpx.TransportError) -> Unreachable:
        return Unreachable(f"no answer from {self.address}: {broken}")

    def _proof(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._access}"} if self._access else {}

    def _request(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = {**options.pop("headers", {}), **self._proof()}
        try:
            answer = self._http.request(method, path, headers=headers, **options)
        except httpx.TransportError as broken:
            raise self._silence(broken) from broken
        if answer.is_error:
            raise Refused.of(answer)
        return answer


def _encoded(body: BaseModel | Mapping[str, Any]) -> bytes:
    """Write a body; members nobody set stay out, so that a patch says only what it changes."""
    if not isinstance(body, BaseModel):
        return to_json(dict(body))
    return body.model_dump_json(exclude_unset=True, by_alias=True).encode()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _read(answer: httpx.Response, kind: Any) -> Any:
    if kind is None:
        return None
    if kind is bytes:
        return answer.content
    if isinstance(kind, type) and issubclass(kind, Model):
        value = kind.model_validate_json(answer.content)
        value._etag = answer.headers.get("ETag")  # noqa: SLF001 -- ours; a frozen value's one private member
        return value
    return answer.json()
