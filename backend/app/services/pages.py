"""Lists by stretches: a sealed cursor names the last item of the page before."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from app.services import history
from app.services.views import PageView
from app.services.work import Work

Item = TypeVar("Item")


def last_of(work: Work, purpose: str, cursor: str | None) -> UUID | None:
    """Return the identifier a cursor carries; one that another list gave is refused."""
    found = history.opened(work, purpose, cursor)
    return None if found is None else UUID(found)


def page_of(
    work: Work, purpose: str, found: Sequence[Item], limit: int, mark: Callable[[Item], Any]
) -> PageView[Item]:
    """Make a page of at most `limit` items of which one more was looked for."""
    items = tuple(found[:limit])
    if len(found) <= limit:
        return PageView(items, None)
    return PageView(items, work.tools.seal.seal(purpose, mark(items[-1])))
