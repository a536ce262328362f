"""Chords from Roman numerals, and progressions with a clock of their own."""

import re
from dataclasses import dataclass

from app.core.music.scale import parent
from app.errors import ParameterError

_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII")
_NUMERAL = re.compile(r"([b#♭♯]?)([IViv]+)(°|o|dim|\+|aug|sus2|sus4)?(maj7|7|9)?")
_SHIFT = {"": 0, "b": -1, "♭": -1, "#": 1, "♯": 1}
_FIFTHS = {"°": 6, "o": 6, "dim": 6, "+": 8, "aug": 8}
_SUSPENDED = {"sus2": 2, "sus4": 5}


def size(harmony_complexity: float) -> int:
    """Give how many tones a chord has: 2, 3, 4, 5 from 0, 0.25, 0.5 and 1 on."""
    return 2 + sum(harmony_complexity >= bound for bound in (0.25, 0.5, 1.0))


def is_numeral(text: str) -> bool:
    """Tell whether this names a chord: I, vi, bVII, vii°, V7."""
    found = _NUMERAL.fullmatch(text)
    return found is not None and found[2].upper() in _NUMERALS and _one_case(found[2])


def _one_case(numeral: str) -> bool:
    return numeral in (numeral.upper(), numeral.lower())


def tones(numeral: str, *, key: int, scale: str, tones_max: int) -> tuple[int, ...]:
    """Give a chord as semitones from C, root first: root, fifth, third, seventh, ninth.

    Args:
        numeral: its degree of the scale; upper case has a major third, lower case a minor one.
        key: pitch class of the tonic, 0..11.
        scale: a table name; scales without seven steps borrow those of their parent.
        tones_max: 2 is root and fifth, 3 the triad, 4 adds the seventh, 5 the ninth.
    """
    found = _NUMERAL.fullmatch(numeral)
    if found is None or not is_numeral(numeral):
        raise ParameterError(f"{numeral!r} is no chord; I, vi, bVII and vii° are")
    sign, roman, quality, top = found.groups()
    degree = _NUMERALS.index(roman.upper())
    steps = parent(scale)
    root = key + steps[degree] + _SHIFT[sign]
    third, fifth = _third_and_fifth(steps, degree, roman.isupper(), quality or "")
    seventh = {"maj7": 11, "7": 10}.get(top or "", _rise(steps, degree, 6))
    stack = (0, fifth, third, seventh, _rise(steps, degree, 8))
    count = max(tones_max, {"7": 4, "maj7": 4, "9": 5}.get(top or "", 0))
    return tuple((root + tone) % 12 for tone in stack[:count])


def _rise(steps: tuple[int, ...], degree: int, by: int) -> int:
    """Give the semitones from one degree of a seven-step scale up to another."""
    turns, place = divmod(degree + by, 7)
    return steps[place] + 12 * turns - steps[degree]


def _third_and_fifth(
    steps: tuple[int, ...], degree: int, major: bool, quality: str
) -> tuple[int, int]:
    own_third, own_fifth = _rise(steps, degree, 2), _rise(steps, degree, 4)
    third = 4 if major else 3
    # A numeral that agrees with the scale takes the scale's own fifth: vii in major is diminished.
    fifth = own_fifth if third == own_third else 7
    if quality in _FIFTHS:
        third = 4 if _FIFTHS[quality] == 8 else 3
    return _SUSPENDED.get(quality, third), _FIFTHS.get(quality, fifth)


@dataclass(frozen=True, slots=True)
class Progression:
    """A loop of chords, each lasting so many seconds, beats or bars."""

    numerals: tuple[str, ...]
    each: float
    unit: str = "beat"

    def at(self, moment: float) -> str:
        """Give the chord that sounds at a moment, counted in the unit of the loop."""
        if len(self.numerals) == 1:
            return self.numerals[0]
        return self.numerals[int(moment // self.each) % len(self.numerals)]
