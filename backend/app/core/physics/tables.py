"""The engine's working space: tables that grow when a step asks for more, and hold no state."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.physics.engine import contact, flight, lanes, layout, queue

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(slots=True)
class Tables:
    """Room for one step's impacts, neighbours, pieces of path and events."""

    # (FORCE_ROWS, …): the force at the end and at the start of the substep, three rows each, two
    # in which gravitation works, and twelve to spare.
    force: Floats
    log: Floats
    queue: Floats
    pairs: Ints
    first: Ints  # state with `near`: who may meet whom, made for several substeps
    near: Ints
    cells: Ints
    bonds: Floats  # (2, capacity, BOND): bonds[0] is state, the impulses of resting contacts
    events: Floats

    @property
    def marks(self) -> Ints:
        """Look at the events as whole numbers: what, who, at which tick."""
        return self.events.view(np.int64)

    @classmethod
    def of(cls, bodies: int) -> "Tables":
        """Make tables large enough for nearly every step of so many bodies."""
        pairs = max(512, 12 * bodies)
        events = 256 + 4 * bodies
        return cls(
            force=_aligned(layout.FORCE_ROWS, max(bodies, lanes.WIDE)),
            log=np.empty((max(128, 8 * bodies), flight.PIECE)),
            queue=np.empty((max(512, 8 * bodies), queue.ROW)),
            pairs=np.empty((pairs, 2), np.int64),
            first=np.zeros(bodies + 1, np.int64),
            near=np.empty(2 * pairs, np.int64),
            cells=np.empty((3, 3 * bodies + 80), np.int64),
            bonds=np.zeros((2, max(256, 5 * bodies), contact.BOND)),
            events=np.empty((events, layout.EVENT)),
        )

    def grow(self, fault: int) -> None:
        """Double the table that was too small."""
        if fault == layout.MORE_KNOTS:
            self.log = np.empty((2 * len(self.log), flight.PIECE))
        elif fault == layout.MORE_QUEUE:
            self.queue = np.empty((2 * len(self.queue), queue.ROW))
        elif fault == layout.MORE_PAIRS:
            self.pairs = np.empty((2 * len(self.pairs), 2), np.int64)
            near, self.near = self.near, np.empty(2 * len(self.near), np.int64)
            self.near[: len(near)] = near
        elif fault == layout.MORE_BONDS:
            more = np.zeros((2, 2 * self.bonds.shape[1], contact.BOND))
            more[:, : self.bonds.shape[1]] = self.bonds
            self.bonds = more
        else:
            self.events = np.empty((2 * len(self.events), layout.EVENT))


def _aligned(rows: int, width: int) -> Floats:
    """Make zeros whose rows begin where lines of the cache do: eight numbers are one load."""
    width = (width + 7) // 8 * 8
    room = np.zeros(rows * width + 8)
    start = -(room.ctypes.data // 8) % 8
    return room[start : start + rows * width].reshape(rows, width)
