"""What the engine wrote down in a call, as events: made when somebody looks at them.

An event is a dozen objects of Python. While they are made no other room plays, and what one thread
has made lies in the cache of its own processor: who wants only the motion does without.
"""

from collections.abc import Iterator, Sequence
from math import nextafter
from operator import attrgetter
from struct import Struct
from typing import Any, overload

from app.core.physics.engine import layout
from app.core.physics.engine.door import Door
from app.core.physics.event import Event, event_of

# Rosters ascend by id, so ties go to the lower body, then to the one that met nobody.
_ORDER = attrgetter("tick", "offset", "bodies")
_LAST = nextafter(1.0, 0.0)
# A row read from its bytes takes half the time of one made a list by NumPy.
_ROW = Struct(f"{layout.E_KIND}d{layout.EVENT - layout.E_KIND}q")
_WIDTH = _ROW.size


class Told(Sequence[Event]):
    """Events in order of time, ties by bodies; a list that is made when it is first read."""

    __slots__ = ("_dt", "_made", "_roster", "_rows")

    def __init__(self, way: Door, count: int, roster: Sequence[str], dt: float) -> None:
        self._rows = bytes(way.events[: count * _WIDTH])
        self._roster, self._dt = roster, dt
        self._made: list[Event] | None = None

    def __len__(self) -> int:
        return len(self._rows) // _WIDTH

    @overload
    def __getitem__(self, at: int) -> Event: ...
    @overload
    def __getitem__(self, at: slice) -> list[Event]: ...
    def __getitem__(self, at: int | slice) -> Event | list[Event]:
        return self._list()[at]

    def __iter__(self) -> Iterator[Event]:
        return iter(self._list())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._list() == list(other)

    def __repr__(self) -> str:
        return repr(self._list())

    def _list(self) -> list[Event]:
        if self._made is None:
            rows = _ROW.iter_unpack(self._rows)
            self._made = [_event(row, self._dt, self._roster) for row in rows]
            self._made.sort(key=_ORDER)
        return self._made


def _event(row: tuple[Any, ...], dt: float, roster: Sequence[str]) -> Event:
    # In the order of the layout, and of the fields of an event.
    gone, time, x, y, z, impulse, speed, energy, value = row[: layout.E_KIND]
    kind, tick, i, j, p, watch, index, direction, wall, side = row[layout.E_KIND :]
    part = gone / dt
    bodies = (roster[i], roster[j]) if j >= 0 else (roster[i],) if i >= 0 else ()
    if p >= 0:
        bodies = (*bodies, roster[p])
    return event_of((
        layout.KINDS[kind], tick, 0.0 if part < 0.0 else part if part < 1.0 else _LAST, time, bodies, (x, y, z),
        watch, layout.WALLS[wall] if wall >= 0 else "", index, direction, side, impulse, speed,
        energy, value,
    ))  # fmt: skip
