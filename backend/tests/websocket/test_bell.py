"""Laws of the bell: everything asked for is done in the loop, in order, whoever rings."""

import asyncio
import threading

from app.websocket.bell import Bell


def test_calls_of_all_threads_are_done_in_the_loop_each_in_its_order():
    async def act():
        bell, done, there = Bell(), [], threading.get_ident()
        bell.call(done.append, ("early", 0))

        def say(name, *, patient):
            if patient:
                bell.be_patient()
            for number in range(50):
                bell.call(lambda one: done.append((*one, threading.get_ident())), (name, number))
            bell.ring()

        bell.hang(asyncio.get_running_loop())
        await asyncio.gather(
            *(asyncio.to_thread(say, name, patient=name == "a") for name in ("a", "b", "c"))
        )
        await asyncio.sleep(0)
        return there, done

    there, done = asyncio.run(act())

    assert done[0] == ("early", 0)
    assert {one[2] for one in done[1:]} == {there}
    for name in ("a", "b", "c"):
        assert [one[1] for one in done if one[0] == name] == list(range(50))


def test_a_call_that_fails_is_told_the_loop_and_the_next_is_made():
    async def act():
        bell, done, told = Bell(), [], []
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, facts: told.append(facts["exception"]))
        bell.hang(loop)
        bell.call(lambda: 1 / 0)
        bell.call(done.append, "next")
        await asyncio.sleep(0)
        return done, told

    done, told = asyncio.run(act())

    assert done == ["next"]
    assert [type(one) for one in told] == [ZeroDivisionError]


def test_after_the_loop_has_ended_nobody_is_told_and_nothing_is_raised():
    bell = Bell()

    async def act():
        bell.hang(asyncio.get_running_loop())

    asyncio.run(act())
    bell.call(print)
