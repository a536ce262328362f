"""The rules of a universe, resolved: from motion to notes, looks and parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.document.document import Document
from app.core.document.groups import members
from app.core.document.presets import preset_rules
from app.core.document.quantities import SECONDS, radians_of
from app.core.document.spans import Span, span_of
from app.core.document.values import Channels, channels_of


@dataclass(frozen=True, slots=True)
class Bound:
    """One term of a condition: a measure above, below or equal to something."""

    measure: str
    above: float | None = None  # radians where the measure is an angle
    below: float | None = None
    equal: str | float | None = None


Condition = tuple[Bound, ...]  # all must hold; the empty one always does


@dataclass(frozen=True, slots=True)
class When:
    """What sets a rule off: an event, a note value gone by, or a state that lasts."""

    event: str = ""  # collision transit conjunction apsis crossing appear rest story ...
    every: Span | None = None
    held: bool = False  # `while`: the note lasts while `where` holds
    of: tuple[str, ...] = ()  # body ids; empty: all
    with_: tuple[str, ...] = ()  # ids of the other body, or walls' names; empty: anything
    walls: bool = False  # with: wall, any of them
    about: str = ""
    pairs: str = "all"  # all | neighbours
    where: Condition = ()
    direction: str = "both"  # up | down | both
    measure: str = ""  # of a crossing
    at: tuple[float, ...] = ()  # of a crossing; radians where the measure is an angle


@dataclass(frozen=True, slots=True)
class Together:
    """Events of one rule closer than `within` are one."""

    within: Span
    keep: str  # sum | loudest | first


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """One rule; channels that were not said are not in the mappings."""

    id: str
    when: When
    note: Channels | None = None  # pitch degree onset duration velocity pan brightness voice bend
    look: Channels | None = None  # hue lightness size glow trail opacity
    set: Channels | None = None  # parameter path -> value
    together: Together | None = None
    snap: bool = False  # whether `ratio` pitches are moved to the scale after all


def rules(document: Document) -> tuple[RuleSpec, ...]:
    """Give the rules of a universe in ascending id: its mapping preset's, and its own over them."""
    said = {**preset_rules(document), **document.data.get("rules", {})}
    return tuple(_rule(document, name, said[name]) for name in sorted(said))


def _rule(document: Document, name: str, said: Mapping[str, Any]) -> RuleSpec:
    time_s = SECONDS[document.data.get("clock", {}).get("unit", "second")]
    channels = {
        kind: channels_of(said[kind], time_s=time_s) if kind in said else None
        for kind in ("note", "look", "set")
    }
    together = said.get("together")
    return RuleSpec(
        id=name,
        when=_when(document, said),
        together=together and Together(span_of(together["within"]), together.get("keep", "sum")),
        snap=said.get("snap", False),
        **channels,
    )


def _when(document: Document, said: Mapping[str, Any]) -> When:
    when = said.get("when", {"while": True})
    measure = when.get("measure", "")
    other = when.get("with")
    held = "while" in when
    return When(
        event=when.get("event", ""),
        every=span_of(when["every"]) if "every" in when else None,
        held=held,
        of=members(document.data, when.get("of", said.get("of"))),
        with_=() if other == "wall" else members(document.data, other),
        walls=other == "wall",
        about=when.get("about", ""),
        pairs=when.get("pairs", "all"),
        where=_condition(when["while"] if held else when.get("where", True)),
        direction=when.get("direction", "both"),
        measure=measure,
        at=tuple(radians_of(measure, float(at)) for at in _listed(when.get("at", ()))),
    )


def _condition(said: Any) -> Condition:
    if said is True:
        return ()
    return tuple(_bound(measure, said[measure]) for measure in sorted(said))


def _bound(measure: str, said: Any) -> Bound:
    if not isinstance(said, Mapping):
        return Bound(measure, equal=said)
    limits = {name: radians_of(measure, float(number)) for name, number in said.items()}
    return Bound(measure, limits.get("above"), limits.get("below"))


def _listed(said: Any) -> list[Any]:
    return list(said) if isinstance(said, list | tuple) else [said]
