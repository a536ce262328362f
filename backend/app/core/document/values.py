"""Values of a rule: a constant, or a measure carried over by a scale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.document.quantities import quantity_of, radians_of
from app.core.document.spans import Span, span_of


@dataclass(frozen=True, slots=True)
class Constant:
    """The same always: a number, or a word such as a voice, a pitch name or a duration."""

    value: float | str


@dataclass(frozen=True, slots=True)
class Mapped:
    """A measure, a scale, and where to; angles are in radians here, degrees in a document.

    Order of work: the measure; `domain` to 0..1 by the scale (clamped unless told otherwise);
    inverted; then to `range`. Without a domain the measure has its natural one; without a range
    the channel has. `ratio` and `list` take neither. `fold` comes last: octaves up or down until
    the pitch lies between its two.
    """

    source: str  # the measure: "body.period", "event.impulse", "universe.temperature"
    scale: str = ""  # linear log sqrt asinh sinh pow quantize ratio list degree; "": the channel's
    domain: tuple[float | str, float | str] | None = None  # numbers, or percentiles "5%"
    range: tuple[float | str, float | str] | None = None  # numbers, or pitch names
    clamp: bool = True
    invert: bool = False
    smooth: Span | None = None  # time constant
    items: tuple[float | str, ...] = ()  # of a list: taken by whole number, wrapping around
    body: str = ""  # of a ratio: whose measure stands at `anchor`
    value: float | None = None  # of a ratio: or which value of the measure
    anchor: float | str = ""  # of a ratio: the pitch there ("is"), Hz or a name
    power: float = 1.0  # of a pow
    step: float = 0.0  # of a quantize
    fold: tuple[float | str, float | str] | None = None


Value = Constant | Mapped
Channels = Mapping[str, Value]


def value_of(said: Any, *, time_s: float = 1.0) -> Value:
    """Read a judged value: anything with a `from` is mapped, the rest is constant.

    `time_s` is how many seconds the clock's unit has: quantities are given per such unit.
    """
    if not isinstance(said, Mapping):
        return Constant(said if isinstance(said, str) else float(said))
    source = said["from"]
    return Mapped(
        source=source,
        scale=said.get("scale", ""),
        domain=_pair(said.get("domain"), source),
        range=_pair(said.get("range")),
        clamp=said.get("clamp", True),
        invert=said.get("invert", False),
        smooth=span_of(said["smooth"]) if "smooth" in said else None,
        items=tuple(said.get("list", ())),
        body=said.get("body", ""),
        value=quantity_of(said["value"], source, time_s) if "value" in said else None,
        anchor=said.get("is", ""),
        power=float(said.get("power", 1.0)),
        step=float(said.get("step", 0.0)),
        fold=_pair(said.get("fold")),
    )


def channels_of(said: Mapping[str, Any], *, time_s: float = 1.0) -> Channels:
    """Read the channels of a note, a look or a set, in order of name."""
    return {name: value_of(said[name], time_s=time_s) for name in sorted(said)}


def _pair(said: Sequence[Any] | None, source: str = "") -> tuple[Any, Any] | None:
    if said is None:
        return None
    low, high = (one if isinstance(one, str) else radians_of(source, float(one)) for one in said)
    return (low, high)
