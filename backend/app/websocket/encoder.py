"""Slices as the bytes of `mundi.v1`, as the stage asks for them."""

from uuid import UUID

import numpy as np

from app.core.audio.pcm import pcm16
from app.core.performance.slice import Slice
from app.schemas import wire
from app.stage.ports import Roster
from app.stage.transport import Transport

REACH = 16.0  # times the size a world had when its bodies last came or went
REMEMBERED = 512
NO_LIMIT = 1e-9  # a world smaller than this has no size to measure by


class WireEncoder:
    """Encodes the slices of all rooms; remembers the size of each world."""

    def __init__(self) -> None:
        self._reaches: dict[UUID, tuple[int, wire.Reach | None]] = {}

    def picture(
        self, piece: Slice, journal: UUID, transport: Transport, roster: Roster, *, still: bool
    ) -> bytes:
        """Encode what is seen."""
        flags = wire.KEYFRAME | (wire.STILL if still else 0)
        header = wire.Header(
            wire.SLICE, journal, transport.generation, piece.tick, piece.ticks, flags
        )
        reach = self._reach(piece, journal, roster)
        return wire.slice_message(piece, header, roster=roster.number, reach=reach)

    def sound(self, piece: Slice, journal: UUID, transport: Transport) -> bytes:
        """Encode what is heard."""
        header = wire.Header(wire.SOUND, journal, transport.generation, piece.tick, piece.ticks)
        return wire.sound_message(pcm16(piece.samples).tobytes(), header)

    def _reach(self, piece: Slice, journal: UUID, roster: Roster) -> wire.Reach | None:
        known = self._reaches.get(journal)
        if known is None or known[0] != roster.number:
            if len(self._reaches) >= REMEMBERED:
                self._reaches.clear()
            known = roster.number, _reach_of(piece, known[1] if known else None)
            self._reaches[journal] = known
        return known[1]


def _reach_of(piece: Slice, before: wire.Reach | None) -> wire.Reach | None:
    """Measure a world; one that is flying apart already is measured as it was before."""
    if not len(piece.roster) or not len(piece.frames):
        return before
    places = np.nan_to_num(piece.frames[0, :, :3], nan=0.0, posinf=0.0, neginf=0.0)
    if before is not None:
        near = np.abs(places - np.array(before.centre)).max(axis=1) < before.half
        places = places[near]
    if not len(places):
        return before
    low, high = places.min(axis=0), places.max(axis=0)
    half = float(np.max(high - low)) / 2 * REACH
    if half < NO_LIMIT:
        return before
    x, y, z = ((low + high) / 2).tolist()
    return wire.Reach((x, y, z), half if before is None else max(half, before.half / REACH))
