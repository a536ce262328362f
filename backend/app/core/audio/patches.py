"""The voices by name: each one row of numbers that the kernels play."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.core.audio.layout import MODES, PATCH, STRING, WAVE, Array
from app.core.audio.modes import BANKS
from app.core.audio.tables import Amplitudes, stair
from app.core.document.music import VoiceSpec

HARMONICS_MAX = 512


def _saw() -> Amplitudes:
    """Give the harmonics of a saw, 1 / k."""
    return tuple(1.0 / k for k in range(1, HARMONICS_MAX + 1))


def _warm() -> Amplitudes:
    """Give the harmonics of a mellow saw, 1 / k to the power 1¼."""
    return tuple(1.0 / (k * float(np.sqrt(np.sqrt(k)))) for k in range(1, HARMONICS_MAX + 1))


def _hollow() -> Amplitudes:
    """Give harmonics between a square's and a saw's: the even ones at a third."""
    return tuple((1.0 if k % 2 else 0.35) / k for k in range(1, HARMONICS_MAX + 1))


def _bowed() -> Amplitudes:
    """Give a saw's harmonics as a body passes them on: the first three held back."""
    body = (0.55, 0.8, 0.9)
    return tuple((body[k - 1] if k <= len(body) else 1.0) / k for k in range(1, HARMONICS_MAX + 1))


def _odd(power: int) -> Amplitudes:
    """Give the odd harmonics at 1 / k to a power."""
    return tuple(k % 2 / k**power for k in range(1, HARMONICS_MAX + 1))


# Sixteen, eight, five and a third ... of an organ's drawbars, from the note's own pitch up.
_ORGAN: Amplitudes = (
    1.0,
    0.7,
    0.5,
    0.42,
    0.0,
    0.22,
    0.0,
    0.28,
    0.0,
    0.0,
    0.0,
    0.06,
    0.0,
    0.0,
    0.0,
    0.08,
)

WAVES: dict[str, Amplitudes] = {
    "sine": (1.0,),
    "triangle": _odd(2),
    "square": _odd(1),
    "saw": _saw(),
    "warm": _warm(),
    "hollow": _hollow(),
    "organ": _ORGAN,
    "bowed": _bowed(),
}
WAVE_NAMES = tuple(WAVES)


@dataclass(frozen=True, slots=True)
class Patch:
    """How one voice sounds; times in seconds, vibrato in cents, level 0..1."""

    kind: int
    wave: int = 0
    modes: int = 0
    level: float = 0.2
    pan: float = 0.0
    attack: float = 0.005
    decay: float = 0.3
    sustain: float = 1.0
    release: float = 0.3
    brightness: float = 0.0
    cutoff: float = 500.0
    open_octaves: float = 4.0
    sweep_octaves: float = 0.0
    sweep: float = 0.5
    track: float = 0.4
    width: float = 0.0
    vibrato_cents: float = 0.0
    vibrato_hz: float = 5.2
    vibrato_delay: float = 0.6
    ring: float = 3.0
    drop: float = 0.0
    noise: float = 0.0
    filter_hz: float = 0.0
    filter_q: float = 0.7


def _wave(name: str, **values: float) -> Patch:
    return Patch(WAVE, wave=WAVE_NAMES.index(name), **values)  # type: ignore[arg-type]  # all floats


def _modes(name: str, **values: float) -> Patch:
    return Patch(MODES, modes=BANKS.index(name), **values)  # type: ignore[arg-type]  # all floats


PATCHES: dict[str, Patch] = {
    "bell": _modes("bell", level=0.16, attack=0.0015, release=3.5, ring=5.0),
    "pluck": Patch(STRING, level=0.15, attack=0.001, release=0.25, ring=3.5),
    "pad": _wave(
        "warm", level=0.10, attack=0.35, release=0.9, cutoff=420, open_octaves=4.0,
        sweep_octaves=-0.8, sweep=1.2, width=0.45, vibrato_cents=5, vibrato_hz=0.31, vibrato_delay=0.4,
    ),
    "bass": _wave(
        "saw", level=0.36, attack=0.006, decay=0.8, sustain=0.6, release=0.12, cutoff=290,
        open_octaves=3.0, sweep_octaves=2.2, sweep=0.4, track=0.5,
    ),
    "drum": _modes("drum", level=0.34, attack=0.001, release=0.5, ring=0.55, drop=0.35, noise=0.5),
    "sine": _wave("sine", level=0.16, attack=0.01, release=0.08),
    "strings": _wave(
        "bowed", level=0.10, attack=0.12, release=0.35, cutoff=1300, open_octaves=3.0, width=0.3,
        vibrato_cents=9, vibrato_hz=5.1, vibrato_delay=0.8,
    ),
    "organ": _wave("organ", level=0.11, attack=0.012, release=0.06, cutoff=5000, open_octaves=2.0,
                   vibrato_cents=3, vibrato_hz=6.1, vibrato_delay=0.3),
    "piano": _modes("piano", level=0.17, attack=0.001, release=0.18, ring=7.0, brightness=0.1,
                    noise=0.1),
    "lead": _wave(
        "hollow", level=0.13, attack=0.012, decay=0.25, sustain=0.75, release=0.14, cutoff=1300,
        open_octaves=3.5, sweep_octaves=1.0, sweep=0.25, vibrato_cents=12, vibrato_hz=5.6,
        vibrato_delay=0.7,
    ),
}  # fmt: skip


def own(spec: VoiceSpec) -> tuple[Patch, Amplitudes | None]:
    """Give the patch of a document's own voice, and its wave where it brings one.

    A wave or partials given to a bell, a drum, a piano or a string make a struck wave of it, that
    rises as the voice does and dies away as long as it rings.
    """
    said = spec.changes
    patch = PATCHES[spec.like]
    wave = tuple(said["partials"]) if "partials" in said else WAVES.get(said.get("wave", ""))
    if wave is not None and patch.kind != WAVE:
        patch = replace(patch, kind=WAVE, cutoff=2000.0, decay=patch.ring, sustain=0.0)
    for name in {"attack", "decay", "sustain", "release", "pan"} & said.keys():
        patch = replace(patch, **{name: said[name]})
    patch = replace(
        patch,
        brightness=patch.brightness + said.get("brightness", 0.0),
        vibrato_cents=said.get("vibrato", patch.vibrato_cents),
    )
    if "filter" in said:
        low = said["filter"]
        patch = replace(patch, filter_hz=low.get("cutoff", 8000.0), filter_q=low.get("q", 0.7))
    return replace(patch, level=patch.level * said.get("level", 1.0)), wave


def rows(patches: dict[str, Patch]) -> NDArray[np.void]:
    """Give patches as the array the kernels read, in the order of the mapping."""
    out = np.zeros(len(patches), dtype=PATCH)
    for row, patch in zip(out, patches.values(), strict=True):
        for name in PATCH.names or ():
            row[name] = getattr(patch, name)
    return out


def tables(waves: Sequence[Amplitudes]) -> Array:
    """Give the tables of all waves, (waves, levels, table + 1)."""
    return np.stack([stair(amplitudes) for amplitudes in waves])
