"""Who may do what with a universe: asked here and nowhere else."""

from app.errors import Forbidden, NotFound
from app.models import Universe
from app.services.work import Caller

VIEWER, EDITOR, OWNER = "viewer", "editor", "owner"
_RANK = {VIEWER: 1, EDITOR: 2, OWNER: 3}


def role(universe: Universe, caller: Caller) -> str | None:
    """Return what somebody is to a universe; None if they may not even know of it."""
    if caller.kind == "system":
        return OWNER
    if universe.owner_id is not None and universe.owner_id == caller.user_id:
        return OWNER
    if universe.visibility == "private":
        return None
    if universe.example or caller.user_id is None:
        return VIEWER
    return EDITOR if universe.link_role == "editor" else VIEWER


def require_viewer(universe: Universe | None, caller: Caller) -> Universe:
    """Return the universe if the caller may see it; else it is not there for them."""
    if universe is None or role(universe, caller) is None:
        raise NotFound("there is no such universe")
    return universe


def require_editor(universe: Universe | None, caller: Caller) -> Universe:
    """Return the universe if the caller may change its document."""
    return _require(universe, caller, EDITOR)


def require_owner(universe: Universe | None, caller: Caller) -> Universe:
    """Return the universe if it is the caller's own."""
    return _require(universe, caller, OWNER)


def _require(universe: Universe | None, caller: Caller, needed: str) -> Universe:
    seen = require_viewer(universe, caller)
    if caller.kind == "system":
        return seen
    # A guest is asked to sign in first: with an account they may turn out to be the owner.
    if _RANK[role(seen, caller) or VIEWER] < _RANK[needed]:
        _ = caller.required_id
        raise Forbidden(f"this needs the {needed}'s rights; make a copy and change that")
    return seen
