"""How often: windows that slide, counted in this process or, in Redis, by all together."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import structlog
from limits import RateLimitItem, parse
from limits.errors import ConfigurationError, StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter

from app.errors import InputError, LimitReached
from app.utils import clock

ANSWER_WITHIN_S = 0.25
AWAY_S = 5.0  # how long Redis is not asked again after it did not answer
Answer = TypeVar("Answer")
log = structlog.get_logger("throttle")


@dataclass(frozen=True, slots=True)
class Rates:
    """The published rates, in the notation of the `limits` library."""

    requests: str = "6000/minute"  # of one address
    sign_in_failures: str = "10/15 minutes"  # of one account from one address
    sign_in_failures_address: str = "50/15 minutes"  # of one address, whatever the account
    registrations: str = "300/hour"  # of one address
    letters: str = "3/hour"  # to one mailbox, asked for from one address
    # To one mailbox and of one kind, whoever asks: those beyond are not sent, nor needed. The window
    # is as long as a reset's link holds.
    letters_mailbox: str = "3/10 minutes"
    letters_address: str = "60/hour"  # asked for from one address
    pictures: str = "30/hour"  # of one account
    archives: str = "6/hour"  # of one account
    links: str = "120/minute"  # share links looked at, joined or entered from one address
    comments: str = "60/minute"  # of one person


class Throttle:
    """Counts acts and refuses one too many, saying when to come back.

    With the address of a Redis, all processes that name it count together. While it does not
    answer, each counts by itself: nobody is kept from signing in by that.
    """

    def __init__(self, rates: Rates, store: str = "") -> None:
        self.rates = rates
        self._own = MovingWindowRateLimiter(MemoryStorage())
        self._shared = _shared(store) if store else None
        self._away_until_s = 0.0
        self._items = {name: parse(getattr(rates, name)) for name in Rates.__slots__}

    def spend(self, rate: str, *keys: str) -> None:
        """Count one act, and refuse it if it is one too many."""
        if not self.take(rate, *keys):
            raise self._refusal(self._items[rate], rate, *keys)

    def take(self, rate: str, *keys: str) -> bool:
        """Count one act if there is one left, and tell whether there was."""
        item = self._items[rate]
        return self._ask(lambda windows: windows.hit(item, rate, *keys))

    def look(self, rate: str, *keys: str) -> None:
        """Refuse if there is no act left to spend; count nothing."""
        item = self._items[rate]
        if not self._ask(lambda windows: windows.test(item, rate, *keys)):
            raise self._refusal(item, rate, *keys)

    def forgive(self, rate: str, *keys: str) -> None:
        """Forget the acts counted: the password was right after all."""
        item = self._items[rate]
        self._ask(lambda windows: windows.clear(item, rate, *keys))

    def _ask(self, question: Callable[[MovingWindowRateLimiter], Answer]) -> Answer:
        """Ask what all share; where that is away, for a while what this process knows itself."""
        if self._shared is None or clock.monotonic_s() < self._away_until_s:
            return question(self._own)
        try:
            return question(self._shared)
        except StorageError as fault:
            self._away_until_s = clock.monotonic_s() + AWAY_S
            why = type(fault.storage_error).__name__
            log.warning("counts are not shared: Redis does not answer", why=why, again_s=AWAY_S)
            return question(self._own)

    def _refusal(self, item: RateLimitItem, rate: str, *keys: str) -> LimitReached:
        window = self._ask(lambda windows: windows.get_window_stats(item, rate, *keys))
        wait_s = max(1.0, window.reset_time - clock.now().timestamp())
        return LimitReached(
            f"that was too often; {item} are allowed", code="rate_limited", retry_after_s=wait_s
        )


def _shared(store: str) -> MovingWindowRateLimiter:
    try:
        storage = RedisStorage(
            store,
            key_prefix="mundi",
            wrap_exceptions=True,
            socket_timeout=ANSWER_WITHIN_S,
            socket_connect_timeout=ANSWER_WITHIN_S,
        )
    except (ValueError, ConfigurationError) as fault:
        raise InputError(f"{store.split('@')[-1]} is no address of a Redis: {fault}") from fault
    return MovingWindowRateLimiter(storage)
