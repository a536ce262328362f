"""Spans of time as people write them: "1/3 bar", "1/8", "5 ms", 0.5, {per_minute: 51}."""

import re
from dataclasses import dataclass
from typing import Any

# Names of groups are Python's; the JSON Schema leaves them out.
_SPAN = (
    r"(?:(?P<top>[0-9]{1,9}(?:\.[0-9]{1,9})?)(?:/(?P<under>[1-9][0-9]{0,5}))?"
    r" ?(?P<unit>bars?|beats?|s|ms)|(?P<note>[0-9]{1,3}/[1-9][0-9]{0,2})(?P<triplet>t?))$"
)
SPAN = f"^{_SPAN}"
# A span longer than nothing: some figure before the stroke is not zero.
PERIOD = f"^(?=[0-9.]*[1-9]){_SPAN}"
_PLACE = r"(?:bar|beat) [1-9][0-9]{0,8}(?:\.[0-9]{1,9})?$"
POSITION = f"^{_PLACE}|^{_SPAN}"
SPAN_HINT = 'a span such as "1/3 bar", "2 beats", "1/8", "5 ms" or a number of seconds'
POSITION_HINT = 'a number of seconds, "bar 17", "beat 3" or a span such as "8 bars"'
_span = re.compile(SPAN)
_place = re.compile(_PLACE)


@dataclass(frozen=True, slots=True)
class Span:
    """A span of heard time: some seconds, beats (quarter notes) or bars."""

    amount: float
    unit: str = "second"  # second | beat | bar

    def seconds(self, *, tempo: float, bar_beats: float) -> float:
        """Give it in heard seconds at a tempo (beats a minute) and a meter (beats a bar)."""
        if self.unit == "second":
            return self.amount
        return self.beats(tempo=tempo, bar_beats=bar_beats) * 60.0 / tempo

    def beats(self, *, tempo: float, bar_beats: float) -> float:
        """Give it in beats at a tempo (beats a minute) and a meter (beats a bar)."""
        if self.unit == "second":
            return self.amount * tempo / 60.0
        return self.amount * (bar_beats if self.unit == "bar" else 1.0)


def span_of(value: Any) -> Span:
    """Read a span: a number of seconds, words, or {per_minute: n}; raises ValueError."""
    if isinstance(value, dict):
        return Span(60.0 / float(value["per_minute"]))
    if not isinstance(value, str):
        return Span(float(value))
    found = _span.fullmatch(value)
    if found is None:
        raise ValueError(f"{value!r} is no span of time; write {SPAN_HINT}")
    if found["note"]:
        top, under = found["note"].split("/")
        # A note value is a part of a whole note, which is four beats; a triplet is two thirds.
        return Span(4.0 * int(top) / int(under) * (2.0 / 3.0 if found["triplet"] else 1.0), "beat")
    amount = float(found["top"]) / float(found["under"] or 1)
    unit = found["unit"].rstrip("s") or "second"
    return Span(amount / 1000.0) if unit == "m" else Span(amount, unit)


def position_of(value: Any) -> Span:
    """Read a moment as the span since tick 0; "bar 17" is where the seventeenth bar starts."""
    if isinstance(value, str) and _place.fullmatch(value):
        unit, count = value.split(" ")
        return Span(float(count) - 1.0, unit)
    return span_of(value)
