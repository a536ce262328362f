"""Loudness corrected for pitch, so that a bass and a bell of one velocity are heard alike."""

from app.core.mapping.pitch import cents_between
from app.core.numbers.powers import exp

# Decibels added at each octave from 31.25 Hz to 8 kHz: about half of what the equal-loudness
# contours of ISO 226 at 60 phon ask for, since reproduced music is never heard at one level.
# Nothing above the lowest bass is lifted, so that loud wishes keep their differences.
FIRST_HZ = 31.25
CURVE_DB = (4.0, 2.0, 0.0, -2.0, -3.5, -4.0, -4.5, -6.0, -5.0)
_LOG_PER_DB = 0.11512925464970229


def correction_db(hz: float) -> float:
    """Give the decibels a pitch needs, straight between the octaves of the curve."""
    octave = cents_between(FIRST_HZ, hz) / 1200.0
    octave = min(max(octave, 0.0), len(CURVE_DB) - 1.0)
    below = min(int(octave), len(CURVE_DB) - 2)
    part = octave - below
    return CURVE_DB[below] + part * (CURVE_DB[below + 1] - CURVE_DB[below])


def corrected(velocity: float, hz: float) -> float:
    """Give the velocity, 0..1, at which this pitch sounds as loud as the wish."""
    return min(velocity * exp(correction_db(hz) * _LOG_PER_DB), 1.0)
