"""Standard MIDI files: notes of any pitch, each on a channel whose bend makes up the rest."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

import mido

from app.core.mapping.pitch import key_number
from app.core.music.note import Control, Note
from app.core.numbers.grid import SAMPLE_RATE, SAMPLES_PER_TICK, TICKS_PER_SECOND
from app.core.performance.slice import Pace, Slice

TICKS_PER_BEAT = 1920
BEND_SEMITONES = 2.0
# A note that follows its body glides further than a struck one: less fine, but without a seam.
GLIDE_SEMITONES = 24.0
DRUMS = 9
MELODIC = tuple(channel for channel in range(16) if channel != DRUMS)
# General MIDI programs that sound like our voices.
PROGRAMS = {
    "bell": 14, "pluck": 24, "pad": 89, "bass": 33, "strings": 48, "organ": 19,
    "piano": 0, "lead": 81, "sine": 79,
}  # fmt: skip
# Expression a held note begins at, so that it can grow; of a struck one it stands open.
_EXPRESSION, _OPEN = 100, 127
_KICKS = ((70.0, 36), (110.0, 41), (150.0, 45), (200.0, 48), (math.inf, 50))


@dataclass(slots=True)
class _Sounding:
    """A note on its channel: its key, its end, how far it may bend, what its velocity stands for."""

    channel: int
    key: int
    end_s: float
    bend_semitones: float
    velocity: float  # ours, at an expression of `_OPEN`
    expression: int


class MidiWriter:
    """Gathers notes and writes one track; held notes bend and swell as they follow their bodies.

    Loudness is velocity times expression, as the General MIDI standard multiplies them. A note
    keeps its channel until it ends. Sixteen channels hold fifteen pitches at once beside
    the drums; a sixteenth takes the channel of the oldest note and ends it.
    """

    def __init__(
        self,
        stream: BinaryIO,
        *,
        tempo: float = 120.0,
        meter: tuple[int, int] = (4, 4),
        like: Mapping[str, str] | None = None,  # the built-in voices behind those of a document
    ) -> None:
        self._stream = stream
        # MIDI counts whole microseconds a beat; its ticks must be counted by the same beat.
        self._beat_us = round(60e6 / tempo)
        self._meter = meter
        self._anchor = (0.0, 0)  # seconds and ticks of the file where this tempo began
        self._like = dict(like or {})
        self._found: list[tuple[int, int, mido.Message | mido.MetaMessage]] = []
        self._tell(0, mido.MetaMessage("set_tempo", tempo=self._beat_us))
        self._tell(0, _signature(meter))
        self._sounding: dict[int, _Sounding] = {}  # by note id
        self._ranges: dict[int, float] = {}  # semitones a full bend is, by channel
        self._free = list(MELODIC)
        self._programs: dict[int, int] = {}
        self._expressions: dict[int, int] = {}
        self._end_s = 0.0

    def take(self, piece: Slice) -> None:
        """Take the notes and controls of one slice, in order of time."""
        happened: list[tuple[float, int, Note | Control | Pace]] = [
            (note.sample / SAMPLE_RATE, 2, note) for note in piece.notes
        ]
        happened += [(one.tick / TICKS_PER_SECOND, 1, one) for one in piece.controls]
        happened += [(pace.tick / TICKS_PER_SECOND, 0, pace) for pace in piece.paces]
        for time_s, _, one in sorted(happened, key=lambda item: item[:2]):
            self._release_until(time_s)
            if isinstance(one, Pace):
                self._go(one, time_s)
            elif isinstance(one, Note):
                self._begin(one, time_s)
            elif one.note in self._sounding:
                self._follow(one, time_s)
        self._end_s = (piece.tick + piece.ticks) * SAMPLES_PER_TICK / SAMPLE_RATE

    def _go(self, pace: Pace, time_s: float) -> None:
        """Go on at another tempo or meter; the beats of the file stay those of the universe."""
        beat_us = round(60e6 / pace.tempo)
        if beat_us != self._beat_us:
            at = self._ticks(time_s)
            gone_s = (at - self._anchor[1]) / TICKS_PER_BEAT * self._beat_us / 1e6
            self._anchor = (self._anchor[0] + gone_s, at)
            self._beat_us = beat_us
            self._tell(at, mido.MetaMessage("set_tempo", tempo=beat_us))
        if pace.meter != self._meter:
            self._meter = pace.meter
            self._tell(self._ticks(time_s), _signature(pace.meter))

    def _begin(self, note: Note, time_s: float) -> None:
        follows = note.event == "while"
        channel, key = self._place(note)
        wide = GLIDE_SEMITONES if follows else BEND_SEMITONES
        loud, expression = _loudness(note.velocity, _EXPRESSION if follows else _OPEN)
        if channel != DRUMS:
            self._prepare(channel, note, time_s)
            self._range(channel, wide, time_s)
            bend = _bend(_number(note.hz) - key, wide)
            self._say(time_s, "pitchwheel", channel=channel, pitch=bend)
            self._say(time_s, "control_change", channel=channel, control=10, value=_seven(note.pan))
            self._express(channel, expression, time_s)
        self._say(time_s, "note_on", channel=channel, note=key, velocity=loud)
        end_s = time_s + note.duration_s
        full = loud / 127.0
        self._sounding[note.id] = _Sounding(channel, key, end_s, wide, full, expression)

    def _prepare(self, channel: int, note: Note, time_s: float) -> None:
        """Give a channel the sound of a note's voice."""
        program = PROGRAMS.get(self._like.get(note.voice, note.voice), PROGRAMS["bell"])
        if self._programs.get(channel) != program:
            self._programs[channel] = program
            self._say(time_s, "program_change", channel=channel, program=program)

    def _range(self, channel: int, semitones: float, time_s: float) -> None:
        """Tell a channel how far a full bend goes (registered parameter 0)."""
        if self._ranges.get(channel) == semitones:
            return
        self._ranges[channel] = semitones
        for control, value in ((101, 0), (100, 0), (6, int(semitones)), (38, 0)):
            self._say(time_s, "control_change", channel=channel, control=control, value=value)

    def _express(self, channel: int, value: int, time_s: float) -> None:
        if self._expressions.get(channel, -1) != value:
            self._expressions[channel] = value
            self._say(time_s, "control_change", channel=channel, control=11, value=value)

    def _place(self, note: Note) -> tuple[int, int]:
        """Give the channel and key of a new note."""
        if self._like.get(note.voice, note.voice) == "drum":
            return DRUMS, next(key for below, key in _KICKS if note.hz < below)
        if not self._free:
            oldest = min(i for i, one in self._sounding.items() if one.channel != DRUMS)
            self._end(oldest, note.sample / SAMPLE_RATE)
        return self._free.pop(0), math.floor(_number(note.hz) + 0.5)

    def _follow(self, control: Control, time_s: float) -> None:
        if control.ends:
            self._end(control.note, time_s)
            return
        one = self._sounding[control.note]
        if one.channel == DRUMS:
            return
        number = _number(control.hz)
        if abs(number - one.key) > one.bend_semitones:
            self._take_up(one, number, control.velocity, time_s)
        bend = _bend(number - one.key, one.bend_semitones)
        self._say(time_s, "pitchwheel", channel=one.channel, pitch=bend)
        share = control.velocity / one.velocity
        self._express(one.channel, max(0, min(127, round(_OPEN * share))), time_s)

    def _take_up(self, one: _Sounding, number: float, velocity: float, time_s: float) -> None:
        """Strike a note again on a nearer key, without a breath: it has gone too far to bend."""
        self._say(time_s, "note_off", channel=one.channel, note=one.key)
        one.key = math.floor(number + 0.5)
        loud, _ = _loudness(velocity, _EXPRESSION)
        one.velocity = loud / 127.0
        self._say(time_s, "note_on", channel=one.channel, note=one.key, velocity=loud)

    def _release_until(self, time_s: float) -> None:
        over = sorted(
            (one.end_s, number) for number, one in self._sounding.items() if one.end_s <= time_s
        )
        for end_s, number in over:
            self._end(number, end_s)

    def _end(self, number: int, time_s: float) -> None:
        one = self._sounding.pop(number)
        self._say(time_s, "note_off", channel=one.channel, note=one.key)
        if one.channel != DRUMS:
            # Channels go round: the one longest silent is taken first, its sound has died away.
            self._free.append(one.channel)

    def _say(self, time_s: float, kind: str, **fields: int) -> None:
        self._tell(self._ticks(time_s), mido.Message(kind, **fields))

    def _tell(self, when: int, message: mido.Message | mido.MetaMessage) -> None:
        self._found.append((when, len(self._found), message))

    def _ticks(self, time_s: float) -> int:
        since_s, ticks = self._anchor
        return ticks + round((time_s - since_s) * 1e6 / self._beat_us * TICKS_PER_BEAT)

    def close(self) -> None:
        """End what still sounds where the performance ends, and write the file."""
        self._release_until(self._end_s)
        for number in sorted(self._sounding):
            self._end(number, self._end_s)
        track = mido.MidiTrack()
        before = 0
        for when, _, message in sorted(self._found, key=lambda item: item[:2]):
            track.append(message.copy(time=when - before))
            before = when
        last = max(0, self._ticks(self._end_s) - before)
        track.append(mido.MetaMessage("end_of_track", time=last))
        file = mido.MidiFile(type=0, ticks_per_beat=TICKS_PER_BEAT)
        file.tracks.append(track)
        file.save(file=self._stream)


