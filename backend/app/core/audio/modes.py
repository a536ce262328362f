"""What rings in a bell, a drum, a piano string: ratio, level, and how much shorter each rings."""

import numpy as np

from app.core.audio.layout import PARTIALS_MAX, Array

Mode = tuple[float, float, float]  # ratio to the note, amplitude, decay times the first's


def _stretched(harmonic: int, stiffness: float) -> float:
    """Give the ratio of a stiff string's partial to its first (Fletcher 1964)."""
    return harmonic * float(np.sqrt((1 + stiffness * harmonic**2) / (1 + stiffness)))


# A handbell: prime, octave and twelfth in tune, the octave and the twelfth double, so that they
# warble; above them the inharmonic modes of a shell, bright at the stroke and soon gone. The hum
# below the prime is faint, so the pitch written is the pitch heard.
BELL: tuple[Mode, ...] = (
    (1.0, 1.0, 1.0),
    (0.5, 0.12, 0.8),
    (2.0, 0.50, 1.4),
    (2.002, 0.18, 1.2),
    (2.412, 0.14, 2.4),
    (3.0, 0.46, 1.8),
    (3.0045, 0.16, 1.6),
    (4.166, 0.34, 3.0),
    (5.433, 0.30, 4.2),
    (6.794, 0.24, 6.0),
    (8.215, 0.20, 9.0),
    (10.9, 0.14, 14.0),
)

# A kettle drum's preferred modes 1 : 1.5 : 1.98 : 2.44 : 2.9 (Rossing 1982), the others of a
# membrane weak and short, so that it has a pitch.
DRUM: tuple[Mode, ...] = (
    (1.0, 1.0, 1.0),
    (1.504, 0.50, 1.5),
    (1.742, 0.16, 3.5),
    (1.983, 0.34, 2.0),
    (2.296, 0.12, 4.5),
    (2.44, 0.20, 2.6),
    (2.897, 0.12, 3.6),
    (3.6, 0.07, 6.0),
)


_STIFF = 3e-4


def _three_quarters(n: int) -> float:
    """Give n to the power ¾, exactly rounded at each step on every machine."""
    root = np.sqrt(float(n))
    return float(root * np.sqrt(root))


def _piano() -> tuple[Mode, ...]:
    """A struck stiff string, hit at an eighth; each low partial decays fast, then slowly.

    A low note needs its many partials: of 27.5 Hz the first is hardly heard. High ones end at 20 kHz.
    """
    first = [
        (_stretched(n, _STIFF), abs(_strike(n)) / _three_quarters(n), 1.0 + 0.22 * (n - 1))
        for n in range(1, 33)
    ]
    after = [(_stretched(n, _STIFF), 0.22 * abs(_strike(n)) / n, 0.30) for n in range(1, 5)]
    return (*first, *after)


def _strike(harmonic: int) -> float:
    """Give how strongly a hammer at an eighth of a string drives a harmonic: sin(n π / 8)."""
    eighths = (0.0, 0.3826834323650898, 0.7071067811865476, 0.9238795325112867, 1.0)
    folded = harmonic % 8
    return max(eighths[min(folded, 8 - folded)], 0.06)


PIANO = _piano()

BANKS = ("bell", "drum", "piano")


def banks() -> Array:
    """Give all of them as (bank, partial, ratio level decay); unused rows have level 0."""
    out = np.zeros((len(BANKS), PARTIALS_MAX, 3))
    for row, modes in zip(out, (BELL, DRUM, PIANO), strict=True):
        row[: len(modes)] = modes
    return out
