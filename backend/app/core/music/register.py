"""Where a voice may sing, and how far it may leap."""

import math

from app.core.mapping.pitch import cents_between, raised

# Hertz. Each holds two octaves and a little, so that 15 steps of a seven-step scale fit.
REGISTERS = {
    "bass": (40.0, 160.0),
    "strings": (97.0, 400.0),
    "pad": (130.0, 500.0),
    "organ": (130.0, 530.0),
    "piano": (170.0, 700.0),
    "pluck": (195.0, 800.0),
    "lead": (260.0, 1050.0),
    "sine": (260.0, 1050.0),
    "bell": (500.0, 2100.0),
}
# Drums say with their pitch what is struck; they belong to no scale and no register.
UNPITCHED = frozenset({"drum"})
_DEFAULT = (195.0, 800.0)
# The registers above are two octaves; melody_range x asks for 1 + 4x.
_NOMINAL_OCTAVES = 2.0


def span(low_hz: float, high_hz: float, *, melody_range: float) -> tuple[float, float]:
    """Stretch a register about its middle: 1 + 4x octaves where it now has about two."""
    factor = (1.0 + 4.0 * melody_range) / _NOMINAL_OCTAVES
    if factor == 1.0:
        return low_hz, high_hz
    middle = math.sqrt(low_hz * high_hz)
    half = 0.5 * cents_between(low_hz, high_hz) * factor
    return raised(middle, -half), raised(middle, half)


def register(voice: str, *, melody_range: float) -> tuple[float, float]:
    """Give the lowest and highest frequency of a voice, in hertz."""
    low, high = REGISTERS.get(voice, _DEFAULT)
    return span(low, high, melody_range=melody_range)


def folded(hz: float, low_hz: float, high_hz: float) -> float:
    """Bring a pitch into a register by whole octaves; the nearest octave if none fits."""
    while hz > high_hz * (1.0 + 1e-9):
        hz *= 0.5
    while hz < low_hz * (1.0 - 1e-9):
        hz *= 2.0
    return hz


def leap_semitones(melody_complexity: float) -> float:
    """Give the widest leap a melody takes: 7 semitones at 0, 36 at 1."""
    return 7.0 + 29.0 * melody_complexity


def nearer(hz: float, last_hz: float, *, semitones: float) -> float:
    """Move a pitch by octaves toward the last one while the leap is wider than this.

    An octave that overshoots stays only where it shortens the leap.
    """
    limit = 100.0 * semitones + 1e-6
    while abs(cents_between(last_hz, hz)) > limit:
        moved = hz * 0.5 if hz > last_hz else hz * 2.0
        if abs(cents_between(last_hz, moved)) >= abs(cents_between(last_hz, hz)) - 1e-6:
            return hz
        hz = moved
    return hz
