"""/api/v1/auth: registering, signing in and out, passwords, addresses and devices."""

from uuid import UUID

from flask import request

from app.api import cookies
from app.api.door import Room, door
from app.api.examples import accounts as examples
from app.errors import Unauthenticated
from app.schemas.accounts import (
    EmailIn,
    ForgottenIn,
    LoginIn,
    OpeningIn,
    PasswordIn,
    PendingOut,
    ProfileOut,
    RefreshIn,
    RegisterIn,
    ResetIn,
    SignInOut,
    SignInsOut,
)
from app.schemas.shared import ClientHeader
from app.services import accounts, credentials, signins
from app.services.account_views import PendingView, ProfileView, SignInView
from app.services.once import Answer
from app.services.wordings import language_of
from app.services.work import Work

room = Room("auth", __name__, url_prefix=cookies.PATH, abp_tags=[{"name": "auth"}])
SIGNS_IN = {"reply": SignInOut, "open": True, "header": ClientHeader, "finish": cookies.keep}


def _registered(work: Work, before: Answer, body: RegisterIn) -> SignInView | PendingView:
    """Answer who registers again under one key: they sign in anew, or still have their letter."""
    if before.status == 202 and before.given_at is not None:
        return accounts.promised(work, email=body.email, asked_at=before.given_at)
    return accounts.login(work, email=body.email, password=body.password, device=cookies.client())


@room.post("/register")
@door(
    **SIGNS_IN,
    body=RegisterIn,
    status=201,
    accepted=PendingOut,
    once=True,
    again=_registered,
    secret=True,
    example=examples.REGISTER,
)
def register(work: Work, body: RegisterIn) -> SignInView | PendingView:
    """Make an account and sign in; 202 where a letter has to be answered first."""
    return accounts.register(
        work,
        email=body.email,
        password=body.password,
        display_name=body.display_name,
        device=cookies.client(),
        language=language_of(*request.accept_languages.values()),
    )


@room.post("/confirm")
@door(**SIGNS_IN, body=OpeningIn, example=examples.CONFIRM)
def confirm(work: Work, body: OpeningIn) -> SignInView:
    """Open the account that a letter's link promises, with its password, and sign in."""
    return accounts.confirm(work, body.token, password=body.password, device=cookies.client())


@room.post("/login")
@door(**SIGNS_IN, body=LoginIn, example=examples.LOGIN)
def login(work: Work, body: LoginIn) -> SignInView:
    """Sign in."""
    return accounts.login(work, email=body.email, password=body.password, device=cookies.client())


@room.post("/refresh")
@door(**SIGNS_IN, body=RefreshIn, optional_body=True, example=examples.REFRESH)
def refresh(work: Work, body: RefreshIn) -> SignInView:
    """Exchange the refresh token for a fresh pair; each can be used once."""
    token = cookies.refresh_token(body.refresh_token)
    if token is None:
        raise Unauthenticated("there is no refresh token", code="invalid_token")
    return signins.refresh(work, token)


@room.post("/logout")
@door(
    body=RefreshIn,
    open=True,
    optional_body=True,
    header=ClientHeader,
    finish=cookies.drop,
    example=examples.LOGOUT,
)
def logout(work: Work, body: RefreshIn) -> None:
    """Sign out here: the access token and the refresh token of this sign-in count no more."""
    signins.logout(work, cookies.refresh_token(body.refresh_token))


@room.get("/sessions")
@door(reply=SignInsOut, example=examples.SESSIONS)
def sessions(work: Work) -> dict[str, object]:
    """List where one is signed in."""
    return {"items": signins.listing(work)}


@room.delete("/sessions")
@door()
def end_other_sessions(work: Work) -> None:
    """Sign out everywhere but here."""
    signins.end_others(work)


@room.delete("/sessions/<uuid:session_id>")
@door()
def end_session(work: Work, session_id: UUID) -> None:
    """Sign out on one device."""
    signins.end(work, session_id)


@room.post("/password")
@door(body=PasswordIn, example=examples.PASSWORD)
def change_password(work: Work, body: PasswordIn) -> None:
    """Change one's password; every other device is signed out."""
    credentials.change_password(work, current=body.current, new=body.new)


@room.post("/password/forgotten")
@door(body=ForgottenIn, reply=PendingOut, status=202, open=True, example=examples.FORGOTTEN)
def forgotten(work: Work, body: ForgottenIn) -> PendingView:
    """Ask for a letter with which to choose a new password; the answer is the same for nobody."""
    return credentials.forgotten(work, body.email)


@room.post("/password/reset")
@door(body=ResetIn, open=True, example=examples.RESET)
def reset_password(work: Work, body: ResetIn) -> None:
    """Choose a new password by a letter's link; every device is signed out."""
    credentials.reset_password(work, token=body.token, password=body.password)


@room.post("/email")
@door(body=EmailIn, reply=ProfileOut, accepted=PendingOut, example=examples.EMAIL)
def change_email(work: Work, body: EmailIn) -> ProfileView | PendingView:
    """Change one's address; 202 where a letter to the new one has to be answered first."""
    return credentials.change_email(work, password=body.password, email=body.email)


@room.post("/email/confirm")
@door(body=OpeningIn, open=True, example=examples.CONFIRM_EMAIL)
def confirm_email(work: Work, body: OpeningIn) -> None:
    """Move an account to the address whose letter's link was followed; the old one is told."""
    credentials.confirm_email(work, body.token, password=body.password)
