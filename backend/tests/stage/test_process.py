import asyncio
import os
import signal
import sys
from pathlib import Path

from app.stage.pipe import Word
from app.stage.process import Stage

CHILD = str(Path(__file__).with_name("toy_child.py"))
OPEN = {"universe": "u", "document": None, "seed": 1, "tick": None, "generation": 1, "lead_s": 0.07}


class House:
    """The server's side: counts what it is told."""

    def __init__(self, folder: Path) -> None:
        self.words: list[Word] = []
        self.ended = 0
        self.ready = asyncio.Event()
        self.stage = Stage(
            [sys.executable, CHILD, str(folder)],
            heard=self.words.append,
            began=self.ready.set,
            ended=self._end,
        )

    def _end(self) -> None:
        self.ended += 1
        self.ready.clear()

    async def until(self, kind: str, count: int = 1) -> None:
        async with asyncio.timeout(10):
            while sum(word.kind == kind for word in self.words) < count:
                await asyncio.sleep(0.01)


def test_a_child_plays_dies_and_is_started_again(tmp_path):
    async def act():
        house = House(tmp_path)
        house.stage.start()
        await asyncio.wait_for(house.ready.wait(), 20)
        house.stage.say("open", "r", **OPEN)
        house.stage.say("play", "r")
        await house.until("slice", 3)
        os.kill(house.stage.process.pid, signal.SIGKILL)
        await asyncio.sleep(0.1)
        await asyncio.wait_for(house.ready.wait(), 20)
        seen = sum(word.kind == "slice" for word in house.words)
        house.stage.say("open", "r", **OPEN | {"tick": 18, "generation": 2})
        house.stage.say("play", "r")
        await house.until("slice", seen + 3)
        last = house.stage.process
        await house.stage.stop()
        return house, last

    house, last = asyncio.run(act())

    assert house.ended == 1
    assert last.returncode == 0  # told to end, it ended by itself
    assert [word.head["tick"] for word in house.words if word.kind == "opened"] == [0, 18]
    assert house.words[-1].kind == "closed"  # and kept its performance first


def test_one_room_that_fails_does_not_end_the_others(tmp_path):
    async def act():
        house = House(tmp_path)
        house.stage.start()
        await asyncio.wait_for(house.ready.wait(), 20)
        house.stage.say("open", "good", **OPEN)
        house.stage.say("play", "good")
        house.stage.say("open", "bad", **OPEN | {"document": "not json"})
        await house.until("failed")
        seen = sum(word.kind == "slice" for word in house.words)
        await house.until("slice", seen + 2)
        await house.stage.stop()
        return house

    house = asyncio.run(act())

    assert [word.room for word in house.words if word.kind == "failed"] == ["bad"]


def test_a_child_whose_server_is_killed_ends_too(tmp_path):
    script = f"""
import asyncio, os, sys
from app.stage.process import Stage
async def act():
    ready = asyncio.Event()
    stage = Stage([sys.executable, {CHILD!r}, {str(tmp_path)!r}],
                  heard=print, began=ready.set, ended=print)
    stage.start()
    await ready.wait()
    print(stage.process.pid, flush=True)
    os.kill(os.getpid(), 9)
asyncio.run(act())
"""

    async def act() -> int:
        server = await asyncio.create_subprocess_exec(
            sys.executable, "-c", script, stdout=asyncio.subprocess.PIPE
        )
        out, _ = await asyncio.wait_for(server.communicate(), 20)
        pid = int(out.split()[-1])
        async with asyncio.timeout(10):
            while Path(f"/proc/{pid}").exists() and _state(pid) != "Z":
                await asyncio.sleep(0.05)
        return server.returncode

    assert asyncio.run(act()) == -signal.SIGKILL


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (OSError, IndexError):
        return "Z"
