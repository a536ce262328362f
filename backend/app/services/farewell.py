"""Leaving: an account goes with all that is its own, and its work for others stays."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from app.crud import belongings, universes, users
from app.errors import Conflict, InputError
from app.models import User
from app.services import access, credentials, history, post, signins
from app.services.views import UniverseGone
from app.services.work import Work, Works


@dataclass(frozen=True, slots=True)
class AccountGone:
    """An account was deleted with these files of exports; announced after the commit."""

    user_id: UUID
    files: tuple[str, ...]


def leave(work: Work, *, password: str, heir: str | None, delete_universes: bool) -> None:
    """Delete the caller's account. Its universes go to the heir, or with it if that was said.

    What the caller did and wrote elsewhere stays, without a name. Every device and key ends now.
    """
    user = credentials.require_password(work, password)
    owned = belongings.universe_ids(work.session, user.id)
    if owned and heir is None and not delete_universes:
        raise Conflict(
            f"you own {len(owned)} universes: name an heir, or say that they are deleted",
            code="universes_left",
        )
    files = belongings.files(work.session, user.id, [] if heir else owned)
    if heir is not None:
        _hand_on(work, owned, _heir(work, user, heir, len(owned)))
    else:
        _delete(work, owned)
    signins.end_all(work, user.id, "deleted")
    post.put(work, "gone", user.email, language=user.language)
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


def _heir(work: Work, user: User, handle: str, count: int) -> User:
    heir = users.find_by_handle(work.session, handle)
    if heir is None or heir.disabled_at is not None or heir.id == user.id:
        raise InputError("the heir has to be somebody else with an account", code="no_heir")
    most = work.tools.limits.universes_per_user
    users.hold(work.session, heir.id)
    if universes.count_own(work.session, heir.id) + count > most:
        raise Conflict(f"the heir would have over {most} universes", code="heir_full")
    return heir


def _hand_on(work: Work, owned: list[UUID], heir: User) -> None:
    told = {"act": "inherited", "user": str(heir.id), "role": access.OWNER}
    for universe_id in owned:
        universe = universes.find_for_edit(work.session, universe_id)
        assert universe is not None, "it was found a moment ago in this transaction"
        belongings.drop_membership(work.session, universe_id, heir.id)
        universe.owner_id = heir.id
        history.record(work, universe, "access", data=told)


def _delete(work: Work, owned: list[UUID]) -> None:
    for universe_id in owned:
        universe = universes.find_for_edit(work.session, universe_id)
        assert universe is not None, "it was found a moment ago in this transaction"
        universes.drop(work.session, universe)
        work.announce(UniverseGone(universe_id))
