"""All rooms of this server: opens and closes them, hears the stage and the log."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from typing import Any
from uuid import UUID, uuid4

from app.errors import (
    DocumentError,
    LimitReached,
    MundiError,
    NotFound,
    Unauthenticated,
    Unavailable,
)
from app.services.tokens import Claims, KeyClaim
from app.services.views import EventView, KeyRevoked, SessionsEnded, UniverseGone, UniverseView
from app.stage.pipe import Word
from app.stage.process import Spawned, Stage
from app.websocket.desk import Desk
from app.websocket.ear import hear
from app.websocket.member import Member
from app.websocket.protocol import GONE, LIMITS, REMOVED, UNAUTHENTICATED, Goodbye
from app.websocket.room import Room
from app.websocket.tail import Tail

CLOSE_AFTER_S = 60.0
OPEN_WITHIN_S = 15.0
SWEEP_S = 3.0


class Hub:
    """The rooms by key: a universe's id, or a name of its own for a solo listening."""

    def __init__(self, desk: Desk, command: list[str], first: Spawned | None = None) -> None:
        self.desk = desk
        self.stage = Stage(
            command, heard=self._hear, began=self._began, ended=self._ended, first=first
        )
        self._rooms: dict[str, Room] = {}
        self._tails: dict[str, Tail] = {}
        self._solos: Counter[str] = Counter()
        self._members = 0
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Start the stage and the sweep."""
        self._loop = asyncio.get_running_loop()
        self.desk.bell.hang(self._loop)
        self.stage.start()
        self._spawn(self._sweep())

    async def stop(self) -> None:
        """End the stage, which keeps its performances first."""
        for task in self._tasks:
            task.cancel()
        await self.stage.stop()
        self.desk.close()

    def announced(self, news: object) -> None:
        """Hear what was committed, in whatever thread did it."""
        self.desk.bell.call(self._news, news)

    async def enter(self, view: UniverseView) -> Room:
        """Find or open the room of a universe; returns once the stage performs it."""
        key = str(view.id)
        found = self._rooms.get(key)
        if found is not None and found.closing:
            await asyncio.wait_for(found.gone.wait(), OPEN_WITHIN_S)
        room = self._rooms.get(key) or self._open(Room(key, view.id, view.rev))
        if len(room.members) >= LIMITS.room_members_max:
            raise LimitReached(f"a room holds {LIMITS.room_members_max} members", retry_after_s=10)
        return await self._opened(room)

    async def enter_alone(self, view: UniverseView, seed: int, address: str) -> Room:
        """Open a private performance of a universe, within bounds."""
        if (
            self._solos[address] >= LIMITS.solos_per_address
            or self._solos.total() >= LIMITS.solos_max
        ):
            raise LimitReached("too many play alone already; join the room", retry_after_s=10)
        self._solos[address] += 1
        room = Room(f"solo-{uuid4()}", view.id, view.rev, solo=(view.document, seed))
        room.address = address
        return await self._opened(self._open(room))

    def number(self) -> int:
        """Number a member."""
        self._members += 1
        return self._members

    def joined(self, room: Room) -> None:
        """Tell everybody who is here, and play if that is wanted."""
        if room.closer is not None:
            room.closer.cancel()
            room.closer = None
        if not room.playing or not room.ring:
            self.say(room, "look")
        if room.playing:
            self.say(room, "play")
        room.tell(room.presence())

    def left(self, room: Room, member: Member) -> None:
        """Tell the others; an empty room pauses, and closes after a while."""
        room.members.pop(member.number, None)
        if room.members:
            room.tell(room.presence())
        else:
            self._emptied(room)

    def abandon(self, room: Room) -> None:
        """Close a room whose first member never came in."""
        if not room.members:
            self._emptied(room)

    def say(self, room: Room, word: str, **facts: Any) -> None:
        """Ask the stage something about a room."""
        self.stage.say(word, room.key, **facts)

    def _emptied(self, room: Room) -> None:
        self.say(room, "pause", empty=True)
        if room.solo is not None:
            self._close(room)
        elif room.closer is None and not room.closing:
            room.closer = self._loop.call_later(CLOSE_AFTER_S, self._close, room)

    def _open(self, room: Room) -> Room:
        if len(self._rooms) >= LIMITS.rooms_max:
            raise LimitReached(
                f"this server plays {LIMITS.rooms_max} rooms at most", retry_after_s=10
            )
        self._rooms[room.key] = room
        if room.solo is None:
            self._tails[room.key] = Tail(room, self.desk, self._deliver)
            # Whoever opened it may be gone before it has opened.
            room.closer = self._loop.call_later(CLOSE_AFTER_S, self._close, room)
        self.say(room, "open", **room.opening())
        return room

    async def _opened(self, room: Room) -> Room:
        try:
            await asyncio.wait_for(room.opened.wait(), OPEN_WITHIN_S)
        except TimeoutError:
            raise Unavailable("the stage is not ready", retry_after_s=2) from None
        if room.unplayable:
            raise DocumentError(room.failure)
        if room.failure:
            raise Unavailable(room.failure, retry_after_s=2)
        return room

    def _close(self, room: Room) -> None:
        if room.closing or room.members:
            return
        room.closing = True
        if not self.stage.ready:
            self._forget(room)
        self.say(room, "close")

    def _forget(self, room: Room) -> None:
        if self._rooms.pop(room.key, None) is None:
            return
        self._tails.pop(room.key, None)
        if room.solo is not None:
            self._solos[room.address] -= 1
            self._solos += Counter()
        room.gone.set()

    def _hear(self, word: Word) -> None:
        room = self._rooms.get(word.room)
        if room is None:
            return
        hear(room, word)
        if room.gone.is_set():
            self._forget(room)

    def _began(self) -> None:
        for room in list(self._rooms.values()):
            self.say(room, "open", **room.opening())
            if room.members and room.playing:
                self.say(room, "play")

    def _ended(self) -> None:
        for room in [room for room in self._rooms.values() if room.closing]:
            self._forget(room)

    def _news(self, news: object) -> None:
        if isinstance(news, EventView):
            tail = self._tails.get(str(news.universe_id))
            if tail is not None:
                tail.take(news)
            if news.kind == "access":
                self._check_solos(news.universe_id)
        elif isinstance(news, UniverseGone):
            self._end_universe(news)
        elif isinstance(news, SessionsEnded):
            self._end_sessions(news)
        elif isinstance(news, KeyRevoked):
            self._end_key(news)

    def _deliver(self, room: Room, event: EventView) -> None:
        room.commit(event)
        if event.kind in ("document", "journal"):
            if not room.members:
                room.ring.clear()  # what it shows is past, and nothing is drawn for nobody
            self.say(room, "edit", rev=event.rev, patch=event.patch)
        elif event.kind == "access":
            self._spawn(self._check(room))

    def _check_solos(self, universe: UUID) -> None:
        for room in self._rooms.values():
            if room.solo is not None and room.universe == universe:
                self._spawn(self._check(room))

    def _end_universe(self, news: UniverseGone) -> None:
        for room in self._rooms.values():
            if room.universe == news.universe_id:
                room.end(Goodbye(GONE, "the universe was deleted"))

    def _end_sessions(self, news: SessionsEnded) -> None:
        for room in self._rooms.values():
            for member in room.members.values():
                claims = member.claims
                if isinstance(claims, Claims) and claims.session_id in news.session_ids:
                    member.end(Goodbye(UNAUTHENTICATED, "this sign-in has ended"))

    def _end_key(self, news: KeyRevoked) -> None:
        for room in self._rooms.values():
            for member in room.members.values():
                if member.claims == KeyClaim(news.hash):
                    member.end(Goodbye(UNAUTHENTICATED, "this API key was revoked"))

    async def _sweep(self) -> None:
        """Look again, now and then, at what no announcement of this process can tell."""
        while True:
            await asyncio.sleep(SWEEP_S)
            for room in [room for room in self._rooms.values() if room.members]:
                await self._check(room)
                self._lead(room)
                if room.key in self._tails:
                    await self._tails[room.key].ask()

    async def _check(self, room: Room) -> None:
        """End or demote every member whose rights have changed."""
        for member in list(room.members.values()):
            await self._check_member(room, member)

    async def _check_member(self, room: Room, member: Member) -> None:
        try:
            view = await self.desk.look(room.universe, member.claims)
        except NotFound:
            member.end(Goodbye(REMOVED, "this universe is no longer shared with you"))
        except Unauthenticated as error:
            code = REMOVED if error.code == "link_ended" else UNAUTHENTICATED
            member.end(Goodbye(code, error.message))
        except MundiError:
            return  # the database is away: nobody is judged by what cannot be read
        else:
            if view.role != member.role:
                member.role = view.role
                member.tell({"type": "role", "role": view.role})
                room.tell(room.presence())

    def _lead(self, room: Room) -> None:
        wanted = room.wanted_lead_s()
        if wanted is not None:
            room.lead_s = wanted
            self.say(room, "lead", lead_s=wanted)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
