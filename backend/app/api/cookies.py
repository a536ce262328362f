"""The refresh token of a browser: in a cookie that no script can read, and no other page can use."""

from typing import Any

from flask import Response, current_app, request

from app.schemas.accounts import SignInOut
from app.services.account_views import SignInView
from app.services.signins import Device
from app.utils.device import device

PATH = "/api/v1/auth"
COOKIE = "mundi_refresh"


def client() -> Device:
    """Return what signs in, by what the request says of it."""
    return Device("studio" if _studio() else "script", device(request.user_agent.string))


def keep(response: Response, view: SignInView) -> None:
    """Move the refresh token from the body into a cookie, for browsers."""
    if not _studio():
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


def drop(response: Response, _view: Any) -> None:
    """Have a browser forget its refresh token."""
    response.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="Strict")


def refresh_token(given: str | None) -> str | None:
    """Return the refresh token of a request: from its body, or for the studio from the cookie."""
    return given or (request.cookies.get(COOKIE) if _studio() else None)


def _studio() -> bool:
    # A page elsewhere cannot add this header without asking first, so no form can use the cookie.
    return request.headers.get("X-Mundi-Client") == "studio"
