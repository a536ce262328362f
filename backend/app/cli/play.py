"""`mundi play`: a universe, or a take, to sound, notes and pictures, faster than it is heard."""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import click

from app.cli import explain as words
from app.cli import scales, sources
from app.cli.gauge import Gauge
from app.cli.outputs import Outputs, outputs
from app.core.audio.mastering import LOUDNESS_MAX, LOUDNESS_MIN, TOLERANCE_LU, UNHEARD, Master
from app.core.document import Document
from app.core.document.music import MusicSpec, music
from app.core.numbers.grid import SAMPLES_PER_TICK, TICKS_PER_SECOND
from app.core.performance import Slice
from app.core.performance import play as performed
from app.core.performance.takes import Take, described, read
from app.errors import InputError
from app.formats.events import EventsWriter
from app.formats.frames import FramesWriter
from app.formats.loud import LoudWavWriter
from app.formats.notes import NotesWriter
from app.formats.wav import WavWriter

SECONDS = 60.0
SECONDS_MAX = 24 * 3600.0


class Writer(Protocol):
    """Any of the formats."""

    def take(self, piece: Slice) -> None:
        """Take the next slice."""

    def close(self) -> None:
        """Finish the file."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What to write, and where to."""

    wav: Path | None
    floats: bool
    loudness: float | None
    events: Path | None
    notes: Path | None
    frames: Path | None
    midi: Path | None
    still: Path | None


