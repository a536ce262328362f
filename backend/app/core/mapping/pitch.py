"""Pitches: names, hertz and cents, without rounding."""

import math

from app.core.document.pitches import semitone_of
from app.core.numbers.powers import log, power

CONCERT_A = 440.0
_CENTS_PER_LOG = 1200.0 / math.log(2.0)


def cents_between(low_hz: float, high_hz: float) -> float:
    """Give the interval from one frequency up to another in cents."""
    return log(high_hz / low_hz) * _CENTS_PER_LOG


def raised(hz: float, cents: float) -> float:
    """Give a frequency raised by an interval in cents; whole octaves are exact."""
    octaves = math.floor(cents / 1200.0)
    return math.ldexp(hz * power(2.0, (cents - 1200.0 * octaves) / 1200.0), octaves)


def hertz(pitch: str | float, *, base_hz: float = CONCERT_A) -> float:
    """Give the frequency of a note name in 12 equal steps about A4, or of hertz as they are."""
    if isinstance(pitch, str):
        return raised(base_hz, 100.0 * (semitone_of(pitch) - 69))
    return float(pitch)


def key_number(hz: float, *, base_hz: float = CONCERT_A) -> float:
    """Give a frequency as an unrounded key number: 69 is A4, 60 is C4."""
    return 69.0 + cents_between(base_hz, hz) / 100.0


def pitch_class(hz: float, *, base_hz: float = CONCERT_A) -> float:
    """Give where in its octave a frequency lies: 0 is C, 12 comes round to 0."""
    return key_number(hz, base_hz=base_hz) % 12.0


def spelled(hz: float, *, base_hz: float = CONCERT_A) -> str:
    """Name a frequency for people: the nearest note, and the cents away from it if any."""
    number = key_number(hz, base_hz=base_hz)
    nearest = math.floor(number + 0.5)
    letters = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
    cents = round(100.0 * (number - nearest))
    return f"{letters[nearest % 12]}{nearest // 12 - 1}" + (f"{cents:+d}" if cents else "")
