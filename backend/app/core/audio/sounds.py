"""What an instrument reads and never changes: its voices by name, and their tables."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

from app.core.audio.layout import Array
from app.core.audio.limiter import filters
from app.core.audio.modes import banks
from app.core.audio.patches import PATCHES, WAVES, Patch, own, rows, tables
from app.core.audio.tables import Amplitudes
from app.core.document.document import Document
from app.core.document.music import music


@dataclass(frozen=True, slots=True)
class Sounds:
    """Voices in the order of their rows, with what their kernels read."""

    names: tuple[str, ...]
    patches: NDArray[np.void]
    tables: Array
    modes: Array
    taps: Array
    reach: float  # the most the limiter's filters can make of samples below one

    @classmethod
    def of(cls, document: Document) -> Self:
        """Give the voices every universe has, and a document's own."""
        patches = dict(PATCHES)
        waves = list(WAVES.values())
        for spec in music(document).voices:
            patch, wave = own(spec)
            patches[spec.id] = replace(patch, wave=_place(wave, waves)) if wave else patch
        return cls.having(patches, waves)

    @classmethod
    def having(cls, patches: dict[str, Patch], waves: list[Amplitudes]) -> Self:
        """Give voices from patches by name and the waves they number."""
        taps, reach = shared_filters()
        return cls(tuple(patches), rows(patches), tables(waves), banks(), taps, reach)

    @classmethod
    def built_in(cls) -> Self:
        """Give the voices every universe has."""
        return cls.having(PATCHES, list(WAVES.values()))

    def number(self, name: str) -> int:
        """Give the row of a voice; of one that is no longer there, the first."""
        return self.names.index(name) if name in self.names else 0


def _place(wave: Amplitudes, waves: list[Amplitudes]) -> int:
    if wave not in waves:
        waves.append(wave)
    return waves.index(wave)


@lru_cache(maxsize=1)
def shared_filters() -> tuple[Array, float]:
    """Give the limiter's filters and the most they can make of samples below one."""
    taps = filters()
    return taps, max(sum(abs(tap) for tap in row) for row in taps.tolist())
