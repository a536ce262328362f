"""Profiles: what people tell of themselves, and how they like their studio."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.crud import users
from app.errors import Conflict, InputError, NotFound
from app.formats import portrait
from app.models import User
from app.services.account_views import PictureView, Preferences, ProfileView, PublicView
from app.services.work import Work

PREFERENCES = ("theme", "motion", "language")


def me(work: Work) -> ProfileView:
    """Return the caller's own profile."""
    return viewed(own(work))


def change(work: Work, changes: Mapping[str, Any]) -> ProfileView:
    """Change the caller's own profile; what is not named stays."""
    user = own(work)
    handle = changes.get("handle")
    if handle is not None and handle != user.handle and users.find_by_handle(work.session, handle):
        raise Conflict("somebody else has this handle; take another", code="handle_taken")
    for name in ("handle", "display_name", "bio", "colour"):
        if name in changes:
            setattr(user, name, changes[name])
    for name, value in changes.get("preferences", {}).items():
        setattr(user, name, value)
    work.session.flush()
    return viewed(user)


def person(work: Work, handle: str) -> PublicView:
    """Return what everybody may know of somebody."""
    user = users.find_by_handle(work.session, handle)
    if user is None or user.disabled_at is not None:
        raise NotFound("nobody has this handle")
    return PublicView(user.id, handle, user.display_name, user.bio, user.colour, user.avatar)


def show(work: Work, picture: bytes) -> ProfileView:
    """Take a picture of the caller: it is drawn anew, small and without anything hidden in it."""
    user = own(work)
    work.tools.throttle.spend("pictures", str(user.id))
    work.release()  # nobody waits while it is drawn
    try:
        drawn = portrait.redrawn(picture)
    except portrait.NotAPicture as fault:
        raise InputError(str(fault), code="invalid_picture") from fault
    users.keep_avatar(work.session, user, drawn.content, drawn.sha256)
    return viewed(user)


def hide(work: Work) -> None:
    """Take the caller's picture away."""
    users.drop_avatar(work.session, own(work))


def picture(work: Work, user_id: UUID) -> PictureView:
    """Return somebody's picture; everybody may see it."""
    found = users.find_avatar(work.session, user_id)
    if found is None:
        raise NotFound("there is no picture")
    return PictureView(found.picture, found.sha256, portrait.MEDIA_TYPE)


def own(work: Work) -> User:
    """Return the caller's row."""
    user = users.find(work.session, work.caller.required_id)
    assert user is not None, "the caller was found a moment ago in this transaction"
    return user


def viewed(user: User) -> ProfileView:
    """Return somebody as a frozen value."""
    return ProfileView(
        id=user.id,
        email=user.email,
        email_confirmed=user.email_confirmed_at is not None,
        handle=user.handle,
        display_name=user.display_name,
        bio=user.bio,
        colour=user.colour,
        picture=user.avatar,
        preferences=Preferences(user.theme, user.motion, user.language),
        created_at=user.created_at,
    )
