"""The grid: note values in beats, and the first line not yet passed."""

import math
from dataclasses import dataclass

# A line this part of a step in the past still counts: rounding must not cost a whole step.
_HAIR = 1e-7


def levels(finest_beats: float) -> tuple[float, ...]:
    """Give the grids from one beat down to the finest, each dividing the one before.

    A finest grid of a beat or more stands alone; the triplets of two beats, three to them, have
    only the beat above them.
    """
    if finest_beats >= 1.0:
        return (finest_beats,)
    parts = round(1.0 / finest_beats)
    if abs(parts * finest_beats - 1.0) > 1e-9:
        return (1.0, finest_beats)
    counts = [parts]
    # Up by twos, then by threes; what is left falls into the beat itself.
    while counts[-1] > 1:
        last = counts[-1]
        counts.append(last // 2 if last % 2 == 0 else last // 3 if last % 3 == 0 else 1)
    return tuple(1.0 / count for count in reversed(counts))


def grid_beats(quantize_beats: float, *, rhythm_complexity: float) -> float:
    """Give the grid in use, in beats: whole beats at 0, the quantize value at 1; 0 is no grid."""
    if quantize_beats == 0.0:
        return 0.0
    steps = levels(quantize_beats)
    return steps[math.floor(rhythm_complexity * (len(steps) - 1) + 0.5)]


def swung(beat: float, swing: float) -> float:
    """Give where a beat lies when every second eighth is late; at 1 it is a triplet's last third."""
    whole = math.floor(beat)
    part = beat - whole
    late = swing / 6.0
    if part <= 0.5:
        return whole + part * (1.0 + 2.0 * late)
    return whole + 1.0 - (1.0 - part) * (1.0 - 2.0 * late)


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines onsets may fall on: every `step` beats, swung; a step of 0 is no grid."""

    step: float = 0.0
    swing: float = 0.0

    def line_from(self, beat: float) -> float:
        """Give the first line at or after a beat: a note cannot sound before its event."""
        number = math.floor(beat / self.step) - 1
        while self.line(number) < beat - _HAIR * self.step:
            number += 1
        return self.line(number)

    def line(self, number: int) -> float:
        """Give where a line lies, in beats."""
        beat = number * self.step
        # Only a grid that has the second eighth can be late on it.
        whole = 0.5 / self.step
        return swung(beat, self.swing) if self.swing and whole == math.floor(whole) else beat


@dataclass(frozen=True, slots=True)
class Phrase:
    """Breath: so many bars of notes, then so many without."""

    sung: float
    rest: float

    def rests(self, bar: float) -> bool:
        """Tell whether a moment, in bars gone by, falls into the silence between two phrases."""
        return bar % (self.sung + self.rest) >= self.sung
