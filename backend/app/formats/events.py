"""Events as JSON: what happened, with exact heard and universe times."""

from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from app.core.performance.slice import Slice
from app.core.physics.event import Event
from app.formats.jsonlist import NOTHING, ListWriter

# Fields that say something only of some kinds of event.
_SOME = ("wall", "index", "direction", "side", "impulse", "approach_speed", "energy", "value")


class EventsWriter:
    """Writes every event of a performance."""

    def __init__(self, stream: BinaryIO, head: Mapping[str, Any] = NOTHING) -> None:
        self._list = ListWriter(stream, "events", {"format": "mundi events 1", **head})

    def take(self, piece: Slice) -> None:
        """Write the events of one slice."""
        for event in piece.events:
            self._list.add(said(event))

    def close(self) -> None:
        """Finish the file."""
        self._list.close()


def said(event: Event) -> dict[str, Any]:
    """Give an event as JSON has it: `heard_s` is (tick + offset) / 120, offset kept exactly."""
    told: dict[str, Any] = {
        "kind": event.kind,
        "heard_s": event.heard_s,
        "universe_time": event.universe_time,
        "tick": event.tick,
        "offset": event.offset,
        "bodies": list(event.bodies),
        "place": list(event.place),
    }
    told.update({name: value for name in _SOME if (value := getattr(event, name))})
    return told


def write(slices: Iterable[Slice], stream: BinaryIO, head: Mapping[str, Any] = NOTHING) -> None:
    """Write the events of a whole performance; `head` goes before them."""
    writer = EventsWriter(stream, head)
    for piece in slices:
        writer.take(piece)
    writer.close()
