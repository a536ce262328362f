"""What a performance is worth beside its notes: how well it kept its energy, whether it was followed."""

import math
from collections.abc import Iterator

from app.core.numbers.grid import TICKS_PER_SECOND
from app.core.performance import Slice


class Gauge:
    """Looks on while slices go by, and tells at the end what they showed."""

    def __init__(self) -> None:
        self._energy_error = math.nan
        self._loads: list[int] = []  # ticks whose budget ran out, as far as they are told

    def watch(self, slices: Iterator[Slice]) -> Iterator[Slice]:
        """Hand every slice on."""
        for piece in slices:
            self._energy_error = piece.meters.energy_error
            self._loads += [event.tick for event in piece.events if event.kind == "overload"]
            yield piece

    @property
    def energy(self) -> str:
        """Say how far the energy is off since the last edit; "" where it is not to last."""
        error = self._energy_error
        return f"energy kept to {error:.1g}" if math.isfinite(error) else ""

    @property
    def overload(self) -> str:
        """Say that, and where first, more happened at once than is followed; "" where it did not."""
        if not self._loads:
            return ""
        first_s = self._loads[0] / TICKS_PER_SECOND
        return (
            f"more happened at once than is followed, first at {first_s:.1f} s: bodies that crowd lost "
            "some of their bounce; fewer or smaller ones, or more room, would keep it"
        )
