"""Notes and their reasons in plain words, as a table to read."""

from collections.abc import Iterator

from app.core.mapping.pitch import spelled
from app.core.music.note import STEPS, Note
from app.core.performance.slice import Slice

HEAD = f"{'heard':>10}  {'voice':<8} {'pitch':<8} {'hertz':>8}  {'loud':>4}  {'length':>7}  from"
# Where the reasons stand: under the voice.
UNMOVED = "-"
_INDENT = " " * 12


def table(piece: Slice) -> Iterator[str]:
    """Give the lines of a slice's notes: one for the note, one for each step on its way."""
    for note in piece.notes:
        yield _row(note)
        reasons = {step.name: step.reason for step in note.why}
        for name in STEPS:
            yield f"{_INDENT}{name:<9} {reasons.get(name, UNMOVED)}"


def _row(note: Note) -> str:
    held = note.duration_s == float("inf")
    length = "held" if held else f"{note.duration_s:.2f} s"
    who = " and ".join(note.bodies)
    return (
        f"{_clock(note.heard_s):>10}  {note.voice:<8} {spelled(note.hz):<8} {note.hz:8.2f}  "
        f"{note.velocity:4.2f}  {length:>7}  {note.rule}: {note.event}{f' of {who}' if who else ''}"
    )


def _clock(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60.0)
    return f"{int(minutes)}:{rest:06.3f}"
