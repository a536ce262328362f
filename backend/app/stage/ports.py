"""What the stage needs from elsewhere, handed in by the factory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from app.core.performance.slice import Slice
from app.stage.transport import Transport


@dataclass(frozen=True, slots=True)
class Edit:
    """A committed change of the document that has no tick yet."""

    rev: int
    patch: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entered:
    """An edit that has its tick."""

    tick: int
    rev: int
    patch: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Opening:
    """What a performer starts from: a base, what was entered since, what waits for a tick."""

    journal: UUID
    fence: int
    base: str  # the document's text at tick 0
    seed: int
    entered: tuple[Entered, ...] = ()
    waiting: tuple[Edit, ...] = ()
    seen: int = 0  # every edit up to this rev is in the base, entered or waiting
    tick: int = 0  # how far it is known to have been played
    parent: UUID | None = None  # of a branch, the journal it shares its past with


class Book(Protocol):
    """The journals of all universes, as one performer may use them."""

    def open(self, universe: str) -> Opening:
        """Take the universe's lease and open its journal."""

    def enter(self, universe: str, opening: Opening, tick: int, revs: Sequence[int]) -> None:
        """Commit that edits are obeyed from `tick` on; refused when the lease has moved on."""

    def branch(self, universe: str, opening: Opening, tick: int) -> Opening:
        """Begin a journal that shares the past of this one up to `tick`; later edits wait."""

    def mark(self, universe: str, opening: Opening, tick: int, energy_error: float | None) -> None:
        """Keep the lease, and note how far the journal was played and its energy kept."""

    def close(self, universe: str, opening: Opening) -> None:
        """Give the lease back and leave the journal as it is."""


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is on stage: ids and radii, under a number that frames refer to."""

    number: int
    ids: tuple[str, ...]
    radii: tuple[float, ...]


class Encoder(Protocol):
    """Turns a slice into the bytes of the wire, once for all listeners."""

    def picture(
        self, piece: Slice, journal: UUID, transport: Transport, roster: Roster, *, still: bool
    ) -> bytes:
        """Encode what is seen."""

    def sound(self, piece: Slice, journal: UUID, transport: Transport) -> bytes:
        """Encode what is heard."""
