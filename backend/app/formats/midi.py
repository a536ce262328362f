"""Standard MIDI files: notes of any pitch, each on a channel whose bend makes up the rest."""

import math
from collections.abc import Iterable
from typing import BinaryIO

import mido

from app.core.mapping.pitch import key_number
from app.core.music.note import Control, Note
from app.core.numbers.grid import SAMPLE_RATE, SAMPLES_PER_TICK, TICKS_PER_SECOND
from app.core.performance.slice import Slice

TICKS_PER_BEAT = 1920
BEND_SEMITONES = 2.0
DRUMS = 9
MELODIC = tuple(channel for channel in range(16) if channel != DRUMS)
# General MIDI programs that sound like our voices.
PROGRAMS = {
    "bell": 14, "pluck": 24, "pad": 89, "bass": 33, "strings": 48, "organ": 19,
    "piano": 0, "lead": 81, "sine": 79,
}  # fmt: skip
_KICKS = ((70.0, 36), (110.0, 41), (150.0, 45), (200.0, 48), (math.inf, 50))


class MidiWriter:
    """Gathers notes and writes one track; held notes bend as they glide.

    A note keeps its channel until it ends. Sixteen channels hold fifteen pitches at once beside
    the drums; a sixteenth takes the channel of the oldest note and ends it.
    """

    def __init__(self, stream: BinaryIO, *, tempo: float = 120.0) -> None:
        self._stream = stream
        # MIDI counts whole microseconds a beat; its ticks must be counted by the same beat.
        self._beat_us = round(60e6 / tempo)
        self._found: list[tuple[int, int, mido.Message]] = []
        self._sounding: dict[int, tuple[int, int, float]] = {}  # note id: channel, key, end in s
        self._free = list(MELODIC)
        self._programs: dict[int, int] = {}
        self._end_s = 0.0

    def take(self, piece: Slice) -> None:
        """Take the notes and controls of one slice, in order of time."""
        happened: list[tuple[float, int, Note | Control]] = [
            (note.sample / SAMPLE_RATE, 1, note) for note in piece.notes
        ]
        happened += [(one.tick / TICKS_PER_SECOND, 0, one) for one in piece.controls]
        for time_s, _, one in sorted(happened, key=lambda item: item[:2]):
            self._release_until(time_s)
            if isinstance(one, Note):
                self._begin(one, time_s)
            elif one.note in self._sounding:
                self._follow(one, time_s)
        self._end_s = (piece.tick + piece.ticks) * SAMPLES_PER_TICK / SAMPLE_RATE

    def _begin(self, note: Note, time_s: float) -> None:
        channel, key, bend = self._place(note)
        if channel != DRUMS:
            program = PROGRAMS.get(note.voice, PROGRAMS["bell"])
            if self._programs.get(channel) != program:
                self._programs[channel] = program
                self._say(time_s, "program_change", channel=channel, program=program)
            self._say(time_s, "pitchwheel", channel=channel, pitch=bend)
            self._say(time_s, "control_change", channel=channel, control=10, value=_seven(note.pan))
        loud = max(1, min(127, round(127 * note.velocity)))
        self._say(time_s, "note_on", channel=channel, note=key, velocity=loud)
        self._sounding[note.id] = (channel, key, time_s + note.duration_s)

    def _place(self, note: Note) -> tuple[int, int, int]:
        """Give the channel, key and bend of a new note."""
        if note.voice == "drum":
            return DRUMS, next(key for below, key in _KICKS if note.hz < below), 0
        if not self._free:
            oldest = min(i for i, (channel, _, _) in self._sounding.items() if channel != DRUMS)
            self._end(oldest, note.sample / SAMPLE_RATE)
        number = _number(note.hz)
        key = math.floor(number + 0.5)
        return self._free.pop(0), key, _bend(number - key)

    def _follow(self, control: Control, time_s: float) -> None:
        channel, key, end_s = self._sounding[control.note]
        if control.ends:
            self._end(control.note, time_s)
            return
        number = _number(control.hz)
        if abs(number - key) > BEND_SEMITONES:
            # Too far to bend: the note is taken up again on a nearer key, without a breath.
            self._say(time_s, "note_off", channel=channel, note=key)
            key = math.floor(number + 0.5)
            loud = max(1, min(127, round(127 * control.velocity)))
            self._say(time_s, "note_on", channel=channel, note=key, velocity=loud)
            self._sounding[control.note] = (channel, key, end_s)
        self._say(time_s, "pitchwheel", channel=channel, pitch=_bend(number - key))

    def _release_until(self, time_s: float) -> None:
        over = sorted(
            (end_s, number) for number, (_, _, end_s) in self._sounding.items() if end_s <= time_s
        )
        for end_s, number in over:
            self._end(number, end_s)

    def _end(self, number: int, time_s: float) -> None:
        channel, key, _ = self._sounding.pop(number)
        self._say(time_s, "note_off", channel=channel, note=key)
        if channel != DRUMS:
            # Channels go round: the one longest silent is taken first, its sound has died away.
            self._free.append(channel)

    def _say(self, time_s: float, kind: str, **fields: int) -> None:
        when = self._ticks(time_s)
        self._found.append((when, len(self._found), mido.Message(kind, **fields)))

    def _ticks(self, time_s: float) -> int:
        return round(time_s * 1e6 / self._beat_us * TICKS_PER_BEAT)

    def close(self) -> None:
        """End what still sounds where the performance ends, and write the file."""
        self._release_until(self._end_s)
        for number in sorted(self._sounding):
            self._end(number, self._end_s)
        track = mido.MidiTrack()
        track.append(mido.MetaMessage("set_tempo", tempo=self._beat_us))
        before = 0
        for when, _, message in sorted(self._found, key=lambda item: item[:2]):
            track.append(message.copy(time=when - before))
            before = when
        last = max(0, self._ticks(self._end_s) - before)
        track.append(mido.MetaMessage("end_of_track", time=last))
        file = mido.MidiFile(type=0, ticks_per_beat=TICKS_PER_BEAT)
        file.tracks.append(track)
        file.save(file=self._stream)


def _number(hz: float) -> float:
    """Give a frequency as a key number of MIDI, which ends at 127."""
    return min(max(key_number(hz), 0.0), 127.0)


def _bend(semitones: float) -> int:
    return max(-8192, min(8191, round(semitones / BEND_SEMITONES * 8192)))


def _seven(pan: float) -> int:
    return max(0, min(127, round(63.5 + 63.5 * pan)))


def write(slices: Iterable[Slice], stream: BinaryIO, *, tempo: float = 120.0) -> None:
    """Write the notes of a whole performance as a MIDI file at a constant tempo."""
    writer = MidiWriter(stream, tempo=tempo)
    for piece in slices:
        writer.take(piece)
    writer.close()
