"""Scala files: scales (`.scl`) and keyboard mappings (`.kbm`), read as their authors' page has it.

Source: Manuel Op de Coul, "Scala scale file format" and "Mapping file format",
huygens-fokker.org/scala.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.core.numbers.powers import log, power
from app.errors import InputError

NOTES_MAX = 1024
LINES_MAX = 20_000
# Digits of a number at most: a scale needs 10, and long ones only cost time.
DIGITS_MAX = 64
CENTS_MAX = 12_000.0
_CENTS_PER_LOG = 1200.0 / log(2.0)
_CENTS = re.compile(r"(-?[0-9]*\.[0-9]*)(?:\s|$)")
_RATIO = re.compile(r"(-?[0-9]+)(?:\s*/\s*(-?[0-9]+))?(?:\s|$)")
_COUNT = re.compile(r"([0-9]+)(?:\s|$)")
_KEYS = 128


class ScalaFault(InputError):
    """A Scala file cannot be read; the message begins with the line."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The notes of a scale above 1/1, in cents as written; the last is where it repeats."""

    title: str
    cents: tuple[float, ...]

    @property
    def period(self) -> float:
        """The interval the scale repeats at, cents."""
        return self.cents[-1]

    def degree(self, number: int) -> float:
        """Give the cents of a degree; 0 is 1/1, as many as there are notes is the period."""
        turns, place = divmod(number, len(self.cents))
        return self.period * turns + (self.cents[place - 1] if place else 0.0)


@dataclass(frozen=True, slots=True)
class Keyboard:
    """Which key plays which degree, and where the whole stands.

    An empty map lays the degrees on the keys one by one. The range of keys to retune is read and
    judged, and changes nothing: notes here have no keys, only pitches.
    """

    middle: int  # the key the first entry of the map lies on
    reference: int  # the key whose frequency is given
    reference_hz: float
    octave: int  # the degree the map repeats at; 0 is the scale's period
    degrees: tuple[int | None, ...]  # None: a key that sounds nothing

    def cents(self, key: int, scale: Scale) -> float | None:
        """Give what a key plays, in cents above the middle's 1/1; None where it is not mapped."""
        if not self.degrees:
            return scale.degree(key - self.middle)
        turns, place = divmod(key - self.middle, len(self.degrees))
        degree = self.degrees[place]
        return None if degree is None else turns * self.period(scale) + scale.degree(degree)

    def period(self, scale: Scale) -> float:
        """Give the interval the map repeats at, cents."""
        return scale.degree(self.octave) if self.octave and self.degrees else scale.period

    def base_hz(self, scale: Scale) -> float:
        """Give the frequency of 1/1."""
        cents = self.cents(self.reference, scale)
        assert cents is not None  # judged when it was read
        return self.reference_hz * power(2.0, -cents / 1200.0)


def decoded(data: bytes) -> str:
    """Give the text of a Scala file: UTF-8, or the Latin-1 these files were written in for years."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def scale_of(text: str) -> Scale:
    """Read a scale; raises ScalaFault naming the line."""
    lines = _lines(text)
    _, title = _next(lines, 0, "a description")
    at, said = _next(lines, 1, "the number of notes")
    count = _whole(said, at, "the number of notes", 1, NOTES_MAX)
    cents = []
    for number in range(count):
        at, said = _next(lines, at, f"note {number + 1} of {count}")
        cents.append(_pitch(said, at))
    if cents[-1] <= 0.0:
        raise ScalaFault(f"line {at}: the last note, where the scale repeats, must be above 1/1")
    return Scale(" ".join(title.split()), tuple(cents))


def keyboard_of(text: str, scale: Scale) -> Keyboard:
    """Read a keyboard mapping for a scale; raises ScalaFault naming the line."""
    lines = _lines(text)
    at, size = _number(lines, 0, "the size of the map", 0, NOTES_MAX)
    at, first = _number(lines, at, "the first key", 0, _KEYS - 1)
    at, _ = _number(lines, at, "the last key", first, _KEYS - 1)
    at, middle = _number(lines, at, "the middle key", 0, _KEYS - 1)
    given, reference = _number(lines, at, "the reference key", 0, _KEYS - 1)
    at, hz = _frequency(lines, given)
    at, octave = _number(lines, at, "the degree of the octave", 0, NOTES_MAX)
    keyboard = Keyboard(middle, reference, hz, octave, tuple(_map(lines, at, size)))
    if octave and size and keyboard.period(scale) <= 0.0:
        raise ScalaFault(f"line {at}: degree {octave} is no interval to repeat at")
    if keyboard.cents(reference, scale) is None:
        raise ScalaFault(f"line {given}: the reference key {reference} is not mapped to a degree")
    return keyboard


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Give every line that is no comment, with its number from 1."""
    for number, line in enumerate(io.StringIO(text, newline=None), 1):
        if number > LINES_MAX:
            raise ScalaFault(f"line {number}: more than {LINES_MAX} lines are no tuning of ours")
        if not line.startswith("!"):
            yield number, line


