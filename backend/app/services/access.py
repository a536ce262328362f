"""Who may do what with a universe: asked here and nowhere else.

    owner      everything: sharing, members, links, licence, deleting
    editor     changes the document
    performer  plays, pauses, seeks and pushes bodies; the document stays as it is
    viewer     looks, listens, comments when signed in, copies where the licence lets them

Somebody's role is the highest that owning, membership, a share link or the universe being open
gives them now. It is read from the database at each act, in the transaction of the act.
"""

from app.crud import members
from app.errors import Forbidden, NotFound
from app.models import Universe
from app.services.work import Caller

VIEWER, PERFORMER, EDITOR, OWNER = "viewer", "performer", "editor", "owner"
RANK = {VIEWER: 1, PERFORMER: 2, EDITOR: 3, OWNER: 4}
_ASK = "ask"


def role(universe: Universe, caller: Caller, *, member: str | None = _ASK) -> str | None:
    """Return what somebody is to a universe; None if they may not even know of it.

    `member` is the role of their membership where whoever asks has read it already.
    """
    if caller.kind == "system" or _owns(universe, caller):
        return OWNER
    if universe.example:
        return VIEWER
    if member == _ASK:
        member = members.role_of(universe, caller.user_id) if caller.user_id else None
    found = (member, _as_guest(universe, caller), _as_passer_by(universe, caller))
    return max(filter(None, found), key=RANK.__getitem__, default=None)


def at_least(found: str | None, needed: str) -> bool:
    """Tell whether a role reaches another."""
    return found is not None and RANK[found] >= RANK[needed]


def require_viewer(universe: Universe | None, caller: Caller) -> Universe:
    """Return the universe if the caller may see it; else it is not there for them."""
    if universe is None or role(universe, caller) is None:
        raise NotFound("there is no such universe")
    return universe


def require_performer(universe: Universe | None, caller: Caller) -> Universe:
    """Return the universe if the caller may lead its performance."""
    return _require(universe, caller, PERFORMER)


def require_editor(
    universe: Universe | None, caller: Caller, *, member: str | None = _ASK
) -> Universe:
    """Return the universe if the caller may change its document."""
    return _require(universe, caller, EDITOR, member=member)


def require_owner(universe: Universe | None, caller: Caller) -> Universe:
    """Return the universe if it is the caller's own."""
    return _require(universe, caller, OWNER)


def _owns(universe: Universe, caller: Caller) -> bool:
    return universe.owner_id is not None and universe.owner_id == caller.user_id


def _as_guest(universe: Universe, caller: Caller) -> str | None:
    seat = caller.seat
    return seat.role if seat is not None and seat.universe_id == universe.id else None


def _as_passer_by(universe: Universe, caller: Caller) -> str | None:
    if universe.visibility == "private":
        return None
    return VIEWER if caller.user_id is None else universe.link_role


def _require(
    universe: Universe | None, caller: Caller, needed: str, *, member: str | None = _ASK
) -> Universe:
    found = None if universe is None else role(universe, caller, member=member)
    if universe is None or found is None:
        raise NotFound("there is no such universe")
    if at_least(found, needed):
        return universe
    # Who comes with nothing is asked to sign in first: with an account they may own it.
    if caller.seat is None:
        _ = caller.required_id
    raise Forbidden(f"this needs the {needed}'s rights; make a copy and change that")