def _signature(meter: tuple[int, int]) -> mido.MetaMessage:
    return mido.MetaMessage("time_signature", numerator=meter[0], denominator=meter[1])


def _number(hz: float) -> float:
    """Give a frequency as a key number of MIDI, which ends at 127."""
    return min(max(key_number(hz), 0.0), 127.0)


def _loudness(velocity: float, expression: int) -> tuple[int, int]:
    """Give the velocity and expression of MIDI whose product is a velocity of ours, 0..1."""
    loud = max(1, min(127, round(127 * velocity * _OPEN / expression)))
    if expression == _OPEN:
        return loud, _OPEN
    return loud, max(0, min(127, round(127 * velocity * _OPEN / loud)))


def _bend(semitones: float, wide: float) -> int:
    return max(-8192, min(8191, round(semitones / wide * 8192)))


def _seven(pan: float) -> int:
    return max(0, min(127, round(63.5 + 63.5 * pan)))


def write(
    slices: Iterable[Slice],
    stream: BinaryIO,
    *,
    tempo: float = 120.0,
    meter: tuple[int, int] = (4, 4),
    like: Mapping[str, str] | None = None,
) -> None:
    """Write the notes of a whole performance as a MIDI file, from a tempo and meter on."""
    writer = MidiWriter(stream, tempo=tempo, meter=meter, like=like)
    for piece in slices:
        writer.take(piece)
    writer.close()
