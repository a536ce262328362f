"""A slice: what every reader of a performance reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.core.audio.ear import SILENCE, Heard
from app.core.music.note import Control, Note
from app.core.physics.event import Event


@dataclass(frozen=True, slots=True)
class Meters:
    """Levels of a slice's own samples and the energy error of its world."""

    peak: float  # of the absolute samples, 0..1
    rms: float
    energy_error: float  # relative, since the last edit; nan where energy is not conserved
    heard: Heard = SILENCE  # loudness and colour


@dataclass(frozen=True, slots=True)
class Pace:
    """Tempo and meter from the start of a tick on."""

    tick: int
    tempo: float  # quarter notes a minute
    meter: tuple[int, int]  # (7, 8) is seven eighths


@dataclass(frozen=True, slots=True)
class Slice:
    """A run of ticks: where every body is, what happened, the notes it became, their sound."""

    tick: int
    ticks: int
    universe_time: float  # at the start of `tick`, clock units since tick 0
    roster: tuple[str, ...]  # body ids; row i of each frame is roster[i]
    frames: NDArray[np.float64]  # (ticks, bodies, 6): position, velocity at the START of each tick
    events: tuple[Event, ...]
    notes: tuple[Note, ...]
    controls: tuple[Control, ...]
    samples: NDArray[np.float32]  # (ticks * 400, 2)
    meters: Meters
    # (ticks, bodies, 6): hue in degrees, lightness, size, glow, trail, opacity by rules at the START
    # of each tick, nan where no rule has a say; (0, bodies, 6) where no rule ever has.
    looks: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 0, 6)))
    # What story and rules have made of the picture by the end: "visual.glow": 0.2.
    visual: Mapping[str, Any] = field(default_factory=dict)
    # The pace it begins with, and each it changes to.
    paces: tuple[Pace, ...] = ()
