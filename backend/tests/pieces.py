"""What makes a piece of music of an example: the figures, and how each is measured.

All of the notes of its first minute, as they are heard. Rhythm: the onsets as a train of 10 ms
bins, each onset a triangle of 30 ms to either side (about what the ear takes as one moment), its
mean taken away; the autocorrelation at the lag of a bar, as a part of that at lag 0. A shuffle
plays the same waits from onset to onset in another order. Pitch: how many bits the pitch before
takes off the next one, I = H(next) + H(before) - H(both), over the struck notes in their order.
A shuffle plays the same pitches in another order. `beaten` counts the shuffles that stay below.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.core.audio import Instrument
from app.core.document import parse
from app.core.document.music import music
from app.core.music.note import Note
from app.core.music.register import UNPITCHED
from app.core.numbers.grid import SAMPLES_PER_TICK, TICKS_PER_SECOND
from app.core.performance import Performance

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
HEARD_S = 60
SHUFFLES = 100
BIN_S = 0.01
MOMENT_S = 0.03
# Two notes of one voice so close are one stroke: a chord.
CHORD_S = 1e-3
OCTAVE = 2.0 * 2.0 ** (0.01 / 12.0)

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figures:
    """What the first minute of a piece is like."""

    first_s: float  # until the first struck note
    a_second: float  # notes
    wait_s: float  # the longest time in which no note begins
    gap_s: float  # the least time between two strokes of one voice
    within_octave: float  # the least share of a voice's leaps, 0..1; of those that sing
    span_db: float  # from the softest velocity to the loudest
    bar: float  # autocorrelation of the onsets at the bar
    bar_beaten: int  # of 100 shuffles
    pitch_bits: float  # what one pitch tells of the next
    pitch_beaten: int  # of 100 shuffles


def names() -> list[str]:
    """Name the examples."""
    return sorted(path.stem for path in EXAMPLES.glob("*.json"))


class Silence(Instrument):
    """An instrument that is only held: the notes are wanted, not their sound."""

    def render(self, first: int, ticks: int, *_: Any) -> NDArray[np.float32]:
        """Give silence."""
        return np.zeros((ticks * SAMPLES_PER_TICK, 2), dtype=np.float32)


def heard(document: Any, seconds: float = HEARD_S) -> list[Note]:
    """Play a universe without rendering its sound and give its notes in order of onset."""
    performance = Performance(document)
    performance._instrument = Silence.of(document)
    notes = performance.run(round(seconds * TICKS_PER_SECOND)).notes
    return sorted(notes, key=lambda note: note.heard_s)


def figures_of(name: str, notes: Sequence[Note] | None = None) -> Figures:
    """Measure an example, or these notes of it."""
    document = parse((EXAMPLES / f"{name}.json").read_bytes())
    spec = music(document)
    return figures(
        heard(document) if notes is None else notes,
        bar_s=spec.bar_beats * 60.0 / spec.tempo,
        drums={"drum", *(voice.id for voice in spec.voices if voice.like in UNPITCHED)},
    )


def figures(notes: Sequence[Note], *, bar_s: float, drums: set[str]) -> Figures:
    """Measure notes in order of onset, a minute of them."""
    onsets = np.array([note.heard_s for note in notes])
    struck = [note for note in notes if note.event != "while"]
    sung = [note for note in struck if note.voice not in drums]
    pitches = [round(1200.0 * float(np.log2(note.hz))) for note in sung]
    rhythm, bar_beaten = against_shuffles(
        np.diff(onsets, prepend=0.0), lambda waits: repetition(np.cumsum(waits), bar_s)
    )
    bits, pitch_beaten = against_shuffles(np.array(pitches), shared_bits)
    return Figures(
        first_s=min(note.heard_s for note in struck),
        a_second=len(notes) / HEARD_S,
        wait_s=float(np.diff(onsets, prepend=0.0, append=HEARD_S).max()),
        gap_s=min(map(least_gap, by_voice(notes).values())),
        within_octave=min(map(leaps_within_octave, by_voice(sung).values())),
        span_db=span_db([note.velocity for note in struck]),
        bar=rhythm,
        bar_beaten=bar_beaten,
        pitch_bits=bits,
        pitch_beaten=pitch_beaten,
    )


def by_voice(notes: Sequence[Note]) -> dict[str, list[Note]]:
    """Give the notes of each voice."""
    voices: dict[str, list[Note]] = {}
    for note in notes:
        voices.setdefault(note.voice, []).append(note)
    return voices


def least_gap(notes: Sequence[Note]) -> float:
    """Give the least time between two strokes, seconds; notes of one instant are one stroke."""
    times = [note.heard_s for note in notes]
    return min((b - a for a, b in pairwise(times) if b - a > CHORD_S), default=float("inf"))


def leaps_within_octave(notes: Sequence[Note]) -> float:
    """Give the share of leaps from note to note that are no wider than an octave."""
    near = [1 / OCTAVE <= b.hz / a.hz <= OCTAVE for a, b in pairwise(notes)]
    return sum(near) / len(near) if near else 1.0


def span_db(velocities: Sequence[float]) -> float:
    """Give the range from the softest to the loudest in decibels."""
    return float(20.0 * np.log10(max(velocities) / min(velocities)))


def repetition(onsets: Numbers, lag_s: float) -> float:
    """Give the autocorrelation of an onset train at a lag, 1 at lag 0."""
    train = smeared(onsets)
    train = train - train.mean()
    lag = round(lag_s / BIN_S)
    return float(train[:-lag] @ train[lag:] / (train @ train))


def smeared(onsets: Numbers) -> Numbers:
    """Give the train of onsets: 10 ms bins, each onset a triangle of 30 ms to either side."""
    train = np.bincount((onsets / BIN_S + 0.5).astype(int), minlength=round(HEARD_S / BIN_S) + 1)
    reach = round(MOMENT_S / BIN_S)
    triangle = np.bartlett(2 * reach + 3)[1:-1]
    return np.convolve(train.astype(float), triangle, mode="same")


def shared_bits(sequence: Numbers) -> float:
    """Give the mutual information of neighbours in bits: how far one tells the next."""
    before, after = sequence[:-1].tolist(), sequence[1:].tolist()
    both = list(zip(before, after, strict=True))
    return entropy(before) + entropy(after) - entropy(both)


def entropy(symbols: Sequence[Any]) -> float:
    """Give the entropy of symbols by their counts, bits."""
    counts = np.array(list(Counter(symbols).values()), dtype=float)
    shares = counts / counts.sum()
    return float(-(shares * np.log2(shares)).sum())


def against_shuffles(values: Numbers, measure: Callable[[Numbers], float]) -> tuple[float, int]:
    """Measure a sequence, and count of 100 shuffles of it those that stay below."""
    own = measure(values)
    shuffle = np.random.default_rng(1)
    below = sum(measure(shuffle.permutation(values)) < own - 1e-9 for _ in range(SHUFFLES))
    return own, below
