"""The row of a parameter."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Parameter:
    """One knob of a universe: all that validation, sliders and docs know of it.

    `kind` says what it holds: a `number` within low and high (or one of `choices`), a `vector` of
    three such numbers, a `word` out of `choices`, a `flag`, or a `form` whose finer shape the
    grammar has. A default of None means "where nothing is said, something else decides".
    """

    path: str  # where it stands in a document: "music.reverb.mix"
    kind: str
    unit: str  # "" for a plain number
    low: float | None
    high: float | None
    default: Any
    meaning: str
    choices: tuple[str, ...] = ()
    live: bool = True  # may story and `set` rules move it

    @property
    def name(self) -> str:
        """The name people know it by: "reverb mix"."""
        return self.path.split(".", 1)[1].replace(".", " ").replace("_", " ")

    @property
    def bounds(self) -> str:
        """The range and unit in words, for messages and docs."""
        if self.kind == "flag":
            return "true or false"
        spread = (
            "" if self.low is None else f"{self.low:.15g} to {self.high:.15g} {self.unit}".rstrip()
        )
        each = " each" if self.kind == "vector" else ""
        return ", ".join(filter(None, (spread + each, *self.choices)))


def number(
    path: str,
    unit: str,
    low: float,
    high: float,
    default: float | None,
    meaning: str,
    *,
    live: bool = True,
) -> Parameter:
    """Make the row of a number."""
    return Parameter(path, "number", unit, low, high, default, meaning, live=live)


def word(
    path: str, choices: Sequence[str], default: str, meaning: str, *, live: bool = True
) -> Parameter:
    """Make the row of a choice of words."""
    return Parameter(path, "word", "", None, None, default, meaning, tuple(choices), live)


def flag(path: str, default: bool, meaning: str) -> Parameter:
    """Make the row of a yes or no."""
    return Parameter(path, "flag", "", None, None, default, meaning)


def form(path: str, default: Any, meaning: str, *, live: bool = False) -> Parameter:
    """Make the row of something with a shape of its own in the grammar."""
    return Parameter(path, "form", "", None, None, default, meaning, live=live)
