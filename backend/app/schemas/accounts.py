"""Accounts on the wire: signing in, profiles, and what proves who one is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from app.schemas.shared import Given, Line, Patch, Taken, Visible

EMAIL, PASSWORD = "ada@example.org", "correct horse battery"
TOKEN = "from the letter's link"  # noqa: S105 -- an explanation
Theme = Literal["system", "dark", "light"]
Motion = Literal["system", "full", "reduced"]


class RegisterIn(Taken):
    """A new account."""

    email: str = Field(min_length=3, max_length=320, examples=[EMAIL])
    password: str = Field(min_length=8, max_length=128, examples=[PASSWORD])
    display_name: Line | None = Field(default=None, min_length=1, max_length=80, examples=["Ada"])


class LoginIn(Taken):
    """Who signs in."""

    email: str = Field(max_length=320, examples=[EMAIL])
    password: str = Field(max_length=1024, examples=[PASSWORD])


class RefreshIn(Taken):
    """A refresh token, from clients without cookies."""

    refresh_token: str | None = Field(default=None, max_length=128)


class LetterIn(Taken):
    """What a letter's link carries."""

    token: str = Field(max_length=128, description=TOKEN)


class OpeningIn(LetterIn):
    """What a letter's link carries, with the password of the account it is about."""

    password: str = Field(max_length=1024)


class PasswordIn(Taken):
    """Another password."""

    current: str = Field(max_length=1024)
    new: str = Field(min_length=8, max_length=128)


class ForgottenIn(Taken):
    """Who forgot their password."""

    email: str = Field(min_length=3, max_length=320, examples=[EMAIL])


class ResetIn(LetterIn):
    """A new password, by a letter's link."""

    password: str = Field(min_length=8, max_length=128)


class EmailIn(Taken):
    """Another address; the password is asked again."""

    email: str = Field(min_length=3, max_length=320, examples=[EMAIL])
    password: str = Field(max_length=1024)


class PreferencesPatch(Patch):
    """How one likes one's studio; what is left out stays."""

    theme: Theme | None = None
    motion: Motion | None = Field(default=None, description="`reduced`: as little as can be")
    language: str | None = Field(
        default=None,
        max_length=35,
        pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$",
        description="BCP 47; letters come in it where it is English, German, French, Spanish, "
        "Italian or Dutch, else in English",
    )


class ProfilePatch(Patch):
    """What somebody may change of their own profile; what is left out stays."""

    erasable: ClassVar[frozenset[str]] = frozenset(("handle", "colour"))

    handle: str | None = Field(
        default=None,
        min_length=3,
        max_length=32,
        pattern=r"^[a-z0-9][a-z0-9-]*[a-z0-9]$",
        description="by which others find one; null gives it back",
    )
    display_name: Line | None = Field(default=None, min_length=1, max_length=80)
    bio: Visible | None = Field(default=None, max_length=500)
    colour: str | None = Field(default=None, pattern=r"^#[0-9a-f]{6}$", description="#rrggbb")
    preferences: PreferencesPatch | None = None

    def changes(self) -> Mapping[str, Any]:
        """Return what was named, and nothing else."""
        return self.model_dump(exclude_unset=True)


class LeaveIn(Taken):
    """Deleting an account: what becomes of its universes has to be said if there are any."""

    password: str = Field(max_length=1024)
    heir: str | None = Field(
        default=None, max_length=32, description="the handle of who is offered the universes"
    )
    delete_universes: bool = Field(default=False, description="true: delete them for good")

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if self.heir is not None and self.delete_universes:
            raise ValueError("either name an heir or delete the universes")
        return self


class PreferencesOut(Given):
    """How somebody likes their studio."""

    theme: Theme
    motion: Motion
    language: str


class _Pictured(Given):
    """Somebody whose picture has an address."""

    avatar: str | None = Field(description="where their picture is; it may be kept for ever")

    @model_validator(mode="before")
    @classmethod
    def _from_view(cls, view: Any) -> Any:
        if isinstance(view, dict):
            return view
        own = {name: getattr(view, name) for name in cls.model_fields if hasattr(view, name)}
        return own | {"avatar": avatar_path(view.id, view.picture)}


def avatar_path(user_id: UUID, picture: str | None) -> str | None:
    """Return where a picture is served; another picture has another address."""
    return f"/api/v1/users/{user_id}/avatar?v={picture[:16]}" if picture else None


class ProfileOut(_Pictured):
    """Somebody, as they themselves see them."""

    id: UUID
    email: str
    email_confirmed: bool
    handle: str | None
    display_name: str
    bio: str
    colour: str | None
    preferences: PreferencesOut
    created_at: datetime


class PublicOut(_Pictured):
    """Somebody, as everybody may look them up."""

    id: UUID
    handle: str
    display_name: str
    bio: str
    colour: str | None


class SignInOut(Given):
    """Who is signed in, with the tokens that prove it."""

    user: ProfileOut
    access_token: str = Field(description="for `Authorization: Bearer`")
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 -- the kind of a token, not one
    expires_in_s: int
    refresh_token: str | None = Field(
        default=None, description="single-use; null for the studio, which gets a cookie"
    )

    @classmethod
    def encoded_without_refresh(cls, view: Any) -> str:
        """Write a sign-in for a browser, whose refresh token travels in a cookie."""
        return cls.model_validate(view).model_dump_json(exclude={"refresh_token"})


class PendingOut(Given):
    """A letter is on its way, if there is anybody to get it; its link does the rest."""

    sent_to: str
    expires_in_s: int = Field(description="how long the link will do")


class SignedInOut(Given):
    """A device one is signed in on."""

    id: UUID
    client: Literal["studio", "script"]
    label: str = Field(description="what the device says of itself")
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime
    current: bool = Field(description="whether this request comes from it")


class SignInsOut(Given):
    """Every device one is signed in on, the latest used first."""

    items: tuple[SignedInOut, ...]
