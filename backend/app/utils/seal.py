"""Small sealed texts that a client carries and may not forge: cursors of lists."""

import base64
import hashlib
import hmac
import json
from typing import Any


class Seal:
    """Seals JSON values under one key; what was sealed for one purpose opens for no other."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def seal(self, purpose: str, value: Any) -> str:
        """Return a URL-safe text that carries a value."""
        payload = _encode(json.dumps(value, separators=(",", ":")).encode())
        return f"{payload}.{self.mark(purpose, payload)}"

    def open(self, purpose: str, text: str) -> Any:
        """Return the value a text carries.

        Raises:
            ValueError: the text was not sealed here for this purpose.
        """
        payload, _, mark = text.partition(".")
        if not hmac.compare_digest(mark.encode(), self.mark(purpose, payload).encode()):
            raise ValueError("this was not sealed here for this purpose")
        return json.loads(_decode(payload))

    def mark(self, purpose: str, payload: str) -> str:
        """Return what only this key makes of a text, and nobody can turn back."""
        message = f"{purpose}\0{payload}".encode()
        return _encode(hmac.digest(self._key, message, hashlib.sha256)[:16])


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
