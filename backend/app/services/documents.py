"""Judged documents by their hash: a universe that is edited often is parsed once."""

import threading
from collections import OrderedDict

from app.core.document import Document, parse


class Documents:
    """The documents used last. A document is frozen and its hash names it, so none goes stale."""

    def __init__(self, *, most: int = 64) -> None:
        self._most = most
        self._known: OrderedDict[str, Document] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, text: str, sha256: str) -> Document:
        """Return the document a stored text is."""
        with self._lock:
            known = self._known.get(sha256)
            if known is not None:
                self._known.move_to_end(sha256)
                return known
        return self.keep(parse(text))

    def keep(self, document: Document) -> Document:
        """Remember a document that was just judged."""
        with self._lock:
            self._known[document.sha256] = document
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return document
