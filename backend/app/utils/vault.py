"""Texts kept where a copy of the database tells nothing of them: sealed under the server's secret.

Encrypt-then-authenticate with the standard library's own primitives: SHAKE-256, keyed and with a
fresh nonce, is the keystream; HMAC-SHA256 marks purpose, nonce and cipher text.
"""

import hashlib
import hmac
import secrets
import zlib

NONCE_BYTES = 16
MARK_BYTES = 32


class Vault:
    """Locks bytes away under one key; what was locked for one purpose opens for no other."""

    def __init__(self, key: bytes) -> None:
        self._stream_key = hmac.digest(key, b"vault stream", hashlib.sha256)
        self._mark_key = hmac.digest(key, b"vault mark", hashlib.sha256)

    def lock(self, purpose: str, content: bytes) -> bytes:
        """Return bytes that only `open` makes sense of; never twice the same."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        body = nonce + self._masked(nonce, zlib.compress(content))
        return self._mark(purpose, body) + body

    def open(self, purpose: str, locked: bytes) -> bytes:
        """Return what was locked.

        Raises:
            ValueError: it was not locked here for this purpose.
        """
        mark, body = locked[:MARK_BYTES], locked[MARK_BYTES:]
        if not hmac.compare_digest(mark, self._mark(purpose, body)):
            raise ValueError("this was not locked here for this purpose")
        nonce, hidden = body[:NONCE_BYTES], body[NONCE_BYTES:]
        return zlib.decompress(self._masked(nonce, hidden))

    def _masked(self, nonce: bytes, content: bytes) -> bytes:
        stream = hashlib.shake_256(self._stream_key + nonce).digest(len(content))
        mixed = int.from_bytes(content, "big") ^ int.from_bytes(stream, "big")
        return mixed.to_bytes(len(content), "big")

    def _mark(self, purpose: str, body: bytes) -> bytes:
        return hmac.digest(self._mark_key, purpose.encode() + b"\0" + body, hashlib.sha256)
