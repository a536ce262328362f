"""A small language of shapes: what a JSON value may look like, as data.

Tables made of these say what a universe may hold; `faults` judges values by them and `schema`
writes them as JSON Schema. What a shape cannot say, that a name must be somebody's, `references`
judges.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Number:
    """A finite number between two others, both included unless `beyond` takes the lower out."""

    low: float = -1e12
    high: float = 1e12
    unit: str = ""
    whole: bool = False
    beyond: bool = False


@dataclass(frozen=True)
class Words:
    """One of some words; `refused` ones are known but not to be had: word -> why."""

    choices: tuple[str, ...]
    refused: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Text:
    """Some text, perhaps of a pattern."""

    says: str
    longest: int = 200
    pattern: str = ""
    least: int = 0
    lines: bool = False  # of a file from anywhere: lines may end as they like


@dataclass(frozen=True)
class Flag:
    """True or false; `only` takes just one of the two."""

    only: bool | None = None


@dataclass(frozen=True)
class List:
    """A list of things of one shape."""

    of: "Shape"
    least: int = 1
    most: int = 1000
    says: str = ""


@dataclass(frozen=True)
class Fields:
    """An object whose fields are known by name."""

    fields: Mapping[str, "Shape"]
    required: tuple[str, ...] = ()
    says: str = "an object"
    # Known by name, but not to be had: field -> why.
    refused: Mapping[str, str] = field(default_factory=dict)
    # Of each of these groups at most one field may stand; of `needed` exactly one.
    one_of: tuple[tuple[str, ...], ...] = ()
    needed: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Keyed:
    """An object of things of one shape, keyed by id, or by `keys` where those are known."""

    of: "Shape"
    most: int
    says: str = "an object keyed by id"


@dataclass(frozen=True)
class Either:
    """One of several shapes; the first that takes a value judges it."""

    shapes: tuple["Shape", ...]
    says: str = ""


@dataclass(frozen=True)
class Named:
    """A shape the JSON Schema writes once and points to from elsewhere."""

    name: str
    shape: "Shape"


@dataclass(frozen=True)
class Told:
    """A shape with a sentence about it and what it is where nothing is said, for the JSON Schema."""

    shape: "Shape"
    meaning: str
    default: Any = None


Shape = Told | Number | Words | Text | Flag | List | Fields | Keyed | Either | Named
