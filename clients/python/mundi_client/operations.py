"""Every operation of the API, a method each. Written by `make client`; do not edit."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from mundi_client.line import Line
from mundi_client.models import (
    ChangeOut,
    CommentIn,
    CommentOut,
    CommentPatch,
    ComparisonOut,
    EmailIn,
    ForgottenIn,
    ForkIn,
    FreshKeyOut,
    GuestIn,
    GuestOut,
    InviteIn,
    JobOut,
    KeyIn,
    KeysOut,
    LeaveIn,
    LicencesOut,
    LimitsOut,
    LineageOut,
    LinkIn,
    LinkOut,
    LinkSeenOut,
    LoginIn,
    MemberOut,
    Merge,
    MoveIn,
    NameIn,
    OpeningIn,
    PageBriefOut,
    PageChangeOut,
    PageCommentOut,
    PageEventOut,
    PageInvitationOut,
    PageJobOut,
    PageLinkOut,
    PageMemberOut,
    PagePointOut,
    ParametersOut,
    PartOut,
    PasswordIn,
    PendingOut,
    PerformanceOut,
    PointIn,
    PointOut,
    ProfileOut,
    ProfilePatch,
    PublicOut,
    RefreshIn,
    RegisterIn,
    RenderIn,
    ResetIn,
    RolePatch,
    SchemaOut,
    SecretIn,
    SettingsOut,
    SignInOut,
    SignInsOut,
    StarOut,
    StillIn,
    TakeOut,
    TransferIn,
    UndoOut,
    UniverseIn,
    UniverseOut,
    UniversePatch,
    VersionOut,
    Whole,
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

    def auth_confirm(
        self, body: OpeningIn | Mapping[str, Any], *, client: Literal["studio"] | None = None
    ) -> SignInOut:
        """Open the account that a letter's link promises, with its password, and sign in."""
        return self.call(
            "POST", "auth/confirm", {200: SignInOut}, headers={"X-Mundi-Client": client}, body=body
        )

    def auth_change_email(self, body: EmailIn | Mapping[str, Any]) -> ProfileOut | PendingOut:
        """Change one's address; 202 where a letter to the new one has to be answered first."""
        return self.call("POST", "auth/email", {200: ProfileOut, 202: PendingOut}, body=body)

    def auth_confirm_email(self, body: OpeningIn | Mapping[str, Any]) -> None:
        """Move an account to the address whose letter's link was followed; the old one is told."""
        return self.call("POST", "auth/email/confirm", {204: None}, body=body)

    def keys_index(self) -> KeysOut:
        """List one's API keys."""
        return self.call("GET", "auth/keys", {200: KeysOut})

    def keys_make(self, body: KeyIn | Mapping[str, Any], *, key: str | None = None) -> FreshKeyOut:
        """Make an API key; this is the only time it is shown whole."""
        return self.call(
            "POST", "auth/keys", {201: FreshKeyOut}, headers={"Idempotency-Key": key}, body=body
        )

    def keys_revoke(self, key_id: UUID | str) -> None:
        """End an API key."""
        return self.call("DELETE", f"auth/keys/{self.part(key_id)}", {204: None})

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

    def account_me(self) -> ProfileOut:
        """Read one's own profile."""
        return self.call("GET", "auth/me", {200: ProfileOut})

    def account_change_me(self, body: ProfilePatch | Mapping[str, Any]) -> ProfileOut:
        """Change one's own profile by merge patch."""
        return self.call("PATCH", "auth/me", {200: ProfileOut}, body=body)

    def account_hide(self) -> None:
        """Take one's picture away."""
        return self.call("DELETE", "auth/me/avatar", {204: None})

    def account_show(self, body: bytes, *, media_type: str) -> ProfileOut:
        """Show a picture of oneself; it is drawn anew, 256 x 256, with nothing hidden in it."""
        return self.call(
            "PUT", "auth/me/avatar", {200: ProfileOut}, content=body, media_type=media_type
        )

    def account_leave(self, body: LeaveIn | Mapping[str, Any]) -> None:
        """Delete one's account; what one wrote elsewhere stays, without a name."""
        return self.call("POST", "auth/me/deletion", {204: None}, body=body)

    def account_export(self) -> bytes:
        """Fetch all that is kept of one: profile, devices, universes, comments, events, exports."""
        return self.call("GET", "auth/me/export", {200: bytes, 206: bytes})

    def auth_change_password(self, body: PasswordIn | Mapping[str, Any]) -> None:
        """Change one's password; every other device is signed out."""
        return self.call("POST", "auth/password", {204: None}, body=body)

    def auth_forgotten(self, body: ForgottenIn | Mapping[str, Any]) -> PendingOut:
        """Ask for a letter with which to choose a new password; the answer is the same for nobody."""
        return self.call("POST", "auth/password/forgotten", {202: PendingOut}, body=body)

    def auth_reset_password(self, body: ResetIn | Mapping[str, Any]) -> None:
        """Choose a new password by a letter's link; every device is signed out."""
        return self.call("POST", "auth/password/reset", {204: None}, body=body)

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
        self,
        body: RegisterIn | Mapping[str, Any],
        *,
        key: str | None = None,
        client: Literal["studio"] | None = None,
    ) -> SignInOut | PendingOut:
        """Make an account and sign in; 202 where a letter has to be answered first."""
        return self.call(
            "POST",
            "auth/register",
            {201: SignInOut, 202: PendingOut},
            headers={"Idempotency-Key": key, "X-Mundi-Client": client},
            body=body,
        )

    def auth_end_other_sessions(self) -> None:
        """Sign out everywhere but here."""
        return self.call("DELETE", "auth/sessions", {204: None})

    def auth_sessions(self) -> SignInsOut:
        """List where one is signed in."""
        return self.call("GET", "auth/sessions", {200: SignInsOut})

    def auth_end_session(self, session_id: UUID | str) -> None:
        """Sign out on one device."""
        return self.call("DELETE", f"auth/sessions/{self.part(session_id)}", {204: None})

    def sharing_invitations(
        self, *, limit: int | None = None, cursor: str | None = None
    ) -> PageInvitationOut:
        """List what one was asked to be and has not answered."""
        return self.call(
            "GET", "invitations", {200: PageInvitationOut}, query={"limit": limit, "cursor": cursor}
        )

    def sharing_accept(self, universe_id: UUID | str, *, key: str | None = None) -> UniverseOut:
        """Become what one was asked to be: a member, or the owner."""
        return self.call(
            "POST",
            f"invitations/{self.part(universe_id)}/accept",
            {200: UniverseOut},
            headers={"Idempotency-Key": key},
        )

    def sharing_decline(self, universe_id: UUID | str) -> None:
        """Say no to an invitation."""
        return self.call("POST", f"invitations/{self.part(universe_id)}/decline", {204: None})

    def catalogue_licences(self) -> LicencesOut:
        """Read every licence a universe may have, and what copies may have then."""
        return self.call("GET", "licences", {200: LicencesOut})

    def reference_every_limit(self) -> LimitsOut:
        """Read every limit of this server."""
        return self.call("GET", "limits", {200: LimitsOut})

    def sharing_enter(
        self, body: GuestIn | Mapping[str, Any], *, key: str | None = None
    ) -> GuestOut:
        """Take a seat with a share link, without an account."""
        return self.call(
            "POST", "links/enter", {201: GuestOut}, headers={"Idempotency-Key": key}, body=body
        )

    def sharing_join(
        self, body: SecretIn | Mapping[str, Any], *, key: str | None = None
    ) -> UniverseOut:
        """Become a member with a share link."""
        return self.call(
            "POST", "links/join", {200: UniverseOut}, headers={"Idempotency-Key": key}, body=body
        )

    def sharing_look(self, body: SecretIn | Mapping[str, Any]) -> LinkSeenOut:
        """Ask what a share link is for."""
        return self.call("POST", "links/look", {200: LinkSeenOut}, body=body)

    def reference_parameters(
        self,
        *,
        part: Literal["physics", "music", "visual"] | None = None,
        kind: Literal["number", "vector", "word", "flag", "form"] | None = None,
        live: Literal["true", "false"] | None = None,
        text: str | None = None,
    ) -> ParametersOut:
        """Read the table of every parameter: unit, range, default, meaning."""
        return self.call(
            "GET",
            "parameters",
            {200: ParametersOut},
            query={"part": part, "kind": kind, "live": live, "text": text},
        )

    def reference_universe_schema(self) -> SchemaOut:
        """Read the JSON Schema of a universe's document."""
        return self.call("GET", "schema", {200: SchemaOut})

    def universes_index(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        scope: Literal["own", "shared", "starred", "public", "templates"] | None = None,
        sort: Literal["new", "recent", "title", "stars"] | None = None,
        q: str | None = None,
        tags: str | None = None,
    ) -> PageBriefOut:
        """List and search universes: one's own, shared with one, starred, public, or templates."""
        return self.call(
            "GET",
            "universes",
            {200: PageBriefOut},
            query={
                "limit": limit,
                "cursor": cursor,
                "scope": scope,
                "sort": sort,
                "q": q,
                "tags": tags,
            },
        )

    def universes_create(
        self, body: UniverseIn | Mapping[str, Any], *, key: str | None = None
    ) -> UniverseOut:
        """Make a universe from a document, a take, an example or a template, or an empty one."""
        return self.call(
            "POST", "universes", {201: UniverseOut}, headers={"Idempotency-Key": key}, body=body
        )

    def catalogue_take_in(
        self,
        body: Any | Mapping[str, Any],
        *,
        key: str | None = None,
        title: str | None = None,
        visibility: Literal["private", "unlisted", "public"] | None = None,
    ) -> UniverseOut:
        """Make a universe from a file, a document or a take, sent as it is."""
        return self.call(
            "POST",
            "universes/import",
            {201: UniverseOut},
            query={"title": title, "visibility": visibility},
            headers={"Idempotency-Key": key},
            body=body,
        )

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

    def parts_bodies(self, universe_id: UUID | str) -> PartOut:
        """Read the bodies of a universe, by id."""
        return self.call("GET", f"universes/{self.part(universe_id)}/bodies", {200: PartOut})

    def parts_change_bodies(
        self,
        universe_id: UUID | str,
        body: Merge | Mapping[str, Any],
        *,
        if_match: str | None = None,
    ) -> PartOut:
        """Change, add and remove bodies by merge patch."""
        return self.call(
            "PATCH",
            f"universes/{self.part(universe_id)}/bodies",
            {200: PartOut},
            headers={"If-Match": if_match},
            body=body,
        )

    def parts_remove_body(
        self, universe_id: UUID | str, body_id: str, *, if_match: str | None = None
    ) -> None:
        """Take a body away."""
        return self.call(
            "DELETE",
            f"universes/{self.part(universe_id)}/bodies/{self.part(body_id)}",
            {204: None},
            headers={"If-Match": if_match},
        )

    def parts_body(self, universe_id: UUID | str, body_id: str) -> PartOut:
        """Read one body."""
        return self.call(
            "GET", f"universes/{self.part(universe_id)}/bodies/{self.part(body_id)}", {200: PartOut}
        )

    def parts_change_body(
        self,
        universe_id: UUID | str,
        body_id: str,
        body: Merge | Mapping[str, Any],
        *,
        if_match: str | None = None,
    ) -> PartOut:
        """Change one body by merge patch."""
        return self.call(
            "PATCH",
            f"universes/{self.part(universe_id)}/bodies/{self.part(body_id)}",
            {200: PartOut},
            headers={"If-Match": if_match},
            body=body,
        )

    def parts_put_body(
        self,
        universe_id: UUID | str,
        body_id: str,
        body: Whole | Mapping[str, Any],
        *,
        if_match: str | None = None,
    ) -> PartOut:
        """Make a body what it is to be, whether it was there or not."""
        return self.call(
            "PUT",
            f"universes/{self.part(universe_id)}/bodies/{self.part(body_id)}",
            {200: PartOut},
            headers={"If-Match": if_match},
            body=body,
        )

    def comments_index(
        self,
        universe_id: UUID | str,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        parent: UUID | str | None = None,
        kind: Literal["universe", "body", "moment", "story"] | None = None,
        id: str | None = None,
        resolved: bool | None = None,
    ) -> PageCommentOut:
        """List remarks, the newest first; or with `parent` the replies to one, the oldest first."""
        return self.call(
            "GET",
            f"universes/{self.part(universe_id)}/comments",
            {200: PageCommentOut},
            query={
                "limit": limit,
                "cursor": cursor,
                "parent": parent,
                "kind": kind,
                "id": id,
                "resolved": resolved,
            },
        )

    def comments_write(
        self,
        universe_id: UUID | str,
        body: CommentIn | Mapping[str, Any],
        *,
        key: str | None = None,
    ) -> CommentOut:
        """Write a remark about a universe, a body, a moment or a story point; or reply to one."""
        return self.call(
            "POST",
            f"universes/{self.part(universe_id)}/comments",
            {201: CommentOut},
            headers={"Idempotency-Key": key},
            body=body,
        )

    def comments_delete(self, universe_id: UUID | str, comment_id: UUID | str) -> None:
        """Delete one's own comment, or any in one's own universe; replies to it stay."""
        return self.call(
            "DELETE",
            f"universes/{self.part(universe_id)}/comments/{self.part(comment_id)}",
            {204: None},
        )

    def comments_read(self, universe_id: UUID | str, comment_id: UUID | str) -> CommentOut:
        """Read a comment."""
        return self.call(
            "GET",
            f"universes/{self.part(universe_id)}/comments/{self.part(comment_id)}",
            {200: CommentOut},
        )

    def comments_edit(
        self,
        universe_id: UUID | str,
        comment_id: UUID | str,
        body: CommentPatch | Mapping[str, Any],
    ) -> CommentOut:
        """Say something else in one's own comment."""
        return self.call(
            "PATCH",
            f"universes/{self.part(universe_id)}/comments/{self.part(comment_id)}",
            {200: CommentOut},
            body=body,
        )

    def comments_reopen(self, universe_id: UUID | str, comment_id: UUID | str) -> CommentOut:
        """Open a settled remark again."""
        return self.call(
            "POST",
            f"universes/{self.part(universe_id)}/comments/{self.part(comment_id)}/reopen",
            {200: CommentOut},
        )

    def comments_resolve(self, universe_id: UUID | str, comment_id: UUID | str) -> CommentOut:
        """Settle a remark with its replies."""
        return self.call(
            "POST",
            f"universes/{self.part(universe_id)}/comments/{self.part(comment_id)}/resolve",
            {200: CommentOut},
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

    def catalogue_fork(
        self,
        universe_id: UUID | str,
        body: ForkIn | Mapping[str, Any] | None = None,
        *,
        key: str | None = None,
    ) -> UniverseOut:
        """Make a copy of one's own that remembers where it came from, if the licence lets one."""
        return self.call(
            "POST",
            f"universes/{self.part(universe_id)}/fork",
            {201: UniverseOut},
            headers={"Idempotency-Key": key},
            body=body,
        )

    def history_index(
        self,
        universe_id: UUID | str,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        author: UUID | str | None = None,
        act: Literal["create", "edit", "undo", "redo", "restore"] | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        name: str | None = None,
        named: Literal["true", "false"] | None = None,
    ) -> PageChangeOut:
        """List the changes of a document, the newest first."""
        return self.call(
            "GET",
            f"universes/{self.part(universe_id)}/history",
            {200: PageChangeOut},
            query={
                "limit": limit,
                "cursor": cursor,
                "author": author,
                "act": act,
                "since": since,
                "until": until,
                "name": name,
                "named": named,
            },
        )

    def history_compare(self, universe_id: UUID | str, *, from_: int, to: int) -> ComparisonOut:
        """Compare the documents at two revisions."""
        return self.call(
            "GET",
            f"universes/{self.part(universe_id)}/history/compare",
            {200: ComparisonOut},
            query={"from": from_, "to": to},
        )

    def history_read(self, universe_id: UUID | str, rev: int) -> VersionOut:
        """Read the document as a change left it."""
        return self.call(
            "GET", f"universes/{self.part(universe_id)}/history/{self.part(rev)}", {200: VersionOut}
        )

    def history_name(
        self, universe_id: UUID | str, rev: int, body: NameIn | Mapping[str, Any]
    ) -> ChangeOut:
        """Give the document as a change left it a name, or take it away."""
        return self.call(
            "PUT",
            f"universes/{self.part(universe_id)}/history/{self.part(rev)}/name",
            {200: ChangeOut},
            body=body,
        )

    def history_restore(
        self,
        universe_id: UUID | str,
        rev: int,
        *,
        key: str | None = None,
        if_match: str | None = None,
    ) -> UniverseOut:
        """Make the document what it was; that is a change like any other."""
        return self.call(
            "POST",
            f"universes/{self.part(universe_id)}/history/{self.part(rev)}/restore",
            {200: UniverseOut},
            headers={"Idempotency-Key": key, "If-Match": if_match},
        )

    def catalogue_lineage(self, universe_id: UUID | str) -> LineageOut:
        """Read what a universe was forked from, and that from what."""
        return self.call("GET", f"universes/{self.part(universe_id)}/lineage", {200: LineageOut})

    def sharing_share_links(
        self, universe_id: UUID | str, *, limit: int | None = None, cursor: str | None = None
    ) -> PageLinkOut:
        """List the share links of one's own universe, the newest first."""
        return self.call(
            "GET",
            f"universes/{self.part(universe_id)}/links",
            {200: PageLinkOut},
            query={"limit": limit, "cursor": cursor},
        )

    def sharing_make_link(
        self, universe_id: UUID | str, body: LinkIn | Mapping[str, Any], *, key: str | None = None
    ) -> LinkOut:
        """Make a share link; its secret is told this once."""
        return self.call(
            "POST",
            f"universes/{self.part(universe_id)}/links",
            {201: LinkOut},
            headers={"Idempotency-Key": key},
            body=body,
        )

    def sharing_revoke_link(self, universe_id: UUID | str, link_id: UUID | str) -> None:
        """End a share link and every guest's seat with it, at once."""
        return self.call(
            "DELETE", f"universes/{self.part(universe_id)}/links/{self.part(link_id)}", {204: None}
        )

    def parts_mappings(self, universe_id: UUID | str) -> PartOut:
        """Read what makes notes out of motion: the preset, rules and voices of a universe."""
        return self.call("GET", f"universes/{self.part(universe_id)}/mappings", {200: PartOut})

    def parts_change_mappings(
        self,
        universe_id: UUID | str,
        body: Merge | Mapping[str, Any],
        *,
        if_match: str | None = None,
    ) -> PartOut:
        """Change the preset, rules and voices of a universe by merge patch."""
        return self.call(
            "PATCH",
            f"universes/{self.part(universe_id)}/mappings",
            {200: PartOut},
            headers={"If-Match": if_match},
            body=body,
        )

    def sharing_members(
        self, universe_id: UUID | str, *, limit: int | None = None, cursor: str | None = None
    ) -> PageMemberOut:
        """List the members of a universe one is a member of; the owner sees who was asked, too."""
        return self.call(
            "GET",
            f"universes/{self.part(universe_id)}/members",
            {200: PageMemberOut},
            query={"limit": limit, "cursor": cursor},
        )

    def sharing_invite(
        self, universe_id: UUID | str, body: InviteIn | Mapping[str, Any], *, key: str | None = None
    ) -> MemberOut:
        """Ask somebody to become a member; they accept or decline."""
        return self.call(
            "POST",
            f"universes/{self.part(universe_id)}/members",
            {201: MemberOut},
            headers={"Idempotency-Key": key},
            body=body,
        )

    def sharing_remove_member(self, universe_id: UUID | str, user_id: UUID | str) -> None:
        """Remove a member, or leave: open connections end at once."""
        return self.call(
            "DELETE",
            f"universes/{self.part(universe_id)}/members/{self.part(user_id)}",
            {204: None},
        )

    def sharing_change_member(
        self, universe_id: UUID | str, user_id: UUID | str, body: RolePatch | Mapping[str, Any]
    ) -> MemberOut:
        """Give a member another role, or somebody who was asked another offer."""
        return self.call(
            "PATCH",
            f"universes/{self.part(universe_id)}/members/{self.part(user_id)}",
            {200: MemberOut},
            body=body,
        )

    def parts_music(
        self, universe_id: UUID | str, *, filled: Literal["true", "false"] | None = None
    ) -> PartOut:
        """Read the music of a universe."""
        return self.call(
            "GET",
            f"universes/{self.part(universe_id)}/music",
            {200: PartOut},
            query={"filled": filled},
        )

    def parts_change_music(
        self,
        universe_id: UUID | str,
        body: Merge | Mapping[str, Any],
        *,
        if_match: str | None = None,
    ) -> PartOut:
        """Change the music of a universe by merge patch."""
        return self.call(
            "PATCH",
            f"universes/{self.part(universe_id)}/music",
            {200: PartOut},
            headers={"If-Match": if_match},
            body=body,
        )

    def parts_settings(
        self, universe_id: UUID | str, *, part: Literal["physics", "music", "visual"] | None = None
    ) -> SettingsOut:
        """Read what every parameter is in a universe."""
        return self.call(
            "GET",
            f"universes/{self.part(universe_id)}/parameters",
            {200: SettingsOut},
            query={"part": part},
        )

    def parts_reset(
        self, universe_id: UUID | str, path: str, *, if_match: str | None = None
    ) -> SettingsOut:
        """Give a parameter its default back."""
        return self.call(
            "DELETE",
            f"universes/{self.part(universe_id)}/parameters/{self.part(path)}",
            {200: SettingsOut},
            headers={"If-Match": if_match},
        )

    def universes_performance(self, universe_id: UUID | str) -> PerformanceOut:
        """Read how far a universe was played last, and how well its energy was kept."""
        return self.call(
            "GET", f"universes/{self.part(universe_id)}/performance", {200: PerformanceOut}
        )

    def parts_physics(
        self, universe_id: UUID | str, *, filled: Literal["true", "false"] | None = None
    ) -> PartOut:
        """Read the physics of a universe."""
        return self.call(
            "GET",
            f"universes/{self.part(universe_id)}/physics",
            {200: PartOut},
            query={"filled": filled},
        )

    def parts_change_physics(
        self,
        universe_id: UUID | str,
        body: Merge | Mapping[str, Any],
        *,
        if_match: str | None = None,
    ) -> PartOut:
        """Change the physics of a universe by merge patch."""
        return self.call(
            "PATCH",
            f"universes/{self.part(universe_id)}/physics",
            {200: PartOut},
            headers={"If-Match": if_match},
            body=body,
        )

    def history_redo_own(self, universe_id: UUID | str, *, key: str | None = None) -> UndoOut:
        """Do again what one has just undone."""
        return self.call(
            "POST",
            f"universes/{self.part(universe_id)}/redo",
            {200: UndoOut},
            headers={"Idempotency-Key": key},
        )

    def catalogue_unstar(self, universe_id: UUID | str) -> StarOut:
        """Like a universe no more."""
        return self.call("DELETE", f"universes/{self.part(universe_id)}/star", {200: StarOut})

    def catalogue_star(self, universe_id: UUID | str) -> StarOut:
        """Like a universe."""
        return self.call("PUT", f"universes/{self.part(universe_id)}/star", {200: StarOut})

    def story_index(
        self,
        universe_id: UUID | str,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        sort: Literal["time", "title", "-time", "-title"] | None = None,
        harmony_low: float | None = None,
        harmony_high: float | None = None,
        text: str | None = None,
    ) -> PagePointOut:
        """List the points of a story, by time or title."""
        return self.call(
            "GET",
            f"universes/{self.part(universe_id)}/story",
            {200: PagePointOut},
            query={
                "limit": limit,
                "cursor": cursor,
                "sort": sort,
                "harmony_low": harmony_low,
                "harmony_high": harmony_high,
                "text": text,
            },
        )

    def story_change_all(
        self,
        universe_id: UUID | str,
        body: Merge | Mapping[str, Any],
        *,
        if_match: str | None = None,
    ) -> PartOut:
        """Change, add and remove points by merge patch, by id."""
        return self.call(
            "PATCH",
            f"universes/{self.part(universe_id)}/story",
            {200: PartOut},
            headers={"If-Match": if_match},
            body=body,
        )

    def story_create(
        self, universe_id: UUID | str, body: PointIn | Mapping[str, Any], *, key: str | None = None
    ) -> PointOut:
        """Add a point to a story."""
        return self.call(
            "POST",
            f"universes/{self.part(universe_id)}/story",
            {201: PointOut},
            headers={"Idempotency-Key": key},
            body=body,
        )

    def story_delete(
        self, universe_id: UUID | str, point_id: str, *, if_match: str | None = None
    ) -> None:
        """Take a point away."""
        return self.call(
            "DELETE",
            f"universes/{self.part(universe_id)}/story/{self.part(point_id)}",
            {204: None},
            headers={"If-Match": if_match},
        )

    def story_read(self, universe_id: UUID | str, point_id: str) -> PointOut:
        """Read one point of a story."""
        return self.call(
            "GET",
            f"universes/{self.part(universe_id)}/story/{self.part(point_id)}",
            {200: PointOut},
        )

    def story_change(
        self,
        universe_id: UUID | str,
        point_id: str,
        body: Merge | Mapping[str, Any],
        *,
        if_match: str | None = None,
    ) -> PointOut:
        """Change one point by merge patch."""
        return self.call(
            "PATCH",
            f"universes/{self.part(universe_id)}/story/{self.part(point_id)}",
            {200: PointOut},
            headers={"If-Match": if_match},
            body=body,
        )

    def story_put(
        self,
        universe_id: UUID | str,
        point_id: str,
        body: Whole | Mapping[str, Any],
        *,
        if_match: str | None = None,
    ) -> PointOut:
        """Make a point what it is to be, whether it was there or not."""
        return self.call(
            "PUT",
            f"universes/{self.part(universe_id)}/story/{self.part(point_id)}",
            {200: PointOut},
            headers={"If-Match": if_match},
            body=body,
        )

    def story_move(
        self,
        universe_id: UUID | str,
        point_id: str,
        body: MoveIn | Mapping[str, Any],
        *,
        if_match: str | None = None,
    ) -> PointOut:
        """Move a point to another time, or between two others."""
        return self.call(
            "POST",
            f"universes/{self.part(universe_id)}/story/{self.part(point_id)}/move",
            {200: PointOut},
            headers={"If-Match": if_match},
            body=body,
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

    def sharing_withdraw_transfer(self, universe_id: UUID | str) -> None:
        """Take the offer of a universe back."""
        return self.call("DELETE", f"universes/{self.part(universe_id)}/transfer", {204: None})

    def sharing_transfer(
        self,
        universe_id: UUID | str,
        body: TransferIn | Mapping[str, Any],
        *,
        key: str | None = None,
    ) -> MemberOut:
        """Offer a universe to somebody; they become its owner if they accept."""
        return self.call(
            "POST",
            f"universes/{self.part(universe_id)}/transfer",
            {201: MemberOut},
            headers={"Idempotency-Key": key},
            body=body,
        )

    def history_undo_own(self, universe_id: UUID | str, *, key: str | None = None) -> UndoOut:
        """Take one's own last gesture back; what others have written since stays, and is told."""
        return self.call(
            "POST",
            f"universes/{self.part(universe_id)}/undo",
            {200: UndoOut},
            headers={"Idempotency-Key": key},
        )

    def parts_visual(
        self, universe_id: UUID | str, *, filled: Literal["true", "false"] | None = None
    ) -> PartOut:
        """Read how a universe looks."""
        return self.call(
            "GET",
            f"universes/{self.part(universe_id)}/visual",
            {200: PartOut},
            query={"filled": filled},
        )

    def parts_change_visual(
        self,
        universe_id: UUID | str,
        body: Merge | Mapping[str, Any],
        *,
        if_match: str | None = None,
    ) -> PartOut:
        """Change how a universe looks by merge patch."""
        return self.call(
            "PATCH",
            f"universes/{self.part(universe_id)}/visual",
            {200: PartOut},
            headers={"If-Match": if_match},
            body=body,
        )

    def users_read(self, handle: str) -> PublicOut:
        """Look somebody up by their handle."""
        return self.call("GET", f"users/{self.part(handle)}", {200: PublicOut})

    def users_avatar(self, user_id: UUID | str) -> bytes:
        """Fetch somebody's picture."""
        return self.call("GET", f"users/{self.part(user_id)}/avatar", {200: bytes, 206: bytes})

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
