"""The server's view of one room: its members, what the stage last told, what was committed."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.services.views import EventView
from app.stage.pipe import Word
from app.stage.transport import LEAD_DEFAULT_S, lead_for
from app.utils.clock import monotonic_s
from app.websocket.frames import binary_frame, text_frame
from app.websocket.member import Member
from app.websocket.protocol import Goodbye

RING = 16  # slices kept for who comes late: more than any lead
RECENT = 512  # events kept for who joins while they happen
LATE_KEPT = 0.995  # a slice; half of it is gone after 7 s
LEAD_STEP_S = 0.02  # a smaller rise of the lead is not worth a jump
LEAD_EASE_S = 0.03  # nor is a smaller fall


@dataclass(frozen=True, slots=True)
class Piece:
    """A slice as frames: what everybody gets, and what those with sound get."""

    tick: int
    ticks: int
    picture: bytes
    both: bytes


@dataclass(slots=True, eq=False)
class Room:
    """Members of one universe, or one solo listener."""

    key: str
    universe: UUID
    rev: int
    solo: tuple[str, int] | None = None  # a private performance: its document and seed
    members: dict[int, Member] = field(default_factory=dict)
    journal: str | None = None
    roster: dict[str, Any] | None = None
    transport: dict[str, Any] | None = None
    next_tick: int | None = None
    playing: bool = True  # what was asked for; while empty, or dead, nothing plays
    generation: int = 1
    lead_s: float = LEAD_DEFAULT_S
    late_s: float = 0.0  # by how much slices have left late
    entered: list[tuple[int, int, dict[str, Any]]] = field(default_factory=list)  # of a solo
    taken: deque[dict[str, Any]] = field(default_factory=deque)  # of a solo, still without a tick
    ring: deque[Piece] = field(default_factory=lambda: deque(maxlen=RING))
    recent: deque[tuple[int, bytes]] = field(default_factory=lambda: deque(maxlen=RECENT))
    address: str = ""  # of a solo listener
    opened: asyncio.Event = field(default_factory=asyncio.Event)
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    closing: bool = False
    failure: str = ""
    unplayable: bool = False  # the failure is the document's own
    closer: asyncio.TimerHandle | None = None

    def tell(self, message: dict[str, Any]) -> None:
        """Send every member a message that may not be missed."""
        frame = text_frame(message)
        for member in list(self.members.values()):
            member.send(frame)

    def end(self, goodbye: Goodbye) -> None:
        """End every member's connection."""
        for member in list(self.members.values()):
            member.end(goodbye)

    def play(self, word: Word) -> None:
        """Hand a slice of the stage on to everybody, framed once."""
        picture = binary_frame(word.bodies[0])
        sound = binary_frame(word.bodies[1]) if len(word.bodies) > 1 else b""
        piece = Piece(word.head["tick"], word.head["ticks"], picture, picture + sound)
        if sound:
            self.next_tick = piece.tick + piece.ticks
            # The worst of the last quarter minute or so: a stall is remembered, not for ever.
            self.late_s = max(word.head["late_s"], self.late_s * LATE_KEPT)
        self.ring.append(piece)
        for member in self.members.values():
            member.line.offer(piece.both if member.wants_sound else picture)

    def turn(self, head: dict[str, Any]) -> None:
        """Take a new transport, and forget slices it has made void."""
        if head["generation"] != self.generation:
            self.ring.clear()
        self.generation = head["generation"]
        self.next_tick = head["tick"]
        self.transport = {name: head[name] for name in _TRANSPORT} | {"type": "transport"}
        self.tell(self.transport)

    def commit(self, event: EventView) -> None:
        """Tell every member an event, in the order of the log."""
        self.rev = event.rev
        frame = text_frame(event_out(event))
        self.recent.append((event.rev, frame))
        for member in list(self.members.values()):
            member.send(frame)

    def admit(self, member: Member, welcome: dict[str, Any], missed: list[bytes]) -> None:
        """Welcome a member: where everything is, what they missed, the bar that sounds now."""
        member.tell(welcome)
        later = [frame for rev, frame in self.recent if rev > welcome["rev"]]
        for frame in (*missed, *later):
            member.send(frame)
        self.members[member.number] = member
        heard = member.wants_sound and bool(self.transport and self.transport["playing"])
        for piece in self._sounding():
            member.line.offer(piece.both if heard else piece.picture)

    def presence(self) -> dict[str, Any]:
        """Return the message that says who is here."""
        return {"type": "presence", "members": [one.shown() for one in self.members.values()]}

    def heard_tick(self, now_ms: float) -> int:
        """Tell which tick is heard at a moment."""
        if self.transport is None:
            return 0
        passed_ms = now_ms - self.transport["time_ms"] if self.transport["playing"] else 0.0
        return max(0, int(self.transport["tick"] + passed_ms * 0.12))

    def wanted_lead_s(self) -> float | None:
        """Return another lead when the members' delays ask for one, else nothing."""
        delays = [member.delay_s for member in self.members.values()]
        wanted = lead_for(delays, late_s=self.late_s)
        # Up soon, down late: each change is a jump for everybody.
        more, less = wanted - self.lead_s, self.lead_s - wanted
        return wanted if more >= LEAD_STEP_S or less >= LEAD_EASE_S else None

    def opening(self) -> dict[str, Any]:
        """Return what the stage needs to open this room, or to open it again."""
        document, seed = self.solo or (None, None)
        return {
            "universe": str(self.universe),
            "document": document,
            "seed": seed,
            "entered": self.entered,
            "waiting": [one["patch"] for one in self.taken],
            "tick": self.next_tick,
            "generation": self.generation + 1,
            "lead_s": self.lead_s,
        }

    def _sounding(self) -> list[Piece]:
        """Find the slices that are not yet heard to their end; paused, the last still."""
        if self.transport is None or not self.transport["playing"]:
            return list(self.ring)[-1:]
        heard = self.heard_tick(monotonic_s() * 1000)
        return [piece for piece in self.ring if piece.tick + piece.ticks > heard]


_TRANSPORT = ("playing", "generation", "tick", "time_ms", "lead_ms")


def event_out(event: EventView) -> dict[str, Any]:
    """Put an event of the log in the words of the wire."""
    actor = event.actor
    return {
        "type": "event",
        "rev": event.rev,
        "kind": event.kind,
        "actor": {
            "kind": actor.kind,
            "id": str(actor.id) if actor.id else None,
            "display_name": actor.display_name,
        },
        "op_id": str(event.op_id) if event.op_id else None,
        "gesture": event.gesture,
        "patch": event.patch,
        # Who was let in or sent away is the owner's affair, and this goes to everybody.
        "data": event.data if event.kind == "comment" else None,
    }
