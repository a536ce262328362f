"""Licences: what others may do with a copy, and which licences the copy may have."""

from app.errors import Forbidden, ParameterError
from app.models import Universe
from app.services.sharing_views import LicenceView
from app.services.work import Caller

DEFAULT = "CC-BY-4.0"
_CC = "https://creativecommons.org"
_FREE = ("CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0",
         "CC-BY-ND-4.0", "CC-BY-NC-ND-4.0", "all-rights-reserved")  # fmt: skip
_NAMED = _FREE[1:7]  # every one of these asks for the name of who made it
_TABLE = (
    ("CC0-1.0", "Public domain", "publicdomain/zero/1.0", _FREE),
    ("CC-BY-4.0", "Attribution", "licenses/by/4.0", _NAMED),
    ("CC-BY-SA-4.0", "Attribution, share alike", "licenses/by-sa/4.0", ("CC-BY-SA-4.0",)),
    (
        "CC-BY-NC-4.0",
        "Attribution, not for sale",
        "licenses/by-nc/4.0",
        ("CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "CC-BY-NC-ND-4.0"),
    ),
    (
        "CC-BY-NC-SA-4.0",
        "Attribution, not for sale, share alike",
        "licenses/by-nc-sa/4.0",
        ("CC-BY-NC-SA-4.0",),
    ),
    ("CC-BY-ND-4.0", "Attribution, no changes", "licenses/by-nd/4.0", ()),
    ("CC-BY-NC-ND-4.0", "Attribution, not for sale, no changes", "licenses/by-nc-nd/4.0", ()),
    ("all-rights-reserved", "All rights reserved", None, ()),
)
LICENCES = {
    id: LicenceView(id, name, f"{_CC}/{path}/" if path else None, bool(heirs), heirs)
    for id, name, path, heirs in _TABLE
}


def require_forkable(universe: Universe, caller: Caller) -> None:
    """Refuse a fork that the licence does not let others make; one's own may always be copied."""
    if universe.owner_id is not None and universe.owner_id == caller.user_id:
        return
    if not LICENCES[universe.licence].forks:
        raise Forbidden(
            f"its licence, {universe.licence}, lets nobody but the owner make a copy",
            code="licence_forbids",
        )


def require_heir(universe: Universe, licence: str) -> None:
    """Refuse a licence that a fork may not have because of what it was made from."""
    own = LICENCES[universe.licence]
    # A fork of one's own came under no licence, and has whatever one likes from the beginning.
    if universe.copied_from is None or licence == own.id or not own.forks or licence in own.heirs:
        return
    raise ParameterError(
        f"this is a fork under {own.id}; it may go on under {', '.join(own.heirs)}",
        code="licence_forbids",
    )
