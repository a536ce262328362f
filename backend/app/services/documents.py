"""Documents by their hash: a universe that is edited often is read once."""

import threading
from collections import OrderedDict

from app.core.document import Document, reread


class Documents:
    """The documents used last. A document is frozen and its hash names it, so none goes stale."""

    def __init__(self, *, most: int = 64) -> None:
        self._most = most
        self._known: OrderedDict[str, Document] = OrderedDict()
        self._lock = threading.Lock()

    def known(self, sha256: str) -> Document | None:
        """Return a document if it was used lately."""
        with self._lock:
            found = self._known.get(sha256)
            if found is not None:
                self._known.move_to_end(sha256)
            return found

    def of(self, text: str, sha256: str, *, sound: bool = False) -> Document:
        """Return the document a stored text is, whatever the grammar of today says of it."""
        return self.known(sha256) or self.keep(reread(text, sha256, sound=sound))

    def keep(self, document: Document) -> Document:
        """Remember a document."""
        with self._lock:
            self._known[document.sha256] = document
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return document