class Seconds(click.FloatRange):
    """Seconds of heard time, a real number of them."""

    name = "seconds"

    def __init__(self) -> None:
        super().__init__(0.0, SECONDS_MAX)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Read a number and refuse one that is none."""
        found = float(super().convert(value, param, ctx))
        if found != found:
            self.fail(f"{value!r} is not a number of seconds", param, ctx)
        return found


def _file(name: str, what: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    kind = click.Path(dir_okay=False, path_type=Path)
    return click.option(f"--{name}", type=kind, metavar="FILE", help=what)


@click.command()
@click.argument("file")
@click.option("--seconds", type=Seconds(), help="How long; 60 by default.")
@click.option("--from", "begin", type=Seconds(), help="Where to begin, in seconds.")
@click.option("--seed", type=click.IntRange(0), help="Another seed than the file's.")
@_file("wav", "The sound, 48 kHz stereo, 16 bits.")
@click.option("--float", "floats", is_flag=True, help="The sound as the canonical floats.")
@click.option(
    "--loudness",
    type=click.FloatRange(LOUDNESS_MIN, LOUDNESS_MAX),
    metavar="LUFS",
    help="Bring the sound to this loudness: -14, -16, -23. By default it is as heard.",
)
@_file("events", "What happened, as JSON.")
@_file("notes", "What was heard and why, as JSON.")
@_file("frames", "Where every body was, by tick, as CSV.")
@_file("midi", "The notes as a Standard MIDI file.")
@_file("still", "A picture of the last moment, as PNG.")
@_file("tuning", "Play it in the tuning of this Scala scale.")
@_file("keyboard", "With this keyboard mapping.")
@click.option("--explain", is_flag=True, help="Print each note with its reasons.")
def play(
    file: str,
    seconds: float | None,
    begin: float | None,
    seed: int | None,
    explain: bool,
    tuning: Path | None,
    keyboard: Path | None,
    **files: object,
) -> None:
    """Play FILE, a universe or a take ("-" is standard input), and write what is asked for."""
    take = read_take(file)
    if seed is not None:
        take = replace(take, seed=seed)
    take = tuned(take, tuning, keyboard)
    start = take.start if begin is None else round(begin * TICKS_PER_SECOND)
    ticks = _ticks(take, seconds)
    slices = performed(
        take.document,
        seed=take.seed,
        journal=take.journal,
        start=start,
        ticks=ticks,
        seen=files["still"] is not None,
    )
    asked = Asked(**files)  # type: ignore[arg-type]  # click checked the types
    if asked.loudness is not None and asked.wav is None:
        raise InputError("--loudness is about the sound: say with --wav where it goes")
    began = time.perf_counter()
    with outputs() as out:
        writers = _writers(asked, take, ticks, out)
        gauge = Gauge()
        shown = _watched(gauge.watch(slices), start, ticks, silent=explain)
        notes = _play(shown, writers, explain)
    _summary(notes, gauge, ticks / TICKS_PER_SECOND, time.perf_counter() - began)


def read_take(file: str) -> Take:
    """Read what is to be played; an error names the file it is about."""
    source = sources.read(file)
    try:
        return read(source)
    except InputError as fault:
        fault.message = f"{file}: {fault.message}"
        raise


def tuned(take: Take, scale: Path | None, keyboard: Path | None) -> Take:
    """Give a take in the tuning of Scala files, if there are any."""
    if scale is None and keyboard is None:
        return take
    if scale is None:
        raise InputError("--keyboard needs the --tuning it is for")
    plain = take.document.patched({"music": {"tuning": None}})
    said = {"music": {"tuning": scales.read(str(scale), keyboard)}}
    return replace(take, document=plain.patched(said))


def _ticks(take: Take, seconds: float | None) -> int:
    if seconds is None and take.ticks is not None:
        return take.ticks
    return round((SECONDS if seconds is None else seconds) * TICKS_PER_SECOND)


def _writers(asked: Asked, take: Take, ticks: int, out: Outputs) -> list[Writer]:
    """Open a writer for every file that was asked for."""
    spec = music(take.document)
    frames = ticks * SAMPLES_PER_TICK
    about = described(take)
    made: list[tuple[Path | None, Callable[..., Writer]]] = [
        (asked.wav, lambda s: _sound(s, asked, frames)),
        (asked.events, lambda s: EventsWriter(s, about)),
        (asked.notes, lambda s: NotesWriter(s, about)),
        (asked.frames, FramesWriter),
        (asked.midi, lambda s: _midi(s, spec)),
        (asked.still, lambda s: _still(s, take.document)),
    ]
    return [make(out.open(path)) for path, make in made if path is not None]


def _midi(stream: BinaryIO, spec: MusicSpec) -> Writer:
    from app.formats.midi import MidiWriter  # Mido and Pillow take longer to import than a note

    like = {voice.id: voice.like for voice in spec.voices}
    return MidiWriter(stream, tempo=spec.tempo, meter=spec.meter, like=like)


def _still(stream: BinaryIO, document: Document) -> Writer:
    from app.formats.still import StillWriter

    return StillWriter(stream, document)


def _sound(stream: BinaryIO, asked: Asked, frames: int) -> Writer:
    """Write the sound as it is heard, or at a loudness that is told at the end."""
    if asked.loudness is None:
        return WavWriter(stream, floats=asked.floats, frames=frames)
    return LoudWavWriter(
        stream,
        loudness=asked.loudness,
        floats=asked.floats,
        frames=frames,
        told=lambda master: click.echo(mastering(master, wanted=asked.loudness), err=True),
    )


def mastering(master: Master, *, wanted: float | None) -> str:
    """Say what loudness was reached, and why where it is not the one wanted."""
    said = (
        f"{master.loudness:.1f} LUFS, true peak {master.true_peak_db:.1f} dBTP, "
        f"gain {master.gain_db:+.1f} dB"
    )
    if wanted is not None and abs(master.loudness - wanted) > TOLERANCE_LU:
        quiet = master.loudness <= UNHEARD
        said += ", too quiet to be measured" if quiet else ", as loud as 6 dB of limiting make it"
    return said


def _play(slices: Iterator[Slice], writers: list[Writer], explain: bool) -> int:
    notes = 0
    if explain:
        click.echo(words.HEAD)
    for piece in slices:
        notes += len(piece.notes)
        _tell_end(piece)
        for writer in writers:
            writer.take(piece)
        if explain:
            for line in words.table(piece):
                click.echo(line)
    for writer in writers:
        writer.close()
    return notes


def _tell_end(piece: Slice) -> None:
    """Say which body ended the performance, where one did."""
    for event in piece.events:
        if event.kind == "blowup":
            where = f"at tick {event.tick}: nothing moves after it"
            click.echo(f"{event.bodies[0]} left all numbers {where}", err=True)


def _watched(slices: Iterator[Slice], start: int, ticks: int, *, silent: bool) -> Iterator[Slice]:
    """Show how far it is on a terminal; elsewhere, or between printed notes, show nothing."""
    if silent or not sys.stderr.isatty():
        yield from slices
        return
    with click.progressbar(length=ticks, label="playing", file=sys.stderr) as bar:
        for piece in slices:
            yield piece
            bar.update(piece.ticks)


def _summary(notes: int, gauge: Gauge, heard_s: float, spent_s: float) -> None:
    energy = f", {gauge.energy}" if gauge.energy else ""
    pace = f", {heard_s / spent_s:.0f} times faster than heard" if spent_s > 0 else ""
    click.echo(f"{heard_s:g} s, {notes} notes{energy}, in {spent_s:.1f} s{pace}", err=True)
    if gauge.overload:
        click.echo(gauge.overload, err=True)
