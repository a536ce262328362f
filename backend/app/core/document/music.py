"""The music of a universe, resolved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.document.document import Document
from app.core.document.pitches import pitch_class_of
from app.core.document.spans import Span, span_of
from app.core.parameters import PARAMETERS
from app.core.parameters.music import VOICES as BUILT_IN_VOICES


@dataclass(frozen=True, slots=True)
class VoiceSpec:
    """A voice of the document's own: a built-in one and what is different about it.

    `changes` holds only what was said: attack, decay, sustain, release (s, s, -, s),
    wave, partials, filter {cutoff, q}, pan (-1..1), level (0..1), brightness (-1..1),
    vibrato (cents), register (two Hz or names).
    """

    id: str
    like: str  # one of BUILT_IN_VOICES
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MusicSpec:
    """Tempo, meter and harmony; every plain parameter is in `values` by its path."""

    tempo: float  # beats (quarter notes) a minute
    meter: tuple[int, int]  # (7, 8) is seven eighths
    bar_beats: float  # quarter notes a bar
    key: int  # pitch class 0..11
    scale: str  # a name out of parameters.music.SCALES
    chords: tuple[str, ...]  # roman numerals, going round; empty: none
    chord_span: Span  # how long each stands
    quantize: Span | None  # the finest grid; None: off
    phrase: tuple[float, float] | None  # bars of notes, bars of rest
    voices: tuple[VoiceSpec, ...]  # ascending id
    values: Mapping[str, Any]  # "music.harmony": 0.5, ... every parameter of the table


def music(document: Document) -> MusicSpec:
    """Give the music of a universe, defaults filled in."""
    values = {path: document.value(path) for path in PARAMETERS if path.startswith("music.")}
    meter = meter_of(values["music.meter"])
    chords = values["music.chords"] or {}
    phrase = values["music.phrase"]
    grid = values["music.quantize"]
    return MusicSpec(
        tempo=float(values["music.tempo"]),
        meter=meter,
        bar_beats=bar_beats(meter),
        key=pitch_class_of(values["music.key"]),
        scale=values["music.scale"],
        chords=tuple(chords.get("list", ())),
        chord_span=span_of(chords.get("each", "1 bar")),
        quantize=None if grid == "off" else span_of(grid),
        phrase=None if phrase is None else (float(phrase["bars"]), float(phrase["rest"])),
        voices=tuple(_voice(name, said) for name, said in _sorted(document.data.get("voices"))),
        values=values,
    )


def meter_of(said: str) -> tuple[int, int]:
    """Read a meter: "7/8" is (7, 8)."""
    top, under = said.split("/")
    return (int(top), int(under))


def bar_beats(meter: tuple[int, int]) -> float:
    """Give the quarter notes in a bar."""
    return meter[0] * 4.0 / meter[1]


def _voice(name: str, said: Mapping[str, Any]) -> VoiceSpec:
    like = said.get("like", name if name in BUILT_IN_VOICES else "bell")
    return VoiceSpec(name, like, {key: value for key, value in said.items() if key != "like"})


def _sorted(said: Mapping[str, Any] | None) -> list[tuple[str, Any]]:
    return sorted((said or {}).items())
