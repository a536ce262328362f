import asyncio
import json
from datetime import UTC, datetime
from uuid import UUID

import pytest

from app.services.views import Actor, EventView
from app.stage.pipe import Word
from app.websocket.ear import hear
from app.websocket.line import payloads_of
from app.websocket.member import Member
from app.websocket.protocol import OVERLOADED
from app.websocket.room import Room
from app.websocket.tail import Tail

UNIVERSE = UUID("018f0000-0000-7000-8000-000000000001")


class Paper:
    """A line that keeps what was written, or refuses."""

    def __init__(self, *, full: bool = False) -> None:
        self.written = bytearray()
        self.full = full
        self.dropped = 0

    def offer(self, frame: bytes) -> None:
        self.written += frame

    def send(self, frame: bytes) -> bool:
        self.written += b"" if self.full else frame
        return not self.full

    def delay_s(self) -> float:
        return 0.0

    def words(self) -> list[dict]:
        return [json.loads(payload) for text, payload in payloads_of(self.written) if text]

    def pieces(self) -> list[bytes]:
        return [payload for text, payload in payloads_of(self.written) if not text]


def member(number: int = 1, *, sound: bool = True, full: bool = False) -> Member:
    return Member(number, Paper(full=full), None, None, "viewer", "", sound)


def event(rev: int) -> EventView:
    return EventView(UNIVERSE, rev, "document", Actor("user"), datetime.now(UTC), patch={"n": rev})


def slice_word(tick: int, **over: object) -> Word:
    head = {"word": "slice", "tick": tick, "ticks": 6, "late_s": 0.0, "generation": 1}
    return Word(head | over, (b"picture %d" % tick, b"sound %d" % tick))


def transport(**over: object) -> Word:
    said = {"playing": True, "generation": 1, "tick": 0, "time_ms": 1e12, "lead_ms": 70}
    return Word({"word": "transport"} | said | over)


def in_loop(act):
    async def whole():
        return await act()

    return asyncio.run(whole())


def test_everybody_gets_the_same_bytes_and_sound_only_who_wants_it():
    async def act():
        room = Room("r", UNIVERSE, 0)
        loud, quiet = member(1), member(2, sound=False)
        room.members = {1: loud, 2: quiet}
        hear(room, slice_word(0))
        return loud.line.pieces(), quiet.line.pieces()

    assert in_loop(act) == ([b"picture 0", b"sound 0"], [b"picture 0"])


def test_who_comes_late_gets_what_is_not_yet_heard_and_nothing_older():
    async def act():
        room = Room("r", UNIVERSE, 0)
        # Tick 60 is heard at this very moment, as far as the clock goes.
        now_ms = asyncio.get_running_loop().time() * 1000
        hear(room, transport(time_ms=now_ms, tick=60))
        for tick in range(0, 120, 6):
            hear(room, slice_word(tick))
        late = member(sound=False)
        room.admit(late, {"type": "welcome", "rev": 0}, [])
        return [int(piece.split()[1]) for piece in late.line.pieces()]

    ticks = in_loop(act)
    assert ticks[0] in (60, 66)
    assert ticks[-1] == 114


def test_a_new_generation_makes_kept_slices_void():
    async def act():
        room = Room("r", UNIVERSE, 0)
        hear(room, transport())
        hear(room, slice_word(0))
        hear(room, transport(generation=2, tick=600))
        late = member()
        room.admit(late, {"type": "welcome", "rev": 0}, [])
        return late.line.pieces(), room.next_tick

    assert in_loop(act) == ([], 600)


def test_events_that_happen_while_somebody_joins_are_not_lost():
    async def act():
        room = Room("r", UNIVERSE, 5)
        for rev in (6, 7, 8):
            room.commit(event(rev))
        late = member()
        room.admit(late, {"type": "welcome", "rev": 6}, [])
        return [word["rev"] for word in late.line.words()]

    assert in_loop(act) == [6, 7, 8]  # the welcome tells of 6; the rest follow


def test_a_member_who_cannot_take_what_is_reliable_is_ended():
    async def act():
        room = Room("r", UNIVERSE, 0)
        room.members = {1: (slow := member(full=True)), 2: (quick := member(2))}
        room.commit(event(1))
        return slow.ended.result().code, quick.ended.done()

    assert in_loop(act) == (OVERLOADED, False)


def test_late_slices_raise_the_lead_soon_and_lower_it_late():
    async def act():
        room = Room("r", UNIVERSE, 0)
        usual = room.wanted_lead_s()
        hear(room, slice_word(0, late_s=0.12))
        raised = room.wanted_lead_s()
        room.lead_s = raised
        for tick in range(6, 240, 6):
            hear(room, slice_word(tick))
        soon = room.wanted_lead_s()
        for tick in range(240, 9000, 6):
            hear(room, slice_word(tick))
        return usual, raised, soon, room.wanted_lead_s()

    usual, raised, soon, later = in_loop(act)
    assert usual is None
    assert raised == pytest.approx(0.17, abs=0.011)
    assert soon is None
    assert later == pytest.approx(0.07, abs=0.011)


def test_the_tail_puts_overtaken_events_in_order_and_asks_for_what_was_not_announced():
    class Log:
        asked = 0

        async def since(self, universe, rev, who):
            self.asked += 1
            return tuple(event(one) for one in range(rev + 1, 8))

    async def act():
        room, told, log = Room("r", UNIVERSE, 0), [], Log()

        def deliver(room, news):
            room.rev = news.rev
            told.append(news.rev)

        tail = Tail(room, log, deliver)
        for rev in (2, 1, 1, 3):
            tail.take(event(rev))
        quick = log.asked
        tail.take(event(7))  # 4 to 6 were committed by another process
        async with asyncio.timeout(2):
            while len(told) < 7:
                await asyncio.sleep(0.01)
        return told, quick, log.asked

    assert in_loop(act) == ([1, 2, 3, 4, 5, 6, 7], 0, 1)


def test_a_solo_listener_s_edits_survive_a_killed_stage():
    async def act():
        room = Room("solo", UNIVERSE, 0, solo=('{"title":"x"}', 3))
        for op_id in ("a", "b"):
            head = {"word": "taken", "op_id": op_id, "gesture": None, "patch": {op_id: 1}}
            hear(room, Word(head))
        hear(room, Word({"word": "applied", "rev": 1, "tick": 12}))
        hear(room, slice_word(12))
        return room.opening()

    opening = in_loop(act)
    assert opening["entered"] == [(12, 1, {"a": 1})]
    assert opening["waiting"] == [{"b": 1}]
    assert opening["tick"] == 18
    assert opening["generation"] == 2
