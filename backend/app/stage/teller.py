"""What one room tells the server: its slices, encoded once, and what changed."""

from collections.abc import Callable, Sequence
from typing import Any

from app.core.performance.slice import Slice
from app.errors import InputError
from app.stage.performer import Performer
from app.stage.ports import Entered, Roster
from app.stage.theatre import Theatre
from app.stage.transport import Transport
from app.utils.clock import monotonic_s

Send = Callable[[dict[str, Any], Sequence[bytes]], None]


class Teller:
    """Speaks for one room; remembers the last roster so that only changes are told."""

    def __init__(self, room: str, theatre: Theatre, send: Send) -> None:
        self._room = room
        self._theatre = theatre
        self._send = send
        self._roster = Roster(0, (), ())
        self._document: object = None

    def tell(self, word: str, bodies: Sequence[bytes] = (), **facts: Any) -> None:
        """Tell the server anything."""
        self._send({"word": word, "room": self._room, **facts}, bodies)

    def slice(self, piece: Slice, performer: Performer, transport: Transport) -> None:
        """Encode a slice once and let it go, after the roster it refers to."""
        self._renew_roster(piece, performer)
        encoder, journal = self._theatre.encoder, performer.opening.journal
        picture = encoder.picture(piece, journal, transport, self._roster, still=False)
        sound = encoder.sound(piece, journal, transport)
        self._told(piece, transport, (picture, sound))

    def still(self, piece: Slice, performer: Performer, transport: Transport) -> None:
        """Show where everything is while nothing plays."""
        self._renew_roster(piece, performer)
        journal = performer.opening.journal
        picture = self._theatre.encoder.picture(piece, journal, transport, self._roster, still=True)
        self._told(piece, transport, (picture,))

    def transport(self, transport: Transport) -> None:
        """Tell which tick is heard when."""
        self.tell(
            "transport",
            playing=transport.playing,
            generation=transport.generation,
            tick=transport.tick,
            time_ms=round(transport.heard_s(transport.tick) * 1000, 3),
            lead_ms=round(transport.lead_s * 1000),
        )

    def applied(self, fresh: list[Entered]) -> None:
        """Tell from which tick each edit is obeyed."""
        for one in fresh:
            self.tell("applied", rev=one.rev, tick=one.tick)

    def refused(self, op_id: str, error: InputError) -> None:
        """Tell a solo listener why their private edit cannot be taken."""
        problems = [{"path": one.path, "message": one.message} for one in error.problems]
        self.tell("refused", op_id=op_id, code=error.code, message=error.message, problems=problems)

    def _told(self, piece: Slice, transport: Transport, bodies: Sequence[bytes]) -> None:
        late_s = monotonic_s() - transport.leaves_s(piece.tick) if len(bodies) > 1 else 0.0
        self.tell(
            "slice",
            bodies,
            tick=piece.tick,
            ticks=piece.ticks,
            generation=transport.generation,
            late_s=round(late_s, 4),
        )

    def _renew_roster(self, piece: Slice, performer: Performer) -> None:
        # Asking for every radius is slow in a crowd; only an edit can change one.
        document = performer.performance.document
        if piece.roster == self._roster.ids and document is self._document:
            return
        self._document = document
        radii = performer.performance.radii
        unchanged = (piece.roster, radii) == (self._roster.ids, self._roster.radii)
        if unchanged and self._roster.number:
            return
        self._roster = Roster(self._roster.number + 1, piece.roster, radii)
        self.tell(
            "roster",
            number=self._roster.number,
            tick=piece.tick,
            ids=list(piece.roster),
            radii=list(radii),
        )
