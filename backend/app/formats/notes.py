"""Notes as JSON: what was heard, exactly when, and why."""

import itertools
import math
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from app.core.mapping.pitch import pitch_class, spelled
from app.core.music.note import Control, Note
from app.core.numbers.grid import TICKS_PER_SECOND
from app.core.performance.slice import Slice
from app.formats.jsonlist import NOTHING, ListWriter


class NotesWriter:
    """Writes every note in order of onset; one that is held waits, with all after it, for its end."""

    def __init__(self, stream: BinaryIO, head: Mapping[str, Any] = NOTHING) -> None:
        self._list = ListWriter(stream, "notes", {"format": "mundi notes 1", **head})
        self._waiting: dict[int, dict[str, Any]] = {}  # by id, in order of onset
        self._held: set[int] = set()

    def take(self, piece: Slice) -> None:
        """Take the notes of one slice, and the ends of those held before."""
        for note in sorted(piece.notes, key=lambda note: (note.sample, note.id)):
            self._waiting[note.id] = said(note)
            if math.isinf(note.duration_s):
                self._held.add(note.id)
        for control in piece.controls:
            if control.note in self._held:
                self._follow(self._waiting[control.note], control)
        self._write()

    def _follow(self, held: dict[str, Any], control: Control) -> None:
        if control.ends:
            held["duration_s"] = control.tick / TICKS_PER_SECOND - held["heard_s"]
            self._held.discard(control.note)
            return
        held["hz_low"] = min(held.get("hz_low", held["hz"]), control.hz)
        held["hz_high"] = max(held.get("hz_high", held["hz"]), control.hz)

    def _write(self) -> None:
        """Write what is complete, up to the first note that still sounds."""
        done = list(itertools.takewhile(lambda number: number not in self._held, self._waiting))
        for number in done:
            self._list.add(self._waiting.pop(number))

    def close(self) -> None:
        """Finish the file; what is still held has a duration of null."""
        self._held.clear()
        self._write()
        self._list.close()


def said(note: Note) -> dict[str, Any]:
    """Give a note as JSON has it."""
    return {
        "id": note.id,
        "heard_s": note.heard_s,
        "universe_time": note.universe_time,
        "tick": note.tick,
        "offset": note.offset,
        "sample": note.sample,
        "hz": note.hz,
        "name": spelled(note.hz),
        "pitch_class": pitch_class(note.hz),
        "velocity": note.velocity,
        "duration_s": note.duration_s,
        "voice": note.voice,
        "pan": note.pan,
        "brightness": note.brightness,
        "rule": note.rule,
        "event": note.event,
        "bodies": list(note.bodies),
        "place": list(note.place),
        "why": [
            {"step": step.name, "before": step.before, "after": step.after, "reason": step.reason}
            for step in note.why
        ],
    }


def write(slices: Iterable[Slice], stream: BinaryIO, head: Mapping[str, Any] = NOTHING) -> None:
    """Write the notes of a whole performance; `head` goes before them."""
    writer = NotesWriter(stream, head)
    for piece in slices:
        writer.take(piece)
    writer.close()
