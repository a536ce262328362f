"""/api/v1/auth: registering, signing in and out, and one's own profile."""

from typing import Any

from flask import Response, current_app, request

from app.api.door import Room, door
from app.api.examples import accounts as examples
from app.errors import Unauthenticated
from app.schemas.accounts import (
    LoginIn,
    ProfileOut,
    ProfilePatch,
    RefreshIn,
    RegisterIn,
    SignInOut,
)
from app.schemas.shared import ClientHeader
from app.services import accounts
from app.services.views import ProfileView, SignInView
from app.services.work import Work

PATH = "/api/v1/auth"
COOKIE = "mundi_refresh"
room = Room("auth", __name__, url_prefix=PATH, abp_tags=[{"name": "auth"}])


def _client() -> str:
    # A page elsewhere cannot add this header without asking first, so no form can use the cookie.
    return "studio" if request.headers.get("X-Mundi-Client") == "studio" else "script"


def _keep_cookie(response: Response, view: SignInView) -> None:
    """Move the refresh token from the body into a cookie, for browsers."""
    if _client() != "studio":
        return
    response.set_data(SignInOut.encoded_without_refresh(view))
    response.set_cookie(
        COOKIE,
        view.refresh_token,
        expires=view.refresh_expires_at,
        path=PATH,
        httponly=True,
        samesite="Strict",
        secure=current_app.config["SECURE_COOKIES"],
    )


def _drop_cookie(response: Response, _view: Any) -> None:
    response.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="Strict")


def _refresh_token(body: RefreshIn) -> str | None:
    cookie = request.cookies.get(COOKIE) if _client() == "studio" else None
    return body.refresh_token or cookie


@room.post("/register")
@door(
    body=RegisterIn,
    reply=SignInOut,
    status=201,
    open=True,
    header=ClientHeader,
    finish=_keep_cookie,
    example=examples.REGISTER,
)
def register(work: Work, body: RegisterIn) -> SignInView:
    """Make an account and sign in."""
    return accounts.register(
        work,
        email=body.email,
        password=body.password,
        display_name=body.display_name,
        client=_client(),
    )


@room.post("/login")
@door(
    body=LoginIn,
    reply=SignInOut,
    open=True,
    header=ClientHeader,
    finish=_keep_cookie,
    example=examples.LOGIN,
)
def login(work: Work, body: LoginIn) -> SignInView:
    """Sign in."""
    return accounts.login(work, email=body.email, password=body.password, client=_client())


@room.post("/refresh")
@door(
    body=RefreshIn,
    reply=SignInOut,
    open=True,
    optional_body=True,
    header=ClientHeader,
    finish=_keep_cookie,
    example=examples.REFRESH,
)
def refresh(work: Work, body: RefreshIn) -> SignInView:
    """Exchange the refresh token for a fresh pair; each can be used once."""
    token = _refresh_token(body)
    if token is None:
        raise Unauthenticated("there is no refresh token", code="invalid_token")
    return accounts.refresh(work, token)


@room.post("/logout")
@door(
    body=RefreshIn,
    open=True,
    optional_body=True,
    header=ClientHeader,
    finish=_drop_cookie,
    example=examples.LOGOUT,
)
def logout(work: Work, body: RefreshIn) -> None:
    """Sign out here: the access token and the refresh token of this sign-in count no more."""
    accounts.logout(work, _refresh_token(body))


@room.get("/me")
@door(reply=ProfileOut, example=examples.ME)
def me(work: Work) -> ProfileView:
    """Read one's own profile."""
    return accounts.me(work)


@room.patch("/me")
@door(body=ProfilePatch, reply=ProfileOut, example=examples.CHANGE_ME)
def change_me(work: Work, body: ProfilePatch) -> ProfileView:
    """Change one's own profile."""
    changes = body.model_dump(exclude_unset=True)
    return accounts.change_me(work, display_name=changes.get("display_name"))
