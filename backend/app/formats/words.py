"""A performance in words, for people who cannot see the score."""

import math
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, BinaryIO

import numpy as np

from app.core.audio.ear import BANDS_HZ, SILENCE
from app.core.audio.meters import decibels
from app.core.document import Document
from app.core.document.scala import scale_of
from app.core.mapping.pitch import spelled
from app.core.music.note import Note
from app.core.music.tuning import EQUAL
from app.core.numbers.grid import TICKS_PER_SECOND
from app.core.performance.slice import Slice

GAP_S = 2.0
QUIET_LUFS = -70.0


class WordsWriter:
    """Counts what is heard and says it in sentences at the end."""

    def __init__(self, stream: BinaryIO, document: Document) -> None:
        self._stream = stream
        self._document = document
        self._ticks = 0
        self._voices: Counter[str] = Counter()
        self._rules: Counter[tuple[str, str]] = Counter()
        self._low: dict[str, float] = {}
        self._high: dict[str, float] = {}
        self._onsets: list[float] = []
        self._soft, self._loud = 1.0, 0.0
        self._busiest: Counter[int] = Counter()
        self._heard = SILENCE
        self._peak = 0.0
        self._octaves = np.zeros(len(BANDS_HZ))  # power by octave, times ticks

    def take(self, piece: Slice) -> None:
        """Count one slice."""
        self._ticks += piece.ticks
        self._heard = piece.meters.heard
        self._peak = max(self._peak, piece.meters.peak)
        self._octaves += piece.ticks * 10.0 ** (np.array(self._heard.bands_db) / 10.0)
        for note in piece.notes:
            self._count(note)

    def _count(self, note: Note) -> None:
        self._voices[note.voice] += 1
        self._rules[note.rule, note.event] += 1
        self._low[note.voice] = min(self._low.get(note.voice, note.hz), note.hz)
        self._high[note.voice] = max(self._high.get(note.voice, note.hz), note.hz)
        self._onsets.append(note.heard_s)
        self._soft, self._loud = min(self._soft, note.velocity), max(self._loud, note.velocity)
        self._busiest[int(note.heard_s)] += 1

    def close(self) -> None:
        """Write the sentences."""
        self._stream.write(("\n".join(self.sentences()) + "\n").encode())

    def sentences(self) -> list[str]:
        """Give the description, a sentence or two a line."""
        title = self._document.data.get("title", "A universe without a title")
        about = self._document.data.get("about", "")
        said = [f"{title}.", about, self._setting()]
        if not self._onsets:
            return [*filter(None, said), f"In {self._seconds:g} seconds nothing is heard."]
        return [
            *filter(None, said),
            self._density(),
            *self._sound(),
            *self._by_voice(),
            *self._by_rule(),
            *self._gaps(),
        ]

    @property
    def _seconds(self) -> float:
        return self._ticks / TICKS_PER_SECOND

    def _setting(self) -> str:
        value = self._document.value
        scale = value("music.scale")
        tuning = value("music.tuning")
        where = f"{value('music.key')} {scale}, tuned to {_tuned(tuning)}"
        if scale == "free" and tuning == EQUAL:
            where = "no scale, pitches are what the motion makes them"
        return f"{value('music.tempo'):g} beats a minute, {value('music.meter')}; {where}."

    def _density(self) -> str:
        count, seconds = len(self._onsets), self._seconds
        second, most = max(self._busiest.items(), key=lambda item: (item[1], -item[0]))
        return (
            f"{count} notes in {seconds:g} seconds, {count / seconds:.1f} a second; the first after "
            f"{min(self._onsets):.1f} s; the busiest second, at {_clock(second)}, has {most}. "
            f"Loudness runs from {self._soft:.2f} to {self._loud:.2f}."
        )

    def _sound(self) -> list[str]:
        """Say how loud it is and where most of its sound lies, as measured on its samples."""
        if self._heard.integrated <= QUIET_LUFS:
            return []
        octave = BANDS_HZ[int(np.argmax(self._octaves))]
        return [
            f"It measures {self._heard.integrated:.1f} LUFS with peaks of {decibels(self._peak):.1f} dB; "
            f"most of its sound lies in the octave round {octave:.0f} Hz."
        ]

    def _by_voice(self) -> list[str]:
        return [
            f"{voice}: {_many(count, 'note')} {_range(self._low[voice], self._high[voice])}."
            for voice, count in self._voices.most_common()
        ]

    def _by_rule(self) -> list[str]:
        return [
            f"Rule {rule} sings of {_many(count, event if event != 'while' else 'held note')}."
            for (rule, event), count in self._rules.most_common()
        ]

    def _gaps(self) -> list[str]:
        onsets = [0.0, *sorted(self._onsets), self._seconds]
        gaps = [(b - a, a) for a, b in pairwise(onsets)]
        widest, start = max(gaps)
        if widest < GAP_S:
            return []
        return [f"The longest wait for a note is {widest:.1f} s, from {_clock(start)} on."]


def _tuned(said: Any) -> str:
    """Say a tuning in words."""
    if isinstance(said, str):
        return "the ratios of its orbits" if said == "orbits" else said
    if "scala" in said:
        scale = scale_of(said["scala"])
        return f"{len(scale.cents)} notes of a Scala file: {scale.title or 'without a title'}"
    interval = said.get("interval", 2)
    return f"{said['divisions']} equal steps of {'an octave' if interval == 2 else interval}"


def _range(low: float, high: float) -> str:
    octaves = math.log2(high / low)
    return f"from {spelled(low)} to {spelled(high)}" + (
        f", {octaves:.1f} octaves" if octaves else ""
    )


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def write(slices: Iterable[Slice], stream: BinaryIO, document: Document) -> None:
    """Describe a whole performance."""
    writer = WordsWriter(stream, document)
    for piece in slices:
        writer.take(piece)
    writer.close()
