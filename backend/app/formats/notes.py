"""Notes as JSON: what was heard, exactly when, and why."""

import math
from collections.abc import Iterable
from typing import Any, BinaryIO

from app.core.mapping.pitch import pitch_class, spelled
from app.core.music.note import Note
from app.core.numbers.grid import TICKS_PER_SECOND
from app.core.performance.slice import Slice
from app.formats.jsonlist import ListWriter


class NotesWriter:
    """Writes every note; one that is held is written when it ends, or at the end as still held."""

    def __init__(self, stream: BinaryIO) -> None:
        self._list = ListWriter(stream, "notes", {"format": "mundi notes 1"})
        self._held: dict[int, dict[str, Any]] = {}

    def take(self, piece: Slice) -> None:
        """Write the notes of one slice, and those held before that end in it."""
        for note in piece.notes:
            if math.isinf(note.duration_s):
                self._held[note.id] = said(note)
            else:
                self._list.add(said(note))
        for control in piece.controls:
            if control.note in self._held:
                self._follow(control.note, control.tick, control.hz, ends=control.ends)

    def _follow(self, number: int, tick: int, hz: float, *, ends: bool) -> None:
        held = self._held[number]
        heard_s = tick / TICKS_PER_SECOND
        if ends:
            held["duration_s"] = heard_s - held["heard_s"]
            self._list.add(self._held.pop(number))
        elif hz != held.get("last_hz", held["hz"]):
            held["last_hz"] = hz
            held["hz_low"] = min(held.get("hz_low", held["hz"]), hz)
            held["hz_high"] = max(held.get("hz_high", held["hz"]), hz)

    def close(self) -> None:
        """Finish the file; what is still held has a duration of null."""
        for held in self._held.values():
            self._list.add(held)
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


def write(slices: Iterable[Slice], stream: BinaryIO) -> None:
    """Write the notes of a whole performance."""
    writer = NotesWriter(stream)
    for piece in slices:
        writer.take(piece)
    writer.close()