def _next(lines: Iterator[tuple[int, str]], last: int, what: str) -> tuple[int, str]:
    found = next(lines, None)
    if found is None or (found[1].strip() == "" and last > 0):
        where = f"line {found[0]}" if found else f"after line {last}"
        raise ScalaFault(f"{where}: {what} is missing")
    return found


def _number(
    lines: Iterator[tuple[int, str]], last: int, what: str, low: int, high: int
) -> tuple[int, int]:
    at, said = _next(lines, max(last, 1), what)
    return at, _whole(said, at, what, low, high)


def _whole(said: str, at: int, what: str, low: int, high: int) -> int:
    found = _COUNT.match(said.strip())
    if found is None or len(found[1]) > DIGITS_MAX:
        raise ScalaFault(f"line {at}: {_short(said)} is not {what}, a whole number")
    value = int(found[1])
    if not low <= value <= high:
        raise ScalaFault(f"line {at}: {what} is {value}; it may be {low} to {high}")
    return value


def _frequency(lines: Iterator[tuple[int, str]], last: int) -> tuple[int, float]:
    at, said = _next(lines, last, "the reference frequency")
    found = re.match(r"[0-9]{1,9}(?:\.[0-9]{0,30})?(?:\s|$)", said.strip())
    hz = float(found[0]) if found else 0.0
    if not 1.0 <= hz <= 20_000.0:
        raise ScalaFault(f"line {at}: {_short(said)} is not a frequency, 1 to 20000 Hz")
    return at, hz


def _map(lines: Iterator[tuple[int, str]], last: int, size: int) -> Iterator[int | None]:
    """Give the entries of a map; keys at its end may be left out and sound nothing."""
    for number in range(size):
        found = next(lines, None)
        said = found[1].strip() if found else "x"
        if found is None or said == "" or said.split()[0].lower() == "x":
            yield None
        else:
            yield _whole(said, found[0], f"the degree of key {number + 1}", 0, NOTES_MAX)


def _pitch(said: str, at: int) -> float:
    """Read a pitch: cents where there is a period, a ratio where there is none."""
    text = said.strip()
    found = _CENTS.match(text) or _RATIO.match(text)
    if found is None or found[1] in (".", "-."):
        raise ScalaFault(f"line {at}: {_short(said)} is no pitch; 701.955 and 3/2 are")
    if max(map(len, filter(None, found.groups()))) > DIGITS_MAX:
        raise ScalaFault(f"line {at}: {_short(said)} has more than {DIGITS_MAX} digits")
    cents = float(found[1]) if "." in found[1] else _ratio_cents(found.groups(), at)
    if abs(cents) > CENTS_MAX:
        raise ScalaFault(f"line {at}: {_short(said)} is further than ten octaves")
    return cents


def _ratio_cents(parts: Sequence[str | None], at: int) -> float:
    over, under = int(parts[0] or 0), int(parts[1] or 1)
    if over <= 0 or under <= 0:
        raise ScalaFault(f"line {at}: the ratio {over}/{under} is no pitch; both must be above 0")
    return (log(float(over)) - log(float(under))) * _CENTS_PER_LOG


def _short(said: str) -> str:
    text = " ".join(said.split())
    return repr(text if len(text) <= 24 else f"{text[:21]}...")
