"""Lists of universes: one's own, shared with one, starred, public, templates; searched, sorted."""

from datetime import datetime
from typing import Any
from uuid import UUID

from app.crud import catalogue as lists
from app.services import findable, history, universes
from app.services.pages import page_of
from app.services.views import BriefView, PageView
from app.services.work import Work

OPEN = ("public", "templates")


def listing(
    work: Work,
    *,
    scope: str,
    sort: str = "new",
    text: str | None = None,
    tags: str | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> PageView[BriefView]:
    """List universes of a scope in an order, those that have every word and every tag."""
    caller = work.caller.user_id if scope in OPEN else work.caller.required_id
    wanted = lists.Wanted(
        scope=scope,
        sort=sort,
        words=findable.terms_of(text) if text is not None else (),
        tags=findable.marks_of(tags) if tags is not None else (),
    )
    # A cursor is of one list: of these words, in this order, and of nobody else's own.
    purpose = f"universes {wanted} {None if scope in OPEN else caller}"
    after = _opened(history.opened(work, purpose, cursor), sort)
    found = lists.page(work.session, wanted, caller=caller, after=after, limit=limit + 1)
    page = page_of(work, purpose, found, limit, lambda one: _sealed(lists.mark(one.universe, sort)))
    items = tuple(universes.brief(work, one) for one in page.items)
    return PageView(items, page.next_cursor)


def _sealed(mark: list[Any]) -> list[Any]:
    return [value.isoformat() if isinstance(value, datetime) else _plain(value) for value in mark]


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value


def _opened(mark: list[Any] | None, sort: str) -> list[Any] | None:
    if mark is None:
        return None
    first = [datetime.fromisoformat(mark[0])] if sort == "recent" else mark[:-1]
    return [*first, UUID(mark[-1])]
