"""Passwords: which are taken, and how they are kept."""

import string
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.errors import ParameterError, Unavailable

SHORTEST, LONGEST = 8, 128
# A hash at today's cost that no password has: somebody unknown takes as long as somebody known.
NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$"
    "QXzaV6QCvjhqhvLI/Wkdtw$bIGwsnB1GuWh4kWoJxDVRdU0OfXvLyS+9v5T5zQRrP0"
)
COMMON_MOST = 10_000  # of the passwords people were found to use, the first so many
OURS = ("mundi", "universe", "harmonices", "kepler")
_MARKS = string.digits + string.punctuation + " "


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
            return self._hasher.hash(_typed(password))

    def matches(self, kept: str | None, password: str) -> bool:
        """Tell whether a password is the one kept; None, for nobody, takes as long."""
        with self._turn():
            try:
                self._hasher.verify(kept or NOBODY, _typed(password))
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


def _typed(password: str) -> str:
    # One keyboard sends é as a letter, another as two marks: it is the same password.
    return unicodedata.normalize("NFC", password)


def judge(password: str, *, email: str) -> None:
    """Refuse a password that is too short, too long or the first anybody would try."""
    if not SHORTEST <= len(password) <= LONGEST:
        offered = len(password)
        raise ParameterError(
            f"the password has {offered} characters; it may have {SHORTEST} to {LONGEST}"
        )
    plain = _typed(password).lower()
    context = {*OURS, email.lower(), *email.lower().split("@")}
    # "Mundi2024!" is our name with the marks that everybody adds.
    if plain in common() or plain in context or plain.strip(_MARKS) in context:
        raise ParameterError("this password is among the first anybody would try; take another")


@cache
def common() -> frozenset[str]:
    """Return the commonest passwords, in lower case; the list is read when it is first asked."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(FREQUENCY_LISTS["passwords"][:COMMON_MOST])
