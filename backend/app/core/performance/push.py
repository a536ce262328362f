"""How a performance obeys an entry of its journal: an edit of the document, or a push."""

from collections.abc import Mapping
from typing import Any, Protocol

from app.core.document.pushes import PUSH, is_push


class Pushable(Protocol):
    """A performance, as far as entries of a journal go."""

    @property
    def document(self) -> Any:
        """The universe as it is now."""

    def edit(self, document: Any) -> None:
        """Obey another document from the next tick on."""

    def push(self, pushes: Mapping[str, Mapping[str, Any]]) -> None:
        """Give bodies another velocity or place from the next tick on."""


def obey(performance: Pushable, patch: Mapping[str, Any]) -> None:
    """Have a performance obey an entry of its journal; raises DocumentError for a wrong patch."""
    if is_push(patch):
        performance.push(patch[PUSH])
    else:
        performance.edit(performance.document.patched(patch))
