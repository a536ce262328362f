"""The client: one method an act, values out, `Refused` for every no."""

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

import httpx

from mundi_client.values import Job, Profile, Refused, Universe

ROOMS = {"wav": "audio/renders", "png": "visualizations/stills"}


class Client:
    """A person, or a guest, at one server."""

    def __init__(
        self,
        address: str = "http://127.0.0.1:8000",
        *,
        timeout_s: float = 30.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._http = httpx.Client(
            base_url=f"{address.rstrip('/')}/api/v1/", timeout=timeout_s, transport=transport
        )
        self._access = self._refresh = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    # Accounts

    def register(self, email: str, password: str, *, display_name: str | None = None) -> Profile:
        """Make an account and sign in."""
        body = {"email": email, "password": password, "display_name": display_name}
        return self._signed_in("auth/register", body)

    def login(self, email: str, password: str) -> Profile:
        """Sign in."""
        return self._signed_in("auth/login", {"email": email, "password": password})

    def logout(self) -> None:
        """Sign out; the tokens count no more."""
        self._send("POST", "auth/logout", json={"refresh_token": self._refresh})
        self._access = self._refresh = ""

    def me(self) -> Profile:
        """Read one's own profile."""
        return Profile.of(self._send("GET", "auth/me").json())

    # Universes

    def universes(self, *, scope: str = "own") -> Iterator[Universe]:
        """Go through one's own universes, or with scope "public" everybody's, the newest first."""
        query: dict[str, Any] = {"scope": scope}
        while True:
            page = self._send("GET", "universes", params=query).json()
            yield from map(Universe.of, page["items"])
            if page["next_cursor"] is None:
                return
            query["cursor"] = page["next_cursor"]

    def universe(self, universe_id: str) -> Universe:
        """Read a universe with its document."""
        return _universe(self._send("GET", f"universes/{universe_id}"))

    def create(
        self, document: Mapping[str, Any] | None = None, *, visibility: str = "private"
    ) -> Universe:
        """Make a universe from a document, or an empty one."""
        body = {"document": document, "visibility": visibility}
        return _universe(self._send("POST", "universes", json=body))

    def change(self, universe: Universe, **changes: Any) -> Universe:
        """Change a universe as it was read; `document` is a merge patch. Stale ones are refused."""
        path, headers = f"universes/{universe.id}", {"If-Match": universe.etag or "*"}
        return _universe(self._send("PATCH", path, json=changes, headers=headers))

    def delete(self, universe: Universe) -> None:
        """Delete a universe as it was read."""
        headers = {"If-Match": universe.etag or "*"}
        self._send("DELETE", f"universes/{universe.id}", headers=headers)

    def copy(self, universe_id: str) -> Universe:
        """Copy a universe; the copy is one's own and private."""
        return _universe(self._send("POST", f"universes/{universe_id}/copy"))

    # Exports

    def render(self, universe_id: str, *, seconds: float, **wanted: Any) -> Job:
        """Ask for a stretch of sound; `start`, `journal`, `seed`, `encoding` as the API has them."""
        return self._ask("wav", {"universe_id": universe_id, "seconds": seconds, **wanted})

    def still(self, universe_id: str, *, tick: int, **wanted: Any) -> Job:
        """Ask for a picture of one moment; `width`, `height`, `journal` as the API has them."""
        return self._ask("png", {"universe_id": universe_id, "tick": tick, **wanted})

    def job(self, job: Job) -> Job:
        """Read how far an export is."""
        return Job.of(self._send("GET", f"{ROOMS[job.kind]}/{job.id}").json())

    def wait(self, job: Job, *, seconds_max: float = 600.0, every_s: float = 0.2) -> Job:
        """Wait until an export has ended; TimeoutError after `seconds_max`."""
        until = time.monotonic() + seconds_max
        while not job.ended:
            if time.monotonic() > until:
                raise TimeoutError(f"{job.kind} {job.id} is {job.state} after {seconds_max} s")
            time.sleep(every_s)
            job = self.job(job)
        return job

    def download(self, job: Job, path: str | Path) -> Path:
        """Fetch a finished export into a file, whole or not at all."""
        part = Path(f"{path}.part")
        with part.open("wb") as file:
            file.write(self._send("GET", f"{ROOMS[job.kind]}/{job.id}/file").content)
        return part.replace(path)

    # What the server says of itself

    def parameters(self) -> list[dict[str, Any]]:
        """Read the table of every parameter."""
        return list(self._send("GET", "parameters").json()["items"])

    def limits(self) -> dict[str, int | str]:
        """Read every limit of the server."""
        return dict(self._send("GET", "limits").json()["limits"])

    # The wire

    def _ask(self, kind: str, body: Mapping[str, Any]) -> Job:
        # The key makes it harmless to send this again after a broken connection.
        headers = {"Idempotency-Key": str(uuid4())}
        return Job.of(self._send("POST", ROOMS[kind], json=body, headers=headers).json())

    def _signed_in(self, path: str, body: Mapping[str, Any]) -> Profile:
        self._access = ""  # a worn-out one would be refused before the body is read
        answer = self._request("POST", path, json=dict(body)).json()
        self._access, self._refresh = answer["access_token"], answer["refresh_token"]
        return Profile.of(answer["user"])

    def _send(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Send as who one is; a worn-out access token is exchanged once."""
        try:
            return self._request(method, path, **options)
        except Refused as refused:
            if refused.status != 401 or not self._refresh:
                raise
        self._signed_in("auth/refresh", {"refresh_token": self._refresh})
        return self._request(method, path, **options)

    def _request(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = dict(options.pop("headers", {}))
        if self._access:
            headers["Authorization"] = f"Bearer {self._access}"
        answer = self._http.request(method, path, headers=headers, **options)
        if answer.is_error:
            raise Refused(_problem(answer))
        return answer


def _universe(answer: httpx.Response) -> Universe:
    """Read a universe together with the revision its ETag names."""
    return Universe.of({**answer.json(), "etag": answer.headers.get("ETag")})


def _problem(answer: httpx.Response) -> Mapping[str, Any]:
    """Read a problem+json; a proxy on the way may have answered something else."""
    if "json" in answer.headers.get("Content-Type", ""):
        return dict(answer.json())
    return {"status": answer.status_code, "title": answer.reason_phrase}
