"""What one connection does, once the rules have let it: join, edit, play, leave."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from app.core.document.pushes import PUSH
from app.errors import Conflict, DocumentError, Forbidden, MundiError, Unauthenticated
from app.schemas.live import (
    Edit,
    Join,
    Pause,
    Ping,
    Play,
    Push,
    Redo,
    Said,
    Seek,
    Sound,
    Token,
    Undo,
)
from app.services.tokens import Claims, Proof
from app.services.views import UniverseView
from app.services.work import Caller
from app.utils.clock import monotonic_s, now
from app.websocket.frames import text_frame
from app.websocket.hub import Hub
from app.websocket.line import Line
from app.websocket.member import PERFORMERS, Member
from app.websocket.protocol import REMOVED, UNAUTHENTICATED, Goodbye
from app.websocket.room import Room, event_out

GRACE_S = 2.0


class Session:
    """One connection's member and room, once it has joined."""

    def __init__(self, hub: Hub, line: Line, address: str) -> None:
        self._hub = hub
        self._line = line
        self._address = address
        self._room: Room
        self._expiry: asyncio.TimerHandle | None = None
        self.member: Member | None = None
        self._acts: dict[type, Callable[[Any], Awaitable[None]]] = {
            Edit: self._edit,
            Undo: self._turn,
            Redo: self._turn,
            Push: self._push,
            Play: self._play,
            Pause: self._pause,
            Seek: self._seek,
            Ping: self._ping,
            Token: self._renew,
            Sound: self._sound,
        }

    def tell(self, message: dict[str, Any]) -> None:
        """Send a message that may not be missed."""
        self._line.send(text_frame(message))

    async def join(self, said: Join) -> None:
        """Enter a room or play alone. Raises NotFound, Unauthenticated, LimitReached, ..."""
        desk = self._hub.desk
        claims = desk.claims(said.token)
        view = await desk.look(said.universe, claims)
        _require_playable(view)
        caller = await desk.caller(claims)
        room = await self._enter(said, view)
        try:
            # Read again: while the stage opened the room, others may have edited.
            view = await desk.look(said.universe, claims)
            missed = await self._missed(said, view, claims)
        except MundiError:
            self._hub.abandon(room)
            raise
        self._room = room
        self.member = Member(
            number=self._hub.number(),
            line=self._line,
            claims=claims,
            name=caller.display_name,
            role=view.role,
            address=self._address,
            wants_sound=said.sound == "pcm16",
        )
        self._watch_expiry(*_until(claims, caller))
        room.admit(self.member, self._welcome(said, view, missed is not None), missed or [])
        self._hub.joined(room)

    async def act(self, said: Said) -> None:
        """Do what a member asks. Raises Forbidden, Unauthenticated, InputError, Unavailable."""
        await self._acts[type(said)](said)

    def leave(self) -> None:
        """Be gone."""
        if self._expiry is not None:
            self._expiry.cancel()
        if self.member is not None:
            self._hub.left(self._room, self.member)

    async def _enter(self, said: Join, view: UniverseView) -> Room:
        if said.mode == "room":
            return await self._hub.enter(view)
        seed = await self._hub.desk.seed(view)
        return await self._hub.enter_alone(view, seed, self._address)

    async def _missed(self, said: Join, view: UniverseView, claims: Proof) -> list[bytes] | None:
        """Read what happened since the client was last here; None when that cannot be told."""
        since = said.since_rev
        if said.mode != "room" or since is None or said.epoch != view.epoch or since > view.rev:
            return None
        events = await self._hub.desk.since(said.universe, since, claims)
        if [event.rev for event in events[:1]] not in ([], [since + 1]):
            return None
        return [text_frame(event_out(one)) for one in events if one.rev <= view.rev]

    def _welcome(self, said: Join, view: UniverseView, recovered: bool) -> dict[str, Any]:
        assert self.member is not None, "who is welcomed is a member"
        room = self._room
        return {
            "type": "welcome",
            "universe": str(view.id),
            "mode": said.mode,
            "role": view.role,
            "member": self.member.number,
            "rev": view.rev,
            "epoch": view.epoch,
            "recovered": recovered,
            "document": json.loads(view.document),
            "journal": room.journal,
            "roster": room.roster,
            "transport": room.transport,
            "lead_ms": round(room.lead_s * 1000),
            "members": [*room.presence()["members"], self.member.shown()],
        }

    async def _edit(self, said: Edit) -> None:
        if self._room.solo is not None:
            self._hub.say(
                self._room,
                "try",
                op_id=str(said.op_id),
                gesture=said.gesture,
                patch=said.patch,
            )
            return
        assert self.member is not None, "only members act"
        event = await self._hub.desk.edit(
            self._room.universe,
            self.member.claims,
            said.patch,
            op_id=said.op_id,
            gesture=said.gesture,
        )
        if event.repeated:
            self.tell(event_out(event))

    async def _turn(self, said: Undo | Redo) -> None:
        """Undo or redo, and tell whoever asked what others kept from it."""
        if self._room.solo is not None:
            raise Conflict("alone nothing is kept, so nothing is undone", code="playing_alone")
        assert self.member is not None, "only members act"
        done = await self._hub.desk.turn(
            self._room.universe, self.member.claims, said.type, op_id=said.op_id
        )
        left = list(done.left)
        self.tell(
            {
                "type": "undone",
                "op_id": str(said.op_id),
                "act": said.type,
                "rev": done.rev,
                "left": left,
            }
        )

    async def _push(self, said: Push) -> None:
        if self._room.solo is not None:
            op_id, patch = str(said.op_id), {PUSH: said.said}
            self._hub.say(self._room, "try", op_id=op_id, gesture=said.gesture, patch=patch)
            return
        assert self.member is not None, "only members act"
        event = await self._hub.desk.push(
            self._room.universe,
            self.member.claims,
            said.said,
            op_id=said.op_id,
            gesture=said.gesture,
        )
        if event.repeated:
            self.tell(event_out(event))

    async def _play(self, said: Play) -> None:
        await self._require_performer()
        self._room.playing = True
        self._hub.say(self._room, "play")

    async def _pause(self, said: Pause) -> None:
        await self._require_performer()
        self._room.playing = False
        self._hub.say(self._room, "pause")

    async def _seek(self, said: Seek) -> None:
        await self._require_performer()
        self._hub.say(self._room, "seek", tick=said.tick)

    async def _ping(self, said: Ping) -> None:
        assert self.member is not None, "only members act"
        self.member.reported_s = said.delay_ms / 1000
        now_ms = monotonic_s() * 1000
        tick = self._room.heard_tick(now_ms)
        self.tell({"type": "pong", "sent": said.sent, "now": round(now_ms, 3), "tick": tick})

    async def _renew(self, said: Token) -> None:
        """Take a fresh token; it has to be the same person's."""
        assert self.member is not None, "only members act"
        claims = self._hub.desk.claims(said.token)
        mine = self.member.claims
        if not (isinstance(mine, Claims) and isinstance(claims, Claims)) or (
            claims.user_id != mine.user_id
        ):
            raise Unauthenticated("the token is somebody else's; connect again as them")
        self.member.claims = claims
        self._watch_expiry(*_until(claims, Caller()))

    async def _sound(self, said: Sound) -> None:
        assert self.member is not None, "only members act"
        self.member.wants_sound = said.codec == "pcm16"

    async def _require_performer(self) -> None:
        """Ask the database whether this member may lead the room; alone, everybody may."""
        assert self.member is not None, "only members act"
        if self._room.solo is not None:
            return
        view = await self._hub.desk.look(self._room.universe, self.member.claims)
        if view.role not in PERFORMERS:
            raise Forbidden("only performers play, pause and seek for all; play alone instead")

    def _watch_expiry(self, why: Goodbye, until_s: float | None) -> None:
        if self._expiry is not None:
            self._expiry.cancel()
        if until_s is not None:
            left_s = max(0.0, until_s - now().timestamp())
            self._expiry = asyncio.get_running_loop().call_later(left_s, self._expired, why)

    def _expired(self, why: Goodbye) -> None:
        if self.member is not None:
            self.member.end(why)


def _require_playable(view: UniverseView) -> None:
    """Refuse a room of what was written long ago and today's grammar has something against."""
    if view.problems:
        raise DocumentError(
            "this version does not play this document: it was written for an older one; read the "
            "universe, mend the parts named under `problems` with PATCH, and join again",
            code="unplayable_document",
            problems=view.problems,
        )


def _until(claims: Proof, caller: Caller) -> tuple[Goodbye, float | None]:
    """Tell how long a connection may last by itself, and what it ends with."""
    if isinstance(claims, Claims):
        return Goodbye(UNAUTHENTICATED, "the access token ran out"), claims.expires_at + GRACE_S
    until = caller.seat.until if caller.seat else None
    return Goodbye(REMOVED, "the share link has ended"), until.timestamp() if until else None
