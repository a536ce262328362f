"""What a run gathers on its way, and what plays where nobody hears it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.core.music.note import Control, Note
from app.core.numbers.grid import SAMPLES_PER_TICK
from app.core.performance.slice import Pace
from app.core.physics.event import Event


@dataclass(slots=True)
class Played:
    """What a run has gathered so far, and how much of it has been rendered."""

    rendered: int  # the first tick not rendered yet
    frames: list[NDArray[np.float64]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    samples: list[NDArray[np.float32]] = field(default_factory=list)
    looks: list[NDArray[np.float64]] = field(default_factory=list)
    paces: list[Pace] = field(default_factory=list)
    _notes: int = 0
    _controls: int = 0

    def unheard(self) -> tuple[list[Note], list[Control]]:
        """Give the notes and controls not rendered yet, and count them as rendered."""
        notes, controls = self.notes[self._notes :], self.controls[self._controls :]
        self._notes, self._controls = len(self.notes), len(self.controls)
        return notes, controls


class Mute:
    """An instrument for who only looks: silent, and without the memory that rings."""

    resonates = False

    def render(
        self, tick: int, ticks: int, notes: Sequence[Note], controls: Sequence[Control]
    ) -> NDArray[np.float32]:
        """Give the silence of so many ticks."""
        return np.zeros((ticks * SAMPLES_PER_TICK, 2), np.float32)

    def set(self, path: str, value: Any) -> None:
        """Turn a knob nobody hears."""
