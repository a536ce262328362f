"""How often: windows that slide, counted in this process."""

from dataclasses import dataclass

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.errors import LimitReached
from app.utils import clock


@dataclass(frozen=True, slots=True)
class Rates:
    """The published rates, in the notation of the `limits` library."""

    requests: str = "6000/minute"  # of one address
    sign_in_failures: str = "10/15 minutes"  # of one account from one address
    sign_in_failures_address: str = "50/15 minutes"  # of one address, whatever the account
    registrations: str = "300/hour"  # of one address
    letters: str = "3/hour"  # to one mailbox
    letters_address: str = "60/hour"  # asked for from one address
    pictures: str = "30/hour"  # of one account
    archives: str = "6/hour"  # of one account
    links: str = "120/minute"  # share links looked at, joined or entered from one address
    comments: str = "60/minute"  # of one person


class Throttle:
    """Counts acts and refuses one too many, saying when to come back."""

    def __init__(self, rates: Rates) -> None:
        self.rates = rates
        self._windows = MovingWindowRateLimiter(MemoryStorage())
        self._items = {name: parse(getattr(rates, name)) for name in Rates.__slots__}

    def spend(self, rate: str, *keys: str) -> None:
        """Count one act, and refuse it if it is one too many."""
        item = self._items[rate]
        if not self._windows.hit(item, rate, *keys):
            raise self._refusal(item, rate, *keys)

    def look(self, rate: str, *keys: str) -> None:
        """Refuse if there is no act left to spend; count nothing."""
        item = self._items[rate]
        if not self._windows.test(item, rate, *keys):
            raise self._refusal(item, rate, *keys)

    def forgive(self, rate: str, *keys: str) -> None:
        """Forget the acts counted: the password was right after all."""
        self._windows.clear(self._items[rate], rate, *keys)

    def _refusal(self, item: RateLimitItem, rate: str, *keys: str) -> LimitReached:
        window = self._windows.get_window_stats(item, rate, *keys)
        wait_s = max(1.0, window.reset_time - clock.now().timestamp())
        return LimitReached(
            f"that was too often; {item} are allowed", code="rate_limited", retry_after_s=wait_s
        )
