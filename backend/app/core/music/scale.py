"""Named scales, and the steps of a tuning that stand for them."""

from dataclasses import dataclass

from app.core.music.tuning import Tuning

# Semitones above the tonic, and the seven-step scale that chords are built from.
SCALES: dict[str, tuple[int, ...]] = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "harmonic minor": (0, 2, 3, 5, 7, 8, 11),
    "melodic minor": (0, 2, 3, 5, 7, 9, 11),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "locrian": (0, 1, 3, 5, 6, 8, 10),
    "major pentatonic": (0, 2, 4, 7, 9),
    "minor pentatonic": (0, 3, 5, 7, 10),
    "blues": (0, 3, 5, 6, 7, 10),
    "whole tone": (0, 2, 4, 6, 8, 10),
    "chromatic": tuple(range(12)),
}
FREE = "free"
_PARENTS = {"minor pentatonic": "minor", "blues": "minor"}


def parent(name: str) -> tuple[int, ...]:
    """Give the seven steps that chords of this scale are stacked from."""
    steps = SCALES.get(name, SCALES["major"])
    return steps if len(steps) == 7 else SCALES[_PARENTS.get(name, "major")]


@dataclass(frozen=True, slots=True)
class Mode:
    """A scale in a key in a tuning: its step classes, tonic first, ascending."""

    tuning: Tuning
    classes: tuple[int, ...]

    @classmethod
    def of(cls, tuning: Tuning, *, key: int, scale: str) -> "Mode":
        """Lay a named scale on a tonic (pitch class 0..11) over a tuning; free counts as major."""
        steps = SCALES.get(scale, SCALES["major"])
        return cls(tuning, tuning.classes(tuple(key + step for step in steps)))

    def step(self, degree: int, *, low_hz: float) -> int:
        """Give the step of a degree; degree 0 is the lowest tonic at or above low_hz."""
        count = len(self.tuning.steps)
        tonic = self._tonic_from(low_hz)
        turns, place = divmod(degree, len(self.classes))
        rise = (self.classes[place] - self.classes[0]) % count
        return tonic + turns * count + rise

    def _tonic_from(self, low_hz: float) -> int:
        count = len(self.tuning.steps)
        # A hair of tolerance: a register that begins on the tonic itself includes it.
        floor = self.tuning.above(low_hz) - 1e-6
        step = (self.tuning.nearest(floor) // count - 1) * count + self.classes[0]
        while self.tuning.cents(step) < floor:
            step += count
        return step
