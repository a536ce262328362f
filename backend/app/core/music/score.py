"""The score: wishes in, notes out, one tick at a time, each note with its reasons."""

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app.core.document.document import Document
from app.core.document.music import music
from app.core.mapping.want import Want
from app.core.music.chain import Chain
from app.core.music.density import Bucket
from app.core.music.holding import Holding
from app.core.music.note import Control, Note
from app.core.music.tuning import periods_of
from app.core.music.waiting import Due, Waiting
from app.core.numbers.grid import SAMPLES_PER_TICK, TICKS_PER_SECOND
from app.core.parameters import MAPPINGS
from app.core.story.clock import Clock

# Seconds a note of a voice is held where its rule says nothing; afterwards it rings on.
DURATIONS_S = {"drum": 0.25, "bass": 0.5, "pluck": 0.6, "bell": 1.0, "piano": 0.6, "pad": 1.5}
DURATION_S = 0.5


class Score:
    """What is being played: everything the music remembers from tick to tick."""

    def __init__(self, document: Document) -> None:
        self._next_id = 0
        self._take(document)
        self._bucket = Bucket(self._number("music.note_density"))
        self._waiting = Waiting()
        self._holding = Holding()

    @classmethod
    def of(cls, document: Document) -> "Score":
        """Open the score of a universe."""
        return cls(document)

    def _take(self, document: Document) -> None:
        spec = music(document)
        self._values: dict[str, Any] = dict(spec.values)
        if _unsaid(document, "music.scale"):
            self._values["music.scale"] = None
        self._chain = Chain(spec, self._values, periods_of(document))
        # Held wishes that were followed as they are, by stream: the same object needs no second look.
        self._steady: dict[str, Want] = {}

    def _number(self, path: str) -> float:
        return float(self._values[path])

    def edit(self, document: Document, moved: Mapping[str, Any] | None = None) -> None:
        """Obey another document from the next tick on; what sounds goes on sounding."""
        last = self._chain.last
        self._take(document)
        self._chain.last = last
        for path, value in (moved or {}).items():
            self.set(path, value)

    def chord_hz(self, clock: Clock, tick: int) -> tuple[float, ...]:
        """Give the tones of the chord that sounds at a tick in Hz, over five octaves, lowest first."""
        return self._chain.chord_hz(clock, tick)

    def orphans(self, rules: Collection[str], bodies: Collection[str], tick: int) -> list[Control]:
        """End the notes that wait for a next one of a rule or a body that is no more."""
        return self._holding.orphaned(rules, bodies, tick)

    def set(self, path: str, value: Any) -> None:
        """Move a parameter of the music from the next tick on."""
        if path not in self._values or self._values[path] == value:
            return
        self._values[path] = value
        self._chain.move()
        self._steady.clear()

    def admit(
        self, wants: Sequence[Want], held: Sequence[Want], clock: Clock, tick: int
    ) -> tuple[list[Note], list[Control]]:
        """Give the notes that begin in a tick, in time order, and what changes in those sounding.

        Args:
            wants: what the tick's events ask for.
            held: every note that is to be held at the start of the tick.
            clock: heard, universe and musical time.
            tick: ascending from call to call, without a gap.
        """
        self._bucket.density = self._number("music.note_density")
        self._bucket.refill(tick)
        if not (wants or held or self._waiting or self._holding):
            return [], []
        due, admitted = self._due(wants, clock, tick)
        notes, controls = self._held(held, clock, tick)
        for one in admitted:
            note = self._note(one, clock, crowd=len(due))
            controls += self._holding.replace(one.want, note, tick)
            notes.append(note)
        return sorted(notes, key=lambda note: note.id), controls

    def _due(self, wants: Sequence[Want], clock: Clock, tick: int) -> tuple[list[Due], list[Due]]:
        """Give the wishes whose moment has come, and those of them that are let in."""
        if not (wants or self._waiting):
            return [], []
        due = self._waiting.due(wants, self._chain.grid(), clock, tick, bar_beats=clock.bar_beats)
        due = self._sung(due, clock)
        return due, self._admitted(due)

    def _admitted(self, due: list[Due]) -> list[Due]:
        """Let in what the density allows, and whatever somebody waits for, in order."""
        at_once = [one for one in due if one.want.at_once]
        others = self._bucket.admitted(
            [one for one in due if not one.want.at_once],
            loudness=lambda one: one.want.velocity,
            order=lambda one: one.order,
        )
        return sorted(at_once + others, key=lambda one: one.order)

    def _sung(self, due: list[Due], clock: Clock) -> list[Due]:
        """Leave out what falls into the rest between two phrases."""
        phrase = self._chain.phrase
        if phrase is None:
            return due
        return [
            one
            for one in due
            if one.want.at_once or not phrase.rests(clock.instant(one.tick, one.offset).bar)
        ]

    def _note(self, one: Due, clock: Clock, *, crowd: int) -> Note:
        want = one.want
        heard = self._chain.heard(one, clock, crowd=crowd)
        note = Note(
            id=self._next_id,
            tick=one.tick,
            offset=one.offset,
            sample=one.tick * SAMPLES_PER_TICK + int(one.offset * SAMPLES_PER_TICK),
            universe_time=want.universe_time,
            hz=heard.hz,
            velocity=heard.velocity,
            duration_s=self._duration_s(want, clock, one.tick),
            voice=want.voice,
            pan=want.pan,
            brightness=want.brightness,
            rule=want.rule,
            event=want.event,
            bodies=want.bodies,
            place=want.place,
            why=heard.why,
        )
        self._next_id += 1
        return note

    def _duration_s(self, want: Want, clock: Clock, tick: int) -> float:
        if want.held or want.until_next:
            return math.inf
        if want.duration is None:
            return DURATIONS_S.get(self._chain.like(want.voice), DURATION_S)
        beats = clock.instant(tick + 1).beat - clock.instant(tick).beat
        tempo = 60.0 * TICKS_PER_SECOND * beats
        return want.duration.seconds(tempo=tempo, bar_beats=clock.bar_beats)

    def _held(
        self, held: Sequence[Want], clock: Clock, tick: int
    ) -> tuple[list[Note], list[Control]]:
        """Begin, follow and end the notes that are held, by what is wished now."""
        notes: list[Note] = []
        keys = [want.key for want in held]
        controls = self._holding.ended(frozenset(keys), tick)
        for key, want in zip(keys, held, strict=True):
            if self._steady.get(key) is want:
                continue
            # A written chord may move even a wish that stays the same.
            if not self._chain.chorded:
                self._steady[key] = want
            one = Due(want, tick, 0.0)
            if not self._holding.holds(key):
                note = self._note(one, clock, crowd=1)
                self._holding.begin(key, note)
                notes.append(note)
            else:
                heard = self._chain.followed(one, clock)
                controls += self._holding.follow(want, heard.hz, heard.velocity, tick)
        return notes, controls

    def snapshot(self) -> dict[str, Any]:
        """Give everything the score remembers, as plain values."""
        return {
            "next_id": self._next_id,
            "tokens": self._bucket.tokens,
            "tick": self._bucket.tick,
            "last": {voice: list(pair) for voice, pair in self._chain.last.items()},
            "waiting": self._waiting.snapshot(),
            "holding": self._holding.snapshot(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self._next_id = int(state["next_id"])
        self._bucket.tokens = float(state["tokens"])
        self._bucket.tick = int(state["tick"])
        self._chain.last = {
            voice: (float(time), float(hz), float(before))
            for voice, (time, hz, before) in state["last"].items()
        }
        self._waiting.restore(state["waiting"])
        self._holding.restore(state["holding"])


def _unsaid(document: Document, path: str) -> bool:
    """Tell whether neither a document nor its mapping says what a parameter is."""
    _, name = path.split(".")
    preset = MAPPINGS.get(document.data.get("mapping", ""), {})
    return name not in document.data.get("music", {}) and path not in preset
