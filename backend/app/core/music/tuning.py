"""Tunings: the pitches there are, as steps in cents that repeat."""

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from app.core.document.bodies import roster
from app.core.document.document import Document
from app.core.document.pitches import pitch_class_of
from app.core.document.scala import keyboard_of, scale_of
from app.core.mapping.pitch import cents_between, key_number, raised

EQUAL = "12 equal"
# Five-limit just intonation above the tonic.
JUST = ("1", "16/15", "9/8", "6/5", "5/4", "4/3", "45/32", "3/2", "8/5", "5/3", "9/5", "15/8")
# Two periods whose pitches are nearer than this are one step of a tuning made of periods.
APART_CENTS = 10.0
# Notes of a file nearer than this are one: written twice, or an octave apart.
SAME_CENTS = 1e-6
A = 9  # semitones from C


@dataclass(frozen=True, slots=True)
class Tuning:
    """The pitches there are: steps in cents above step 0, ascending, repeated every period.

    Step i lies at period · (i div n) + steps[i mod n]. `root` says which named note step 0 stands
    for, in semitones from C.
    """

    base_hz: float = 440.0  # of step 0
    steps: tuple[float, ...] = tuple(100.0 * i for i in range(12))
    period: float = 1200.0
    root: float = float(A)

    @property
    def plain(self) -> bool:
        """Whether this is the tuning of twelve equal steps."""
        return self.period == 1200.0 and self.steps == Tuning().steps

    def cents(self, step: int) -> float:
        """Give the cents from step 0 to a step."""
        turns, place = divmod(step, len(self.steps))
        return self.period * turns + self.steps[place]

    def hertz(self, step: int) -> float:
        """Give the frequency of a step."""
        return raised(self.base_hz, self.cents(step))

    def nearest(self, cents: float) -> int:
        """Give the step nearest to so many cents above step 0; of two, the lower."""
        turns = int(cents // self.period)
        # One step to either side of its neighbours, lest a rounded difference mislead.
        next_one = bisect_left(self.steps, cents - self.period * turns)
        first = turns * len(self.steps) + next_one - 2
        best, least = first, abs(self.cents(first) - cents)
        for step in range(first + 1, first + 4):
            away = abs(self.cents(step) - cents)
            if away < least:
                best, least = step, away
        return best

    def above(self, hz: float) -> float:
        """Give the cents from step 0 up to a frequency."""
        return cents_between(self.base_hz, hz)

    def classes(self, semitones: Sequence[int]) -> tuple[int, ...]:
        """Give the step classes nearest to semitones counted from C, each once."""
        count = len(self.steps)
        found = (self.nearest(100.0 * (one - self.root)) % count for one in semitones)
        return tuple(dict.fromkeys(found))


def tuning_of(said: Any, *, base_hz: float, key: int, periods: Sequence[float] = ()) -> Tuning:
    """Give the tuning a document asks for.

    Args:
        said: "12 equal", "just", "orbits", {divisions, interval} or {scala, keyboard}.
        base_hz: the pitch of A4, which the equal and just tunings keep; those of orbits and of
            Scala files stand on the tonic, or where their keyboard mapping puts them.
        key: pitch class of the tonic, 0..11.
        periods: of the universe's orbits, any unit.
    """
    if said == "just":
        return _just(base_hz, key)
    if said == "orbits" and periods:
        return _of_periods(periods, base_hz, key)
    if isinstance(said, Mapping) and "scala" in said:
        return _of_files(said, base_hz, key)
    if isinstance(said, Mapping):
        count = int(said.get("divisions", 12))
        period = cents_between(1.0, float(said.get("interval", 2.0)))
        return Tuning(base_hz, tuple(period * i / count for i in range(count)), period)
    return Tuning(base_hz)


def tuning_in(document: Document) -> Tuning:
    """Give the tuning a universe starts with."""
    return tuning_of(
        document.value("music.tuning"),
        base_hz=float(document.value("music.base_frequency")),
        key=pitch_class_of(document.value("music.key")),
        periods=periods_of(document),
    )


def periods_of(document: Document) -> tuple[float, ...]:
    """Give the periods of a universe's orbits, clock units."""
    return tuple(body.orbit.period for body in roster(document) if body.orbit)


def _of_files(said: Mapping[str, str], base_hz: float, key: int) -> Tuning:
    """Lay a Scala scale on the tonic, or where a keyboard mapping has it, with the keys it maps."""
    scale = scale_of(said["scala"])
    if "keyboard" not in said:
        tonic_hz = raised(base_hz, 100.0 * (key - A))
        return _laid((0.0, *scale.cents), scale.period, tonic_hz, float(key))
    keyboard = keyboard_of(said["keyboard"], scale)
    count = len(keyboard.degrees) or len(scale.cents)
    keys = (keyboard.cents(keyboard.middle + place, scale) for place in range(count))
    mapped = [cents for cents in keys if cents is not None]
    first_hz = keyboard.base_hz(scale)
    root = cents_between(raised(base_hz, -100.0 * A), first_hz) / 100.0 % 12.0
    return _laid(mapped, keyboard.period(scale), first_hz, root)


def _laid(cents: Sequence[float], period: float, base_hz: float, root: float) -> Tuning:
    """Make a tuning of notes in any order and octave: each brought within the period, once."""
    steps: list[float] = []
    for one in sorted(note % period for note in cents):
        if not steps or one - steps[-1] > SAME_CENTS:
            steps.append(one)
    if steps[0] + period - steps[-1] < SAME_CENTS:
        steps.pop()
    first = steps[0]
    rest = tuple(one - first for one in steps)
    return Tuning(raised(base_hz, first), rest, period, root + first / 100.0)


def _just(base_hz: float, key: int) -> Tuning:
    """Lay just intervals on the tonic, and the tonic where A4 comes out at its own pitch."""
    cents = tuple(cents_between(1.0, float(Fraction(ratio))) for ratio in JUST)
    tonic_hz = raised(base_hz, -cents[(A - key) % 12])
    return Tuning(tonic_hz, cents, 1200.0, float(key))


def _of_periods(periods: Sequence[float], base_hz: float, key: int) -> Tuning:
    """Make a tuning of the ratios of periods, the longest being the tonic, within one octave."""
    longest = max(periods)
    found = sorted(cents_between(period, longest) % 1200.0 for period in periods)
    steps: list[float] = []
    for cents in found:
        near_top = 1200.0 - cents < APART_CENTS
        if not near_top and (not steps or cents - steps[-1] >= APART_CENTS):
            steps.append(cents)
    return Tuning(raised(base_hz, 100.0 * (key - A)), tuple(steps), 1200.0, float(key))


def scala(tuning: Tuning, title: str) -> str:
    """Write a tuning as a Scala file, cents to the last digit that counts."""
    lines = [*tuning.steps[1:], tuning.period]
    numbers = "\n".join(f" {cents:.12f}" for cents in lines)
    name = " ".join(title.split()).lstrip("!") or "a tuning"
    return f"! {name}\n!\n{name}\n {len(lines)}\n!\n{numbers}\n"


def keyboard(tuning: Tuning) -> str:
    """Write where a tuning stands as a keyboard mapping: its first step on the nearest key."""
    key = min(max(math.floor(key_number(tuning.base_hz) + 0.5), 0), 127)
    said = ("0", "0", "127", str(key), str(key), f"{tuning.base_hz:.12f}", "0")
    what = ("size of the map: none, key by key", "first key", "last key", "middle key",
            "reference key", "its frequency", "degree of the octave")  # fmt: skip
    return "".join(f"! {name}\n{value}\n" for name, value in zip(what, said, strict=True))
