"""Stars: what people like, counted."""

from uuid import UUID

from app.crud import stars, universes
from app.models import Star
from app.services import access
from app.services.sharing_views import StarView
from app.services.work import Work


def star(work: Work, universe_id: UUID) -> StarView:
    """Like a universe; liking it again changes nothing."""
    return _set(work, universe_id, wanted=True)


def unstar(work: Work, universe_id: UUID) -> StarView:
    """Like a universe no more."""
    return _set(work, universe_id, wanted=False)


def _set(work: Work, universe_id: UUID, *, wanted: bool) -> StarView:
    user_id = work.caller.required_id
    universe = access.require_viewer(
        universes.find_for_edit(work.session, universe_id), work.caller
    )
    here = stars.find(work.session, user_id, universe_id)
    if (here is not None) == wanted:
        return StarView(universe.stars, wanted)
    if here is None:
        fresh = Star(user_id=user_id, universe_id=universe_id, created_at=work.now)
        stars.keep(work.session, fresh)
    else:
        stars.drop(work.session, here)
    more = 1 if wanted else -1
    universes.count_stars(work.session, universe_id, more)
    return StarView(universe.stars + more, wanted)
