"""The harmony of the moment: tuning, scale and chord, and the pitch they make of a wish."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.core.document.pitches import pitch_class_of
from app.core.music.choice import Choice, chosen
from app.core.music.chord import Progression, size, tones
from app.core.music.scale import FREE, Mode
from app.core.music.tuning import Tuning
from app.core.parameters import PARAMETERS

# What keys, scales and chords come from.
MODAL = (
    "music.key", "music.scale", "music.chords", "music.harmony_complexity", "music.tuning",
    "music.base_frequency",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Harmony:
    """Key, scale, chords and how strongly they pull; made anew when one of them moves."""

    mode: Mode
    free: bool
    chords: Mapping[str, frozenset[int]]  # by numeral: step classes
    progression: Progression
    harmony: float
    dissonance: float

    @classmethod
    def of(
        cls,
        values: Mapping[str, Any],
        progression: Progression,
        tuning: Tuning,
    ) -> "Harmony":
        """Build it from the values of the music's parameters, by path, in the tuning they name."""
        key = pitch_class_of(values["music.key"])
        scale = values["music.scale"]
        if scale is None:
            # Named scales are of twelve notes; a tuning of other notes is played whole.
            twelve = len(tuning.steps) == 12 and values["music.tuning"] != "orbits"
            scale = PARAMETERS["music.scale"].default if twelve else FREE
        most = size(float(values["music.harmony_complexity"]))
        mode = Mode.of(tuning, key=key, scale=scale)
        if scale == FREE and not tuning.plain:
            # No scale in a tuning of its own: every step of it may sound.
            first = mode.classes[0]
            count = len(tuning.steps)
            mode = Mode(tuning, tuple((first + step) % count for step in range(count)))
        return cls(
            mode=mode,
            free=scale == FREE and tuning.plain,
            chords={
                numeral: frozenset(
                    tuning.classes(tones(numeral, key=key, scale=scale, tones_max=most))
                )
                for numeral in progression.numerals
            },
            progression=progression,
            harmony=float(values["music.harmony"]),
            dissonance=float(values["music.dissonance"]),
        )

    def pulling(self, values: Mapping[str, Any]) -> "Harmony":
        """Give the same key, scale and chords, pulling as strongly as the values say."""
        harmony, dissonance = float(values["music.harmony"]), float(values["music.dissonance"])
        if (harmony, dissonance) == (self.harmony, self.dissonance):
            return self
        return replace(self, harmony=harmony, dissonance=dissonance)

    def chord_at(self, moment: float) -> str:
        """Give the numeral of the chord that sounds at a moment, in the progression's unit."""
        return self.progression.at(moment)

    def tones(self, moment: float) -> tuple[int, ...]:
        """Give the step classes of that chord, ascending."""
        return tuple(sorted(self.chords[self.chord_at(moment)]))

    def choice(self, cents: float, *, moment: float) -> Choice:
        """Give the step a wanted pitch becomes; cents are counted from step 0 of the tuning."""
        return chosen(
            self.mode.tuning,
            cents,
            scale=self.mode.classes,
            chord=self.chords[self.chord_at(moment)],
            harmony=self.harmony,
            dissonance=self.dissonance,
        )
