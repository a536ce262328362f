"""Every operation of the API, a method each. Written by `make client`; do not edit."""

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

from mundi_client.line import Line
from mundi_client.models import (
    JobOut,
    LimitsOut,
    LoginIn,
    PageBriefOut,
    PageEventOut,
    PageJobOut,
    ParametersOut,
    ProfileOut,
    ProfilePatch,
    RefreshIn,
    RegisterIn,
    RenderIn,
    SchemaOut,
    SignInOut,
    StillIn,
    TakeOut,
    UniverseIn,
    UniverseOut,
    UniversePatch,
)


class Operations(Line):
    """The API as it is published, an operation a method."""

    def audio_index(self, *, limit: int | None = None, cursor: str | None = None) -> PageJobOut:
        """List one's own renders, the newest first."""
        return self.call(
            "GET", "audio/renders", {200: PageJobOut}, query={"limit": limit, "cursor": cursor}
        )

    def audio_render(self, body: RenderIn | Mapping[str, Any], *, key: str | None = None) -> JobOut:
        """Ask for a stretch of a universe as a sound file."""
        return self.call(
            "POST", "audio/renders", {202: JobOut}, headers={"Idempotency-Key": key}, body=body
        )

    def audio_remove(self, job_id: UUID | str) -> JobOut:
        """Take a render away: one that waits is not made, one that runs stops, a file is gone."""
        return self.call("DELETE", f"audio/renders/{self.part(job_id)}", {200: JobOut})

    def audio_read(self, job_id: UUID | str) -> JobOut:
        """Read how far a render is."""
        return self.call("GET", f"audio/renders/{self.part(job_id)}", {200: JobOut})

    def audio_file(self, job_id: UUID | str) -> bytes:
        """Fetch a finished render; ranges are served."""
        return self.call("GET", f"audio/renders/{self.part(job_id)}/file", {200: bytes, 206: bytes})

    def auth_login(
        self, body: LoginIn | Mapping[str, Any], *, client: Literal["studio"] | None = None
    ) -> SignInOut:
        """Sign in."""
        return self.call(
            "POST", "auth/login", {200: SignInOut}, headers={"X-Mundi-Client": client}, body=body
        )

    def auth_logout(
        self,
        body: RefreshIn | Mapping[str, Any] | None = None,
        *,
        client: Literal["studio"] | None = None,
    ) -> None:
        """Sign out here: the access token and the refresh token of this sign-in count no more."""
        return self.call(
            "POST", "auth/logout", {204: None}, headers={"X-Mundi-Client": client}, body=body
        )

    def auth_me(self) -> ProfileOut:
        """Read one's own profile."""
        return self.call("GET", "auth/me", {200: ProfileOut})

    def auth_change_me(self, body: ProfilePatch | Mapping[str, Any]) -> ProfileOut:
        """Change one's own profile."""
        return self.call("PATCH", "auth/me", {200: ProfileOut}, body=body)

    def auth_refresh(
        self,
        body: RefreshIn | Mapping[str, Any] | None = None,
        *,
        client: Literal["studio"] | None = None,
    ) -> SignInOut:
        """Exchange the refresh token for a fresh pair; each can be used once."""
        return self.call(
            "POST", "auth/refresh", {200: SignInOut}, headers={"X-Mundi-Client": client}, body=body
        )

    def auth_register(
        self, body: RegisterIn | Mapping[str, Any], *, client: Literal["studio"] | None = None
    ) -> SignInOut:
        """Make an account and sign in."""
        return self.call(
            "POST", "auth/register", {201: SignInOut}, headers={"X-Mundi-Client": client}, body=body
        )

    def reference_every_limit(self) -> LimitsOut:
        """Read every limit of this server."""
        return self.call("GET", "limits", {200: LimitsOut})

    def reference_parameters(self) -> ParametersOut:
        """Read the table of every parameter: unit, range, default, meaning."""
        return self.call("GET", "parameters", {200: ParametersOut})

    def reference_universe_schema(self) -> SchemaOut:
        """Read the JSON Schema of a universe's document."""
        return self.call("GET", "schema", {200: SchemaOut})

    def universes_index(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        scope: Literal["own", "public"] | None = None,
    ) -> PageBriefOut:
        """List one's own universes, or those everybody may see; the newest first."""
        return self.call(
            "GET",
            "universes",
            {200: PageBriefOut},
            query={"limit": limit, "cursor": cursor, "scope": scope},
        )

    def universes_create(self, body: UniverseIn | Mapping[str, Any]) -> UniverseOut:
        """Make a universe from a document, or an empty one."""
        return self.call("POST", "universes", {201: UniverseOut}, body=body)

    def universes_delete(self, universe_id: UUID | str, *, if_match: str | None = None) -> None:
        """Delete a universe with its history, journals and exports."""
        return self.call(
            "DELETE",
            f"universes/{self.part(universe_id)}",
            {204: None},
            headers={"If-Match": if_match},
        )

    def universes_read(self, universe_id: UUID | str) -> UniverseOut:
        """Read a universe."""
        return self.call("GET", f"universes/{self.part(universe_id)}", {200: UniverseOut})

    def universes_change(
        self,
        universe_id: UUID | str,
        body: UniversePatch | Mapping[str, Any],
        *,
        if_match: str | None = None,
    ) -> UniverseOut:
        """Change a part of a universe: its document by merge patch, or who may see it."""
        return self.call(
            "PATCH",
            f"universes/{self.part(universe_id)}",
            {200: UniverseOut},
            headers={"If-Match": if_match},
            body=body,
        )

    def universes_copy(self, universe_id: UUID | str, *, key: str | None = None) -> UniverseOut:
        """Copy a universe; the copy is one's own and private."""
        return self.call(
            "POST",
            f"universes/{self.part(universe_id)}/copy",
            {201: UniverseOut},
            headers={"Idempotency-Key": key},
        )

    def universes_events(
        self, universe_id: UUID | str, *, limit: int | None = None, cursor: str | None = None
    ) -> PageEventOut:
        """Read what happened to a universe, the newest first."""
        return self.call(
            "GET",
            f"universes/{self.part(universe_id)}/events",
            {200: PageEventOut},
            query={"limit": limit, "cursor": cursor},
        )

    def universes_take(
        self,
        universe_id: UUID | str,
        *,
        journal: UUID | str | None = None,
        start: int | None = None,
        ticks: int | None = None,
    ) -> TakeOut:
        """Read a stretch of a performance as a file that `mundi play` plays."""
        return self.call(
            "GET",
            f"universes/{self.part(universe_id)}/take",
            {200: TakeOut},
            query={"journal": journal, "start": start, "ticks": ticks},
        )

    def visualizations_index(
        self, *, limit: int | None = None, cursor: str | None = None
    ) -> PageJobOut:
        """List one's own stills, the newest first."""
        return self.call(
            "GET",
            "visualizations/stills",
            {200: PageJobOut},
            query={"limit": limit, "cursor": cursor},
        )

    def visualizations_draw(
        self, body: StillIn | Mapping[str, Any], *, key: str | None = None
    ) -> JobOut:
        """Ask for a picture of one moment of a universe."""
        return self.call(
            "POST",
            "visualizations/stills",
            {202: JobOut},
            headers={"Idempotency-Key": key},
            body=body,
        )

    def visualizations_remove(self, job_id: UUID | str) -> JobOut:
        """Take a still away: one that waits is not made, one that runs stops, a file is gone."""
        return self.call("DELETE", f"visualizations/stills/{self.part(job_id)}", {200: JobOut})

    def visualizations_read(self, job_id: UUID | str) -> JobOut:
        """Read how far a still is."""
        return self.call("GET", f"visualizations/stills/{self.part(job_id)}", {200: JobOut})

    def visualizations_file(self, job_id: UUID | str) -> bytes:
        """Fetch a finished still; ranges are served."""
        return self.call(
            "GET", f"visualizations/stills/{self.part(job_id)}/file", {200: bytes, 206: bytes}
        )
