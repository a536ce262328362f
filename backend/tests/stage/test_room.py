import asyncio
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from app.core.physics import Event
from app.errors import Conflict
from app.stage.room import LOOK_EVERY_S, Room
from app.stage.teller import Teller


class Heard:
    """What a room told, in order; `until` waits for a word."""

    def __init__(self) -> None:
        self.words: list[tuple[dict, tuple]] = []
        self._news = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def __call__(self, head, bodies) -> None:
        self._loop.call_soon_threadsafe(self._keep, head, bodies)

    def _keep(self, head, bodies) -> None:
        self.words.append((head | {"at": time.monotonic()}, tuple(bodies)))
        self._news.set()

    def of(self, kind: str) -> list[dict]:
        return [head for head, _ in self.words if head["word"] == kind]

    def shown_after(self, rev: int) -> int:
        """Count the pictures told after an edit was obeyed."""
        told = [(head["word"], head.get("rev")) for head, _ in self.words]
        start = told.index(("applied", rev)) if ("applied", rev) in told else len(told)
        return [word for word, _ in told[start:]].count("slice")

    async def until(self, done: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not done():
                self._news.clear()
                await self._news.wait()


def staged(act, stage, book, **settings) -> Heard:
    """Run one room while `act(room, heard)` does something with it."""

    async def whole() -> Heard:
        heard = Heard()
        with ThreadPoolExecutor(2) as pool:
            performer = stage.stand("u", book.open("u"))
            room = Room(performer, stage, Teller("r", stage, heard), pool, **settings)
            task = asyncio.create_task(room.run())
            try:
                await act(room, heard)
            finally:
                room.post({"word": "close"})
                await task
        return heard

    return asyncio.run(whole())


def sounds(heard: Heard) -> np.ndarray:
    pieces = [bodies[1] for head, bodies in heard.words if len(bodies) == 2]
    return np.concatenate([np.frombuffer(one, np.float32).reshape(-1, 2) for one in pieces])


def test_slices_leave_every_fifty_milliseconds_on_absolute_deadlines(stage, book):
    async def act(room, heard):
        room.post({"word": "play"})
        await heard.until(lambda: len(heard.of("slice")) >= 21)

    heard = staged(act, stage, book)

    slices = heard.of("slice")[1:]  # the first showed the paused world
    anchor = heard.of("transport")[-1]
    due = [anchor["time_ms"] - anchor["lead_ms"] + one["tick"] * 1000 / 120 for one in slices]
    late = [one["at"] * 1000 - at for one, at in zip(slices, due, strict=True)]
    assert [one["tick"] for one in slices[:4]] == [0, 6, 12, 18]
    assert min(late) >= -1
    assert np.median(late) < 20  # never adds up: the last is no later than the first


def test_the_journal_is_committed_before_a_slice_of_that_tick_leaves(stage, book, whole):
    committed_at = {}
    enter = book.enter

    def slow_enter(universe, opening, tick, revs):
        time.sleep(0.01)
        enter(universe, opening, tick, revs)
        committed_at[tick] = time.monotonic()

    book.enter = slow_enter

    async def act(room, heard):
        room.post({"word": "play"})
        for rev in (1, 2, 3):
            await heard.until(lambda rev=rev: len(heard.of("slice")) >= 3 * rev)
            room.post({"word": "edit", "rev": rev, "patch": book.edit(rev, {"hue": rev}).patch})
        await heard.until(lambda: len(heard.of("applied")) == 3 and len(heard.of("slice")) > 14)

    heard = staged(act, stage, book)

    order = [head for head, _ in heard.words if head["word"] in ("applied", "slice")]
    for applied in heard.of("applied"):
        first = next(
            one for one in order[1:] if one["word"] == "slice" and one["tick"] >= applied["tick"]
        )
        assert committed_at[applied["tick"]] < first["at"]
        assert order.index(applied) < order.index(first)
    played = sounds(heard)
    assert np.array_equal(played, whole(book, len(played) // 400))


def test_a_paused_room_obeys_at_once_and_shows_it_without_a_sound(stage, book):
    async def act(room, heard):
        await heard.until(lambda: len(heard.of("slice")) == 1)
        room.post({"word": "edit", "rev": 1, "patch": book.edit(1, {"hue": 1}).patch})
        await heard.until(lambda: len(heard.of("slice")) == 2)

    heard = staged(act, stage, book)

    assert heard.of("applied")[0]["tick"] == 0
    stills = [json.loads(bodies[0]) for head, bodies in heard.words if head["word"] == "slice"]
    assert [still for *_, still in stills] == [True, True]
    assert all(len(bodies) == 1 for head, bodies in heard.words if head["word"] == "slice")


def test_a_paused_room_that_is_dragged_is_shown_now_and_then_and_at_the_end(stage, book):
    last = 60

    async def act(room, heard):
        await heard.until(lambda: len(heard.of("slice")) == 1)
        for rev in range(1, last + 1):
            room.post({"word": "edit", "rev": rev, "patch": book.edit(rev, {"hue": rev}).patch})
            await asyncio.sleep(0.005)
        await heard.until(lambda: heard.shown_after(last))

    heard = staged(act, stage, book)

    stills = heard.of("slice")[1:]
    assert len(stills) <= 2 + (stills[-1]["at"] - stills[0]["at"]) / LOOK_EVERY_S < last
    assert stills[0]["at"] < heard.of("applied")[-1]["at"], "not at the end alone"


def test_an_empty_room_draws_what_was_edited_when_somebody_looks(stage, book):
    async def act(room, heard):
        await heard.until(lambda: len(heard.of("slice")) == 1)
        room.post({"word": "pause", "empty": True})
        room.post({"word": "edit", "rev": 1, "patch": book.edit(1, {"hue": 1}).patch})
        await heard.until(lambda: heard.of("applied"))
        await asyncio.sleep(3 * LOOK_EVERY_S)
        assert not heard.shown_after(1)
        room.post({"word": "look"})
        await heard.until(lambda: heard.shown_after(1))

    staged(act, stage, book)


def test_an_edit_just_before_a_pause_is_shown(stage, book):
    async def act(room, heard):
        for rev in range(1, 6):
            room.post({"word": "play"})
            await heard.until(lambda rev=rev: len(heard.of("slice")) > 3 * rev)
            room.post({"word": "edit", "rev": rev, "patch": book.edit(rev, {"hue": rev}).patch})
            await heard.until(lambda rev=rev: len(heard.of("applied")) == rev)
            room.post({"word": "pause"})
            await heard.until(lambda rev=rev: heard.shown_after(rev))

    staged(act, stage, book)


def test_pause_and_play_go_on_at_the_same_sample(stage, book, whole):
    async def act(room, heard):
        for count in (4, 9, 14):
            room.post({"word": "play"})
            await heard.until(lambda count=count: len(heard.of("slice")) >= count)
            room.post({"word": "pause"})
            stopped = len(heard.of("transport"))
            await heard.until(lambda stopped=stopped: len(heard.of("transport")) > stopped)

    heard = staged(act, stage, book)

    played = sounds(heard)
    generations = [one["generation"] for one in heard.of("transport")]
    assert np.array_equal(played, whole(book, len(played) // 400))
    assert generations == sorted(set(generations))


def test_a_seek_is_bounded_by_what_was_played(stage, book):
    async def act(room, heard):
        room.post({"word": "seek", "tick": 10**9})
        room.post({"word": "seek", "tick": 27})
        await heard.until(lambda: len(heard.of("transport")) == 3)

    heard = staged(act, stage, book)

    assert [one["tick"] for one in heard.of("transport")] == [0, 7200, 24]


def test_a_solo_listener_hears_their_own_edit_and_why_another_is_refused(stage, book):
    async def act(room, heard):
        room.post({"word": "try", "op_id": "x", "patch": {"hue": 5}})
        room.post({"word": "try", "op_id": "y", "patch": {"bad": 5}})
        book.patches[1] = {"hue": 5}
        await heard.until(lambda: heard.of("applied") and heard.of("refused"))

    heard = staged(act, stage, book, private=True)

    assert heard.of("taken")[0]["op_id"] == "x"
    assert heard.of("refused")[0]["message"] == "bad is not built yet"


def test_while_the_journal_is_away_the_music_goes_on_and_the_edit_waits(stage, book):
    async def act(room, heard):
        book.away = True
        room.post({"word": "play"})
        room.post({"word": "edit", "rev": 1, "patch": book.edit(1, {"hue": 1}).patch})
        await heard.until(lambda: len(heard.of("slice")) >= 6)
        assert not heard.of("applied")
        book.away = False
        await heard.until(lambda: bool(heard.of("applied")))

    heard = staged(act, stage, book)

    assert heard.of("fault")[0]["code"] == "unavailable"
    assert book.committed[0][1] == (1,)


def test_a_performer_that_was_replaced_ends(stage, book):
    def fenced(*_):
        raise Conflict("another performer has taken over", code="fenced")

    book.enter = fenced

    async def act(room, heard):
        room.post({"word": "edit", "rev": 1, "patch": {"hue": 1}})
        await asyncio.sleep(0.1)

    with pytest.raises(Conflict):
        staged(act, stage, book)


def test_a_room_that_closes_keeps_a_checkpoint_and_its_place(stage, book):
    async def act(room, heard):
        room.post({"word": "play"})
        await heard.until(lambda: len(heard.of("slice")) >= 4)

    staged(act, stage, book)

    assert book.marked >= 18
    assert stage.checkpoints.nearest(book.opening.journal, 10**9, rev=0).tick == book.marked


def test_a_universe_that_blows_up_ends_with_a_word_and_an_edit_goes_on(stage, book):
    async def act(room, heard):
        performance = room.performer.performance
        run = performance.run

        def runs(ticks):
            piece = run(ticks)
            performance.ended = "a left all numbers at tick 9, 0.07 s"
            return piece

        performance.run = runs
        room.post({"word": "play"})
        await heard.until(lambda: len(heard.of("fault")) == 1 and len(heard.of("transport")) == 3)
        performance.run, performance.ended = run, ""
        room.post({"word": "play"})
        await heard.until(lambda: len(heard.of("slice")) > 4)

    heard = staged(act, stage, book)

    fault = heard.of("fault")[0]
    assert (fault["code"], "a left all numbers at tick 9" in fault["message"]) == ("blown_up", True)
    assert [one["playing"] for one in heard.of("transport")] == [False, True, False, True]


def test_a_universe_too_dense_to_follow_says_so_once_and_plays_on(stage, book):
    async def act(room, heard):
        performance = room.performer.performance
        run = performance.run

        def runs(ticks):
            piece = run(ticks)
            loads = Event("overload", piece.tick, 0.0, 0.0, bodies=(), wall="")
            return replace(piece, events=(*piece.events, loads))

        performance.run = runs
        room.post({"word": "play"})
        await heard.until(lambda: len(heard.of("slice")) >= 6)

    heard = staged(act, stage, book)

    assert [one["code"] for one in heard.of("fault")] == ["overload"]
    assert "fewer or smaller ones" in heard.of("fault")[0]["message"]
