"""Pitch names: C3, F#4, Bb2."""

import re
from typing import Any

PITCH = r"^[A-G](?:#|b)?-?[0-9]$"
PITCH_HINT = 'a pitch such as "C3" or "F#4", or a number of Hz'
_pitch = re.compile(PITCH)
_STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}


def is_pitch(value: Any) -> bool:
    """Tell whether this is the name of a pitch."""
    return isinstance(value, str) and _pitch.fullmatch(value) is not None


def semitone_of(name: str) -> int:
    """Give the MIDI number of a pitch name, C4 = 60, A4 = 69; raises ValueError."""
    if not is_pitch(name):
        raise ValueError(f"{name!r} is no pitch; write {PITCH_HINT}")
    letter, rest = name[0], name[1:]
    shift = {"#": 1, "b": -1}.get(rest[0], 0)
    return 12 * (int(rest[1:] if shift else rest) + 1) + _STEPS[letter] + shift


def pitch_class_of(key: str) -> int:
    """Give the pitch class 0..11 of a key name: C is 0, Bb is 10."""
    return semitone_of(key + "4") % 12
