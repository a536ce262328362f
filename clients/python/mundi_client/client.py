"""The client as people use it: every operation, and the few acts that take several of them."""

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from mundi_client.models import BriefOut, JobOut, ProfileOut, UniverseOut
from mundi_client.operations import Operations

ROOMS = {"wav": "audio/renders", "png": "visualizations/stills"}
ENDED = frozenset(("done", "failed", "cancelled"))


class Client(Operations):
    """A person, a key or a guest at one server."""

    # Accounts

    def register(self, email: str, password: str, *, display_name: str | None = None) -> ProfileOut:
        """Make an account and sign in."""
        body = {"email": email, "password": password}
        if display_name is not None:
            body["display_name"] = display_name
        return self._signed_in("auth/register", body)

    def login(self, email: str, password: str) -> ProfileOut:
        """Sign in."""
        return self._signed_in("auth/login", {"email": email, "password": password})

    def logout(self) -> None:
        """Sign out; the tokens count no more."""
        self.auth_logout({"refresh_token": self._refresh})
        self._access = self._refresh = ""

    def me(self) -> ProfileOut:
        """Read one's own profile."""
        return self.account_me()

    # Universes

    def universes(self, **wanted: Any) -> Iterator[BriefOut]:
        """Go through all universes of a list, page after page; see `universes_index`."""
        while True:
            page = self.universes_index(**wanted)
            yield from page.items
            if page.next_cursor is None:
                return
            wanted["cursor"] = page.next_cursor

    def universe(self, universe_id: object) -> UniverseOut:
        """Read a universe with its document."""
        return self.universes_read(str(universe_id))

    def create(self, document: Mapping[str, Any] | None = None, **wanted: Any) -> UniverseOut:
        """Make a universe from a document, or an empty one."""
        given = {} if document is None else {"document": document}
        return self.universes_create({**given, **wanted})

    def change(self, universe: UniverseOut, **changes: Any) -> UniverseOut:
        """Change a universe as it was read; `document` is a merge patch. Stale ones are refused."""
        return self.universes_change(universe.id, changes, if_match=universe.etag or "*")

    def delete(self, universe: UniverseOut) -> None:
        """Delete a universe as it was read."""
        self.universes_delete(universe.id, if_match=universe.etag or "*")

    def fork(self, universe_id: object) -> UniverseOut:
        """Fork a universe; the copy is one's own and private."""
        return self.catalogue_fork(str(universe_id), {}, key=str(uuid4()))

    # Exports

    def render(self, universe_id: object, **wanted: Any) -> JobOut:
        """Ask for a stretch of sound; `seconds` or `ticks`, `start` and more as `RenderIn` has them."""
        # The key makes it harmless to send this again after a broken connection.
        body = {"universe_id": str(universe_id), **wanted}
        return self.audio_render(body, key=str(uuid4()))

    def still(self, universe_id: object, *, tick: int, **wanted: Any) -> JobOut:
        """Ask for a picture of one moment; `width`, `height` and more as `StillIn` has them."""
        body = {"universe_id": str(universe_id), "tick": tick, **wanted}
        return self.visualizations_draw(body, key=str(uuid4()))

    def job(self, job: JobOut) -> JobOut:
        """Read how far an export is."""
        told: JobOut = self.call("GET", f"{ROOMS[job.kind]}/{job.id}", {200: JobOut})
        return told

    def wait(self, job: JobOut, *, seconds_max: float = 600.0, every_s: float = 0.2) -> JobOut:
        """Wait until an export has ended; TimeoutError after `seconds_max`."""
        until = time.monotonic() + seconds_max
        while job.state not in ENDED:
            if time.monotonic() > until:
                raise TimeoutError(f"{job.kind} {job.id} is {job.state} after {seconds_max} s")
            time.sleep(every_s)
            job = self.job(job)
        return job

    def download(self, job: JobOut, path: str | Path) -> Path:
        """Fetch a finished export into a file, whole or not at all."""
        part = Path(f"{path}.part")
        part.write_bytes(self.call("GET", f"{ROOMS[job.kind]}/{job.id}/file", {200: bytes}))
        return part.replace(path)

    def _signed_in(self, path: str, body: Mapping[str, Any]) -> ProfileOut:
        self._access = ""  # a worn-out one would be refused before the body is read
        answer = self._request("POST", path, json=dict(body)).json()
        self._access, self._refresh = answer["access_token"], answer["refresh_token"]
        return ProfileOut.model_validate(answer["user"])
