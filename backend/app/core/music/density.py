"""How many notes a second there may be: a bucket refilled every tick, the loudest served first."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from app.core.numbers.grid import TICKS_PER_SECOND

T = TypeVar("T")
BURST_S = 0.125
# So many notes at once are a chord, which loses its sense when the limit tears it apart.
CHORD = 6.0


def burst(density: float) -> float:
    """Give how many notes may sound at once: an eighth of a second's worth, or a chord if more.

    A chord is six notes, or a second's worth where that is less; never under one.
    """
    return max(density * BURST_S, min(density, CHORD))


class Bucket:
    """Tokens for notes; one note takes one."""

    def __init__(self, density: float) -> None:
        self.density = density
        self.tokens = burst(density)
        self.tick = 0

    def refill(self, tick: int) -> None:
        """Bring the tokens up to a tick; each tick between them adds its share."""
        # Not one sum for many ticks: the same adds in the same order give the same bits.
        for _ in range(min(tick - self.tick, 10 * TICKS_PER_SECOND)):
            share = self.density / TICKS_PER_SECOND
            # A tick's share over the full bucket, or the part of a token it overflows by is lost.
            self.tokens = min(self.tokens, burst(self.density)) + share
        self.tick = max(tick, self.tick)

    def admitted(
        self,
        wants: Sequence[T],
        *,
        loudness: Callable[[T], float],
        order: Callable[[T], Any],
    ) -> list[T]:
        """Give those that may sound, in their own order: the loudest, ties by that order."""
        ranked = sorted(wants, key=lambda want: (-loudness(want), order(want)))
        # A hair of tolerance: twelve refills of a twelfth are one note.
        count = min(len(ranked), int(min(self.tokens, burst(self.density)) + 1e-9))
        self.tokens -= count
        return sorted(ranked[:count], key=order)
