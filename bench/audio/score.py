"""The score of the benchmark: 600 bells, 300 pads, 600 plucks in 60 s, in 19 equal steps an octave."""

from dataclasses import dataclass

import numpy as np

SECONDS = 60.0
VOICES = (("bell", 600, 1.2), ("pad", 300, 2.2), ("pluck", 600, 0.9))
BELL = (1.0, 0.5, 2.0, 2.002, 2.412, 3.0, 4.166, 5.433, 6.794, 8.215)


@dataclass(frozen=True, slots=True)
class Stroke:
    """One note of the benchmark."""

    at_s: float
    voice: str
    hz: float
    duration_s: float
    velocity: float
    pan: float


def score() -> list[Stroke]:
    """Give the notes in order of time; about 32 sound at once."""
    rng = np.random.default_rng(7)
    strokes = [
        Stroke(
            at_s=float(rng.uniform(0.0, 57.0)),
            voice=voice,
            hz=110.0 * 2.0 ** (int(rng.integers(0, 77)) / 19),
            duration_s=length * float(rng.uniform(0.5, 1.5)),
            velocity=float(rng.uniform(0.3, 1.0)),
            pan=float(rng.uniform(-0.8, 0.8)),
        )
        for voice, count, length in VOICES
        for _ in range(count)
    ]
    return sorted(strokes, key=lambda stroke: stroke.at_s)
