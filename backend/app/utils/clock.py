"""The one clock: everything that asks for the time asks here, so tests can hold it still."""

import time
from datetime import UTC, datetime


def now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


def monotonic_s() -> float:
    """Return seconds that never go back, for measuring how long something took."""
    return time.monotonic()
