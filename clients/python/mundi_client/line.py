"""The line to a server: who one is, what a refusal is, and what an answer holds."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Self
from urllib.parse import quote

import httpx
from pydantic import BaseModel

from mundi_client.model import Model
from mundi_client.refused import Refused


class Line:
    """A person, a key or a guest at one server; a worn-out access token is exchanged once."""

    def __init__(
        self,
        address: str = "http://127.0.0.1:8000",
        *,
        key: str = "",
        timeout_s: float = 30.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._http = httpx.Client(
            base_url=f"{address.rstrip('/')}/api/v1/", timeout=timeout_s, transport=transport
        )
        self._access, self._refresh = key, ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
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
        """Send one request and read what its answer holds. Raises Refused."""
        given = {name: value for name, value in (headers or {}).items() if value is not None}
        if body is not None:
            content = _encoded(body)
        if content is not None:
            given["Content-Type"] = media_type
        asked = {name: _plain(value) for name, value in (query or {}).items() if value is not None}
        answer = self._send(method, path, params=asked, headers=given, content=content)
        return _read(answer, replies.get(answer.status_code))

    def _send(self, method: str, path: str, **options: Any) -> httpx.Response:
        try:
            return self._request(method, path, **options)
        except Refused as refused:
            if refused.status != 401 or not self._refresh:
                raise
        self._renew()
        return self._request(method, path, **options)

    def _renew(self) -> None:
        """Exchange the refresh token for new ones."""
        self._access = ""  # a worn-out one would be refused before the body is read
        answer = self._request("POST", "auth/refresh", json={"refresh_token": self._refresh}).json()
        self._access, self._refresh = answer["access_token"], answer["refresh_token"]

    def _request(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = dict(options.pop("headers", {}))
        if self._access:
            headers["Authorization"] = f"Bearer {self._access}"
        answer = self._http.request(method, path, headers=headers, **options)
        if answer.is_error:
            raise Refused.of(answer)
        return answer


def _encoded(body: BaseModel | Mapping[str, Any]) -> bytes:
    """Write a body; members nobody set stay out, so that a patch says only what it changes."""
    if not isinstance(body, BaseModel):
        return httpx.Request("POST", "http://localhost", json=dict(body)).content
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
