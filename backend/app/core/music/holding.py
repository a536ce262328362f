"""Notes without an end of their own: held by a condition, or until the next of their stream."""

from collections.abc import Collection, Mapping
from typing import Any

from app.core.mapping.want import Want
from app.core.music.note import Control, Note

# id, hz, velocity, pan, brightness: what a sounding note was last told
State = tuple[int, float, float, float, float]


class Holding:
    """Which notes sound without an end, by the stream (rule and body) they belong to."""

    def __init__(self) -> None:
        self._held: dict[str, State] = {}
        self._until_next: dict[str, State] = {}

    def __bool__(self) -> bool:
        return bool(self._held)

    def holds(self, key: str) -> bool:
        """Tell whether a note is held for this stream."""
        return key in self._held

    def begin(self, key: str, note: Note) -> None:
        """Remember a held note from its first tick on."""
        self._held[key] = _state(note)

    def follow(self, want: Want, hz: float, velocity: float, tick: int) -> list[Control]:
        """Give the new values of a held note; nothing when none of them has changed."""
        number = self._held[want.key][0]
        state = (number, hz, velocity, want.pan, want.brightness)
        if state == self._held[want.key]:
            return []
        self._held[want.key] = state
        return [Control(number, tick, hz, velocity, want.pan, want.brightness)]

    def ended(self, keys: Collection[str], tick: int) -> list[Control]:
        """End the held notes whose stream is not among these."""
        gone = [key for key in self._held if key not in keys]
        return [_end(self._held.pop(key), tick) for key in gone]

    def replace(self, want: Want, note: Note, tick: int) -> list[Control]:
        """End the note of this stream that lasted until now; the new one may last likewise."""
        before = self._until_next.pop(want.key, None)
        if want.until_next:
            self._until_next[want.key] = _state(note)
        return [] if before is None else [_end(before, tick)]

    def orphaned(self, rules: Collection[str], bodies: Collection[str], tick: int) -> list[Control]:
        """End what waits for a next note that cannot come: its rule or its body is gone."""
        gone = []
        for key in self._until_next:
            rule, _, body = key.partition("/")
            if rule not in rules or (body and body not in bodies):
                gone.append(key)
        return [_end(self._until_next.pop(key), tick) for key in gone]

    def snapshot(self) -> dict[str, Any]:
        """Give what sounds, as plain values."""
        return {
            "held": {key: list(state) for key, state in self._held.items()},
            "until_next": {key: list(state) for key, state in self._until_next.items()},
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self._held = {key: _read(said) for key, said in state["held"].items()}
        self._until_next = {key: _read(said) for key, said in state["until_next"].items()}


def _state(note: Note) -> State:
    return (note.id, note.hz, note.velocity, note.pan, note.brightness)


def _read(said: Any) -> State:
    number, hz, velocity, pan, brightness = said
    return (int(number), float(hz), float(velocity), float(pan), float(brightness))


def _end(state: State, tick: int) -> Control:
    number, hz, velocity, pan, brightness = state
    return Control(number, tick, hz, velocity, pan, brightness, ends=True)
