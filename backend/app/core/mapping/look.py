"""How bodies look by their rules: what events have made of them, and what conditions hold now."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

CHANNELS = ("hue", "lightness", "size", "glow", "trail", "opacity")
AS_IT_IS = math.nan
Row = list[float]


class Looks:
    """The look of every body: six channels, nan where no rule has a say.

    What an event made of a body stays until the rule's next event about it; what a condition
    makes of it lasts as long as that holds, and goes before. Of several rules the last in order
    of name wins, channel by channel.
    """

    def __init__(self) -> None:
        self._struck: dict[str, dict[str, Row]] = {}  # rule, body
        self._held: dict[str, Row] = {}
        self._made: NDArray[np.float64] | None = None
        self._roster: tuple[str, ...] = ()

    def strike(self, rule: str, body: str, values: Mapping[str, float]) -> None:
        """Remember what an event makes of a body."""
        self._struck.setdefault(rule, {})[body] = _row(values)
        self._made = None

    def release(self) -> None:
        """Forget what conditions made of bodies: they are asked again."""
        if self._held:
            self._held, self._made = {}, None

    def hold(self, body: str, values: Mapping[str, float]) -> None:
        """Let a body look so until the next `release`."""
        self._held[body] = _over(self._held.get(body), _row(values))
        self._made = None

    def table(self, roster: tuple[str, ...]) -> NDArray[np.float64]:
        """Give (bodies, 6): hue in degrees, lightness, size, glow, trail, opacity; nan as it is."""
        if self._made is None or roster != self._roster:
            self._made, self._roster = self._table(roster), roster
        return self._made

    def _table(self, roster: Sequence[str]) -> NDArray[np.float64]:
        found: dict[str, Row] = {}
        for rule in sorted(self._struck):
            for body, row in self._struck[rule].items():
                found[body] = _over(found.get(body), row)
        for body, row in self._held.items():
            found[body] = _over(found.get(body), row)
        plain = [AS_IT_IS] * len(CHANNELS)
        return np.array([found.get(body, plain) for body in roster]).reshape(-1, len(CHANNELS))

    def snapshot(self) -> dict[str, Any]:
        """Give what events have made of bodies, and what is held, as plain values."""
        return {"struck": {r: dict(rows) for r, rows in self._struck.items()}, "held": self._held}

    def restore(self, state: Mapping[str, Any], rules: frozenset[str]) -> None:
        """Take back what `snapshot` gave, of the rules there still are."""
        self._struck = {
            rule: {body: _read(row) for body, row in rows.items()}
            for rule, rows in state["struck"].items()
            if rule in rules
        }
        self._held = {body: _read(row) for body, row in state["held"].items()}
        self._made = None


def _row(values: Mapping[str, float]) -> Row:
    return [float(values.get(name, AS_IT_IS)) for name in CHANNELS]


def _over(under: Row | None, row: Row) -> Row:
    if under is None:
        return row
    return [old if math.isnan(new) else new for old, new in zip(under, row, strict=True)]


def _read(row: Sequence[Any]) -> Row:
    return [float(value) for value in row]
