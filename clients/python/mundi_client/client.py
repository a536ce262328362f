"""The client as people use it: every operation, and the few acts that take several of them."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar
from uuid import UUID

from mundi_client.models import (
    BriefOut,
    GuestOut,
    JobOut,
    PendingOut,
    ProfileOut,
    SignInOut,
    UniverseOut,
    UniversePatch,
)
from mundi_client.operations import Operations
from mundi_client.pages import each
from mundi_client.refused import Refused

ROOMS = {"wav": "audio/renders", "png": "visualizations/stills"}
ENDED = frozenset(("done", "failed", "cancelled"))
PICTURES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}
STALE = 412
TRIES_MAX = 16
Asked = ParamSpec("Asked")
Done = TypeVar("Done")
Change = Callable[[UniverseOut], UniversePatch | Mapping[str, Any]]


class Failed(Exception):
    """An export that did not come about, or did not arrive whole."""


class Client(Operations):
    """A person, a key or a guest at one server."""

    # Accounts

    def register(
        self, email: str, password: str, *, display_name: str | None = None
    ) -> ProfileOut | PendingOut:
        """Make an account and sign in; PendingOut where a letter has to be answered: `confirm`."""
        body = {"email": email, "password": password}
        if display_name is not None:
            body["display_name"] = display_name
        self._access = ""
        answer = self.auth_register(body)
        return answer if isinstance(answer, PendingOut) else self._signed_in(answer)

    def confirm(self, token: str, password: str) -> ProfileOut:
        """Open the account that a letter promises, and sign in; the link carries the token."""
        body = {"token": token.rpartition("=")[2], "password": password}
        return self._signed_in(self.auth_confirm(body))

    def login(self, email: str, password: str) -> ProfileOut:
        """Sign in."""
        self._access = ""  # a worn-out one would be refused before the body is read
        return self._signed_in(self.auth_login({"email": email, "password": password}))

    def logout(self) -> None:
        """Sign out; the tokens count no more."""
        self.auth_logout({"refresh_token": self._refresh})
        self._access = self._refresh = ""

    def me(self) -> ProfileOut:
        """Read one's own profile."""
        return self.account_me()

    def show_picture(self, path: str | Path) -> ProfileOut:
        """Show a PNG, JPEG or WebP file as one's picture."""
        path = Path(path)
        kind = PICTURES.get(path.suffix.lower())
        if kind is None:
            raise ValueError(f"{path.name} is none of {', '.join(PICTURES)}")
        return self.account_show(path.read_bytes(), media_type=kind)

    def enter(self, link: str, name: str) -> GuestOut:
        """Sit down as a guest with a share link or its secret; from then on this client is them."""
        seat = self.sharing_enter({"token": link.rpartition("=")[2], "name": name})
        self._access, self._refresh = seat.token, ""
        return seat

    # Universes

    def universes(
        self,
        *,
        scope: Literal["own", "shared", "starred", "public", "templates"] | None = None,
        sort: Literal["new", "recent", "title", "stars"] | None = None,
        q: str | None = None,
        tags: str | None = None,
    ) -> Iterator[BriefOut]:
        """Go through all universes of a list, page after page."""
        return each(self.universes_index, scope=scope, sort=sort, q=q, tags=tags)

    def universe(self, universe_id: UUID | str) -> UniverseOut:
        """Read a universe with its document."""
        return self.universes_read(universe_id)

    def create(self, document: Mapping[str, Any] | None = None, **wanted: Any) -> UniverseOut:
        """Make a universe from a document, or an empty one; see `UniverseIn` for what else."""
        given = {} if document is None else {"document": document}
        return self.universes_create({**given, **wanted})

    def create_from(self, path: str | Path, *, title: str | None = None) -> UniverseOut:
        """Make a universe from a file: a document, or a take."""
        return self.catalogue_take_in(json.loads(Path(path).read_bytes()), title=title)

    def change(self, universe: UniverseOut, **changes: Any) -> UniverseOut:
        """Change a universe as it was read; `document` is a merge patch. Stale ones are refused."""
        return self.universes_change(universe.id, changes, if_match=universe.etag)

    def revise(self, universe_id: UUID | str, change: Change) -> UniverseOut:
        """Read a universe and change it by what is said of it; again, if somebody was faster."""

        def revised() -> UniverseOut:
            now = self.universe(universe_id)
            return self.universes_change(now.id, change(now), if_match=now.etag)

        return _despite_others(revised)

    def overwrite(
        self,
        act: Callable[Concatenate[UUID | str, Asked], Done],
        universe_id: UUID | str,
        *args: Asked.args,
        **wanted: Asked.kwargs,
    ) -> Done:
        """Do what takes `if_match` to a universe as it is now: `overwrite(mundi.story_move, id, …)`."""

        def written() -> Done:
            given: Any = {**wanted, "if_match": self.universe(universe_id).etag}
            return act(universe_id, *args, **given)

        return _despite_others(written)

    def delete(self, universe: UniverseOut) -> None:
        """Delete a universe as it was read."""
        self.universes_delete(universe.id, if_match=universe.etag)

    def fork(self, universe_id: UUID | str) -> UniverseOut:
        """Fork a universe; the copy is one's own and private."""
        return self.catalogue_fork(universe_id, {})

    # Exports

    def render(self, universe_id: UUID | str, **wanted: Any) -> JobOut:
        """Ask for a stretch of sound; `seconds` or `ticks`, `start` and more as `RenderIn` has them."""
        body = {"universe_id": str(universe_id), **wanted}
        return self.audio_render(body)

    def still(self, universe_id: UUID | str, *, tick: int, **wanted: Any) -> JobOut:
        """Ask for a picture of one moment; `width`, `height` and more as `StillIn` has them."""
        body = {"universe_id": str(universe_id), "tick": tick, **wanted}
        return self.visualizations_draw(body)

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
        """Fetch a finished export into a file, whole or not at all. Raises Failed."""
        if job.state in ("failed", "cancelled"):
            raise Failed(job.error.message if job.error else f"{job.kind} {job.id} is {job.state}")
        part = Path(f"{path}.part")
        try:
            self.fetch(f"{ROOMS[job.kind]}/{job.id}/file", part)
            if job.sha256 is not None and _sum(part) != job.sha256:
                raise Failed(f"{job.kind} {job.id} did not arrive whole; fetch it again")
            return part.replace(path)
        finally:
            part.unlink(missing_ok=True)

    def _signed_in(self, answer: SignInOut) -> ProfileOut:
        self._access, self._refresh = answer.access_token, answer.refresh_token or ""
        return answer.user


def _despite_others(act: Callable[[], Done]) -> Done:
    """Do something that begins with reading, and again where it has become stale meanwhile."""
    for _ in range(TRIES_MAX - 1):
        try:
            return act()
        except Refused as refused:
            if refused.status != STALE:
                raise
    return act()


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
