"""Passwords: which are taken, and how they are kept."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.errors import ParameterError, Unavailable

SHORTEST, LONGEST = 8, 128
# The commonest that are long enough, and our own name; case does not make them better.
# A hash at today's cost that no password has: somebody unknown takes as long as somebody known.
NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$"
    "QXzaV6QCvjhqhvLI/Wkdtw$bIGwsnB1GuWh4kWoJxDVRdU0OfXvLyS+9v5T5zQRrP0"
)
# fmt: off
COMMON = frozenset([
    "password", "password1", "password12", "password123", "passw0rd", "12345678", "123456789",
    "1234567890", "123123123", "87654321", "987654321", "11111111", "00000000", "88888888",
    "qwertyui", "qwertyuiop", "qwerty123", "1q2w3e4r", "1qaz2wsx", "iloveyou", "sunshine",
    "princess", "football", "baseball", "superman", "starwars", "trustno1", "welcome1",
    "whatever", "computer", "internet", "letmein1", "abcd1234", "abc12345", "a1b2c3d4",
    "asdfghjk", "zaq12wsx", "changeme", "administrator", "mundi123", "mundimundi", "universe",
    "universe1",
])
# fmt: on


class Passwords:
    """Hashes with argon2id at the cost OWASP advises, a few at a time.

    Signing in is the dearest of the cheap requests: without a bound, a few dozen of them would
    take every core and half a gigabyte.
    """

    def __init__(self, *, at_once: int = 2, patience_s: float = 5.0) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
        self._room = threading.BoundedSemaphore(at_once)
        self._patience_s = patience_s

    def hash(self, password: str) -> str:
        """Return what is kept of a password."""
        with self._turn():
            return self._hasher.hash(password)

    def matches(self, kept: str | None, password: str) -> bool:
        """Tell whether a password is the one kept; None, for nobody, takes as long."""
        with self._turn():
            try:
                self._hasher.verify(kept or NOBODY, password)
            except (VerificationError, InvalidHashError):
                return False
        return kept is not None

    def outdated(self, kept: str) -> bool:
        """Tell whether a kept hash was made at another cost than today's."""
        return self._hasher.check_needs_rehash(kept)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._room.acquire(timeout=self._patience_s):
            raise Unavailable("too many people are signing in right now", retry_after_s=2)
        try:
            yield
        finally:
            self._room.release()


def judge(password: str, *, email: str) -> None:
    """Refuse a password that is too short, too long or the first anybody would try."""
    if not SHORTEST <= len(password) <= LONGEST:
        offered = len(password)
        raise ParameterError(
            f"the password has {offered} characters; it may have {SHORTEST} to {LONGEST}"
        )
    if password.lower() in COMMON or password.lower() == email.lower():
        raise ParameterError("this password is among the first anybody would try; take another")
