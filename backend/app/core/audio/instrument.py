"""The instrument: notes and controls in, canonical samples out."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from app.core.audio import knobs as k
from app.core.audio.engine import SCRATCH_ROWS, forget, render
from app.core.audio.layout import (
    CONTROL_ROW,
    DESK,
    NOTE,
    POOL,
    RATE,
    TICK,
    VOICE,
)
from app.core.audio.memory import packed, unpacked
from app.core.audio.resonance import string_up
from app.core.audio.sounds import Sounds
from app.core.document import Document
from app.core.music.note import Control, Note

_WAITING_MAX = 4096


class Instrument:
    """Voices, effects and limiter of one performance; the same bits for any split into calls."""

    def __init__(self, sounds: Sounds) -> None:
        self._sounds = sounds
        self._voices = np.zeros(POOL, dtype=VOICE)
        self._desk = np.zeros(1, dtype=DESK)
        forget(self._desk[0])
        self._knobs = np.zeros((k.KNOBS, 2))
        self._scratch = np.zeros((SCRATCH_ROWS, TICK))
        self._waiting = np.zeros(0, dtype=NOTE)

    @classmethod
    def of(cls, document: Document) -> Self:
        """Build the instrument a document asks for, silent."""
        self = cls(Sounds.of(document))
        self._turn_all(document)
        self._knobs[:, k.NOW] = self._knobs[:, k.TO]
        return self

    def render(
        self, tick: int, ticks: int, notes: Sequence[Note], controls: Sequence[Control]
    ) -> NDArray[np.float32]:
        """Play whole ticks from `tick` on.

        Args:
            tick: the first; calls follow each other without gaps.
            ticks: how many, at least 0.
            notes: in order of sample; one due after these ticks is kept until its own.
            controls: of held notes, in order of tick.

        Returns:
            (ticks · 400, 2), float32, true peak below -1 dB, 240 samples late.
        """
        out = np.empty((ticks * TICK, 2), dtype=np.float32)
        due = self._due(tick, notes)
        render(
            self._voices, self._desk, self._knobs, self._sounds.tables, self._sounds.modes,
            self._sounds.patches, self._sounds.taps, self._sounds.reach, self._scratch,
            due, _control_rows(controls), tick, ticks, out,
        )  # fmt: skip
        if len(due):
            self._waiting = due[due["sample"] >= (tick + ticks) * TICK][:_WAITING_MAX]
        return out

    def set(self, path: str, value: Any) -> None:
        """Move a parameter to a value over the next tick; paths of other rooms pass by."""
        index = k.INDEX.get(path)
        if index is not None:
            self._knobs[index, k.TO] = k.bounded(path, value)

    def edit(self, document: Document) -> None:
        """Obey a changed document from the next tick on; what sounds keeps its voice."""
        before = self._sounds.names
        self._sounds = Sounds.of(document)
        for row in self._waiting:
            name = before[int(row["patch"])]
            row["patch"] = self._sounds.number(name)
        self._turn_all(document)

    @property
    def resonates(self) -> bool:
        """Whether strings ring on with the music."""
        return bool(self._knobs[k.RESONANCE, k.TO] > 0.0)

    def tune(self, pitches_hz: Sequence[float]) -> None:
        """Tune the strings that ring on with the music; one that is in tune keeps ringing as it is."""
        strings = self._desk["string_hz"][0]
        wanted = list(pitches_hz)[: len(strings)]
        there = np.abs(strings).tolist()
        fresh = [hz for hz in wanted if hz not in there]
        for i, hz in enumerate(there):
            # Below zero a string hears nothing new and rings out.
            strings[i] = hz if hz in wanted else fresh.pop(0) if fresh else -hz
        string_up(self._desk[0])

    def silence(self) -> None:
        """Fade everything to nothing within the next tick, 8.3 ms: the panic button."""
        self._knobs[k.PANIC, k.TO] = 1.0
        self._waiting = np.zeros(0, dtype=NOTE)

    def snapshot(self) -> dict[str, Any]:
        """Give all that later samples depend on, as arrays, exactly."""
        return {
            "voices": packed(self._voices),
            "desk": packed(self._desk),
            "knobs": self._knobs.copy(),
            "waiting": packed(self._waiting),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back a snapshot of an instrument of the same document."""
        self._voices = unpacked(state["voices"], VOICE)
        self._desk = unpacked(state["desk"], DESK)
        self._knobs = np.array(state["knobs"])
        self._waiting = unpacked(state["waiting"], NOTE)

    def _turn_all(self, document: Document) -> None:
        for path, index in k.INDEX.items():
            self._knobs[index, k.TO] = k.bounded(path, document.value(path))

    def _due(self, tick: int, notes: Sequence[Note]) -> NDArray[np.void]:
        # A note that comes late is heard at once rather than lost.
        rows = [
            (
                note.id, max(note.sample, tick * TICK), self._sounds.number(note.voice), note.hz,
                note.velocity, max(note.duration_s * RATE, 0.0), note.pan, note.brightness,
            )
            for note in notes
        ]  # fmt: skip
        fresh = np.array(rows, dtype=NOTE)
        return fresh if len(self._waiting) == 0 else np.concatenate((self._waiting, fresh))


def _control_rows(controls: Sequence[Control]) -> NDArray[np.void]:
    rows = [
        (one.note, one.tick, one.ends, one.hz, one.velocity, one.pan, one.brightness)
        for one in controls
    ]
    return np.array(rows, dtype=CONTROL_ROW)
