"""Lists that come a page at a time."""

from collections.abc import Callable, Iterator, Sequence
from typing import ParamSpec, Protocol, TypeVar

Item = TypeVar("Item")
Kept = TypeVar("Kept", covariant=True)
Asked = ParamSpec("Asked")


class Page(Protocol[Kept]):
    """A page of a list, and where the next one begins."""

    @property
    def items(self) -> Sequence[Kept]:
        """What is on it."""

    @property
    def next_cursor(self) -> str | None:
        """Of the page that follows; None on the last."""


def each(
    index: Callable[Asked, Page[Item]], /, *args: Asked.args, **wanted: Asked.kwargs
) -> Iterator[Item]:
    """Go through a whole list, page after page: `each(mundi.history_index, universe.id, act="edit")`."""
    page = index(*args, **wanted)
    yield from page.items
    while page.next_cursor is not None:
        page = index(*args, **{**wanted, "cursor": page.next_cursor})  # type: ignore[arg-type]  # every list takes one
        yield from page.items
