"""Leaving: an account goes with all that is its own, and its work for others stays.

Universes left to an heir are offered, not given: until the heir accepts they have no owner, and go
on as they are for everybody else. They are deleted when the heir declines, leaves as well, or has
not accepted within `OFFERED`. Who has as many universes as there may be accepts once there is room.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from app.crud import belongings, universes, users
from app.errors import Conflict, InputError
from app.models import User
from app.services import access, credentials, history, post, promises, sharing, signins
from app.services.views import UniverseGone
from app.services.work import Work, Works

OFFERED = timedelta(days=90)
LAPSED_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class AccountGone:
    """An account was deleted with these files of exports; announced after the commit."""

    user_id: UUID
    files: tuple[str, ...]


def leave(work: Work, *, password: str, heir: str | None, delete_universes: bool) -> None:
    """Delete the caller's account. Its universes are offered to the heir, or go with it if that was said.

    What the caller did and wrote elsewhere stays, without a name. Every device and key ends now.
    """
    user = credentials.require_password(work, password)
    owned = belongings.universe_ids(work.session, user.id)
    if owned and heir is None and not delete_universes:
        raise Conflict(
            f"you own {len(owned)} universes: name an heir, or say that they are deleted",
            code="universes_left",
        )
    lost = belongings.unowned_ids(work.session, user.id)  # left to them, and not accepted
    ending = lost if heir else [*owned, *lost]
    files = belongings.files(work.session, user.id, ending)
    if heir is not None:
        _bequeath(work, owned, _heir(work, user, heir))
    _delete(work, ending)
    signins.end_all(work, user.id, "deleted")
    post.put(work, "gone", user.email, language=user.language)
    promises.withdraw(work, user.id, "email")
    belongings.forget(work.session, user.id)
    users.drop(work.session, user)
    work.announce(AccountGone(user.id, tuple(files)))


def cleaning(works: Works) -> Callable[[object], None]:
    """Return a listener that removes the files of those who left."""

    def clean(news: object) -> None:
        if isinstance(news, AccountGone):
            for name in news.files:
                (works.tools.files / name).unlink(missing_ok=True)

    return clean


def lapse(work: Work) -> None:
    """Delete the universes left to an heir who has not accepted them in time."""
    _delete(work, belongings.lapsed_ids(work.session, work.now - OFFERED, most=LAPSED_AT_ONCE))


def _heir(work: Work, user: User, handle: str) -> User:
    heir = users.find_by_handle(work.session, handle)
    if heir is None or heir.disabled_at is not None or heir.id == user.id:
        raise InputError("the heir has to be somebody else with an account", code="no_heir")
    return heir


def _bequeath(work: Work, owned: list[UUID], heir: User) -> None:
    told = {"act": "bequeathed", "user": str(heir.id), "role": access.OWNER}
    for universe_id in owned:
        universe = universes.find_for_edit(work.session, universe_id)
        assert universe is not None, "it was found a moment ago in this transaction"
        sharing.bequeath(work, universe, heir.id)
        history.record(work, universe, "access", data=told)
    if owned:
        post.put(work, "heir", heir.email, language=heir.language)


def _delete(work: Work, owned: list[UUID]) -> None:
    for universe_id in owned:
        universe = universes.find_for_edit(work.session, universe_id)
        assert universe is not None, "it was found a moment ago in this transaction"
        universes.drop(work.session, universe)
        work.announce(UniverseGone(universe_id))
