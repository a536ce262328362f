"""The chain from a wish to a pitch and a loudness, every step with its reason."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.document.music import MusicSpec
from app.core.document.pitches import pitch_class_of
from app.core.document.spans import span_of
from app.core.mapping.pitch import hertz, raised, spelled
from app.core.mapping.want import Want
from app.core.music.chord import Progression
from app.core.music.harmony import MODAL, Harmony
from app.core.music.loudness import corrected, correction_db
from app.core.music.note import Step
from app.core.music.register import (
    UNPITCHED,
    folded,
    leap_semitones,
    nearer,
    register,
    span,
)
from app.core.music.rhythm import Grid, Phrase, grid_beats
from app.core.music.scale import parent
from app.core.music.tuning import Tuning, tuning_of
from app.core.music.waiting import Due
from app.core.parameters import PARAMETERS
from app.core.story.clock import Clock

_STRINGS_HZ = (65.40639132514966, 1760.0)
# The last note of a voice: its onset in ticks, its pitch, and the pitch before that onset.
Last = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Heard:
    """What a wish becomes."""

    hz: float
    velocity: float
    why: tuple[Step, ...]


class Chain:
    """Decides pitch and loudness; remembers the last note of each voice."""

    def __init__(
        self, spec: MusicSpec, values: Mapping[str, Any], periods: Sequence[float] = ()
    ) -> None:
        self._periods = tuple(periods)
        self._values = values
        self._harmony: Harmony | None = None
        self._modal: tuple[list[Any], Harmony] | None = None
        self._tuned: tuple[list[Any], Tuning] | None = None
        self._registers: dict[str, tuple[float, float]] = {}
        self._reach: list[Any] = []  # what the registers were made of
        self._degrees: dict[tuple[int, float], float] = {}  # Hz, by degree and lowest Hz
        self._like = {voice.id: voice.like for voice in spec.voices}
        self._own = {
            voice.id: voice.changes["register"]
            for voice in spec.voices
            if "register" in voice.changes
        }
        self.last: dict[str, Last] = {}

    def move(self) -> None:
        """Notice that a parameter has another value now."""
        # Built again at the next note: a ramp moves values every tick, notes are rarer.
        self._harmony = None
        named = [self._values["music.melody_range"], self._values["music.base_frequency"]]
        if named != self._reach:
            self._reach = named
            self._registers.clear()

    def like(self, voice: str) -> str:
        """Give the built-in voice behind one of the document's own."""
        return self._like.get(voice, voice)

    @property
    def harmony(self) -> Harmony:
        """The harmony the parameters make now."""
        if self._harmony is None:
            # What pulls is moved often, what is pulled to hardly ever.
            named = [self._values[path] for path in MODAL]
            if self._modal is None or self._modal[0] != named:
                made = Harmony.of(self._values, self._progression(), self._tuning())
                self._modal = (named, made)
                self._degrees.clear()
            self._harmony = self._modal[1].pulling(self._values)
        return self._harmony

    def _tuning(self) -> Tuning:
        """Give the tuning of now; it is worked out anew only when it has moved."""
        named = [self._values[f"music.{name}"] for name in ("tuning", "base_frequency", "key")]
        if self._tuned is None or self._tuned[0] != named:
            said, base_hz, key = named
            made = tuning_of(
                said, base_hz=float(base_hz), key=pitch_class_of(key), periods=self._periods
            )
            self._tuned = (named, made)
        return self._tuned[1]

    def _progression(self) -> Progression:
        said = self._values["music.chords"]
        if said is None:
            scale = self._values["music.scale"] or PARAMETERS["music.scale"].default
            return Progression(("i" if parent(scale)[2] == 3 else "I",), 1.0)
        each = span_of(said.get("each", "1 bar"))
        return Progression(tuple(said["list"]), each.amount, each.unit)

    def chord_hz(self, clock: Clock, tick: int) -> tuple[float, ...]:
        """Give the tones of the chord of a moment in Hz, from about C2 to A6, lowest first."""
        tuning = self.harmony.mode.tuning
        classes = self.harmony.tones(clock.moments(tick)[self.harmony.progression.unit])
        low, high = (
            tuning.nearest(tuning.above(_STRINGS_HZ[0])),
            tuning.nearest(tuning.above(_STRINGS_HZ[1])),
        )
        count = len(tuning.steps)
        return tuple(tuning.hertz(step) for step in range(low, high + 1) if step % count in classes)

    def grid(self) -> Grid:
        """Give the grid in use."""
        said = self._values["music.quantize"]
        if said == "off":
            return Grid()
        # Note values alone: they are so many beats at any tempo and meter.
        finest = span_of(said).amount
        step = grid_beats(finest, rhythm_complexity=self._number("rhythm_complexity"))
        return Grid(step, self._number("swing"))

    @property
    def phrase(self) -> Phrase | None:
        """The breath of the music, in bars."""
        said = self._values["music.phrase"]
        return None if said is None else Phrase(float(said["bars"]), float(said["rest"]))

    @property
    def chorded(self) -> bool:
        """Whether a progression is written."""
        return self._values["music.chords"] is not None

    def _number(self, name: str) -> float:
        return float(self._values[f"music.{name}"])

    def range(self, voice: str) -> tuple[float, float]:
        """Give the register of a voice in hertz, stretched by melody_range."""
        if voice not in self._registers:
            wide = self._number("melody_range")
            own = self._own.get(voice)
            if own is None:
                found = register(self.like(voice), melody_range=wide)
            else:
                base = self._number("base_frequency")
                low, high = (hertz(bound, base_hz=base) for bound in own)
                found = span(low, high, melody_range=wide)
            self._registers[voice] = found
        return self._registers[voice]

    def heard(self, due: Due, clock: Clock, *, crowd: int) -> Heard:
        """Take a wish whose moment has come through every step that is left."""
        want = due.want
        steps = [*_merge(want), self._wish(want), *due.steps]
        hz = self._pitch(due, clock, steps, leaping=True)
        if crowd > 1:
            steps.append(Step("density", crowd, 1.0, f"let in, of {crowd} in this tick"))
        velocity = corrected(want.velocity, hz)
        reason = f"{correction_db(hz):+.1f} dB to sound alike at {hz:.0f} Hz"
        steps.append(Step("dynamics", want.velocity, velocity, reason))
        self._remember(due, hz)
        return Heard(raised(hz, want.bend) if want.bend else hz, velocity, tuple(steps))

    def followed(self, due: Due, clock: Clock) -> Heard:
        """Give the values of a note already sounding; it leaps as its body does."""
        hz = self._pitch(due, clock, [], leaping=False)
        want = due.want
        return Heard(raised(hz, want.bend) if want.bend else hz, corrected(want.velocity, hz), ())

    def _wish(self, want: Want) -> Step:
        wished = want.degree if math.isnan(want.hz) else want.hz
        words = f"degree {wished:g}" if math.isnan(want.hz) else f"{wished:.2f} Hz"
        if not want.source:
            return Step("want", wished, wished, f"the rule says {words}")
        return Step("want", want.raw, wished, f"{want.source} {want.raw:.6g} asks for {words}")

    def _pitch(self, due: Due, clock: Clock, steps: list[Step], *, leaping: bool) -> float:
        want = due.want
        hz = self._placed(want, steps)
        if want.exact or self.like(want.voice) in UNPITCHED:
            return hz
        if not self.harmony.free and (self.chorded or not _chosen(want)):
            now = clock.moments(due.tick, due.offset)
            hz = self._snapped(hz, now[self.harmony.progression.unit], steps)
        # A note that follows its body glides; an octave's jump on the way would break it.
        if want.written or (want.held and not math.isnan(want.hz)):
            return hz
        hz = self._registered(hz, want.voice, steps)
        return self._leapt(hz, due, steps) if leaping else hz

    def _placed(self, want: Want, steps: list[Step]) -> float:
        """Give the wish in hertz: a degree counts from the lowest tonic of its register."""
        if not math.isnan(want.hz):
            return want.hz
        low, _ = self.range(want.voice)
        hz = self._degree_hz(math.floor(want.degree + 0.5), low)
        steps.append(Step("scale", want.degree, hz, f"is {self._name(hz)} in the scale"))
        return hz

    def _degree_hz(self, degree: int, low_hz: float) -> float:
        mode = self.harmony.mode
        if (degree, low_hz) not in self._degrees:
            self._degrees[degree, low_hz] = mode.tuning.hertz(mode.step(degree, low_hz=low_hz))
        return self._degrees[degree, low_hz]

    def _name(self, hz: float) -> str:
        return spelled(hz, base_hz=self._number("base_frequency"))

    def _snapped(self, hz: float, moment: float, steps: list[Step]) -> float:
        tuning = self.harmony.mode.tuning
        choice = self.harmony.choice(tuning.above(hz), moment=moment)
        found = tuning.hertz(choice.step)
        if abs(tuning.above(hz) - tuning.cents(choice.step)) > 1e-6:
            chord = self.harmony.chord_at(moment)
            where = f"a tone of {chord}" if choice.in_chord else "in the scale"
            where = where if choice.in_scale else f"{where}, outside the scale"
            kind = "chord" if choice.in_chord else "scale"
            steps.append(Step(kind, hz, found, f"to {self._name(found)}, {where}"))
        return found

    def _registered(self, hz: float, voice: str, steps: list[Step]) -> float:
        low, high = self.range(voice)
        found = folded(hz, low, high)
        if found != hz:
            reason = f"to {self._name(found)}: the {voice} sings {low:.0f} to {high:.0f} Hz"
            steps.append(Step("register", hz, found, reason))
        return found

    def _leapt(self, hz: float, due: Due, steps: list[Step]) -> float:
        last = self.last.get(due.want.voice)
        if last is None:
            return hz
        time, sounding, before = last
        # Notes of one instant are a chord, not a melody: each leaps from what came before it.
        reference = before if time == due.tick + due.offset else sounding
        limit = leap_semitones(self._number("melody_complexity"))
        found = nearer(hz, reference, semitones=limit)
        if found != hz:
            reason = f"to {self._name(found)}: no leap over {limit:.3g} semitones"
            steps.append(Step("leap", hz, found, reason))
        return found

    def _remember(self, due: Due, hz: float) -> None:
        if due.want.held or self.like(due.want.voice) in UNPITCHED:
            return
        now = due.tick + due.offset
        time, sounding, before = self.last.get(due.want.voice, (now, hz, hz))
        self.last[due.want.voice] = (now, hz, before if time == now else sounding)


def _chosen(want: Want) -> bool:
    """Tell whether the author chose the very tone: only a written chord may draw it away."""
    return want.written or not math.isnan(want.degree)


def _merge(want: Want) -> list[Step]:
    if want.merged == 1:
        return []
    return [Step("merge", want.merged, 1.0, f"{want.merged} events together are one")]
