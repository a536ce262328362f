"""What an edit of an open room costs, by size of the universe: bench/rest/edits.py.

A real `mundi serve`, real sockets. Somebody drags a body; two members hear of it, whoever drags and
a listener. What is told is processor time of the serving process, system time and the socket's
framing too: the message parsed and judged, the sign-in and the role read from the database, the
event committed, the news written to both. First a room by itself, then eight at once. The room is
paused, and what the process does anyhow is measured before and taken off. Beside it: what the
stage's process spends on obeying the edit, the journal and a still picture of it included.
Peer: committing one row of the same size to the same kind of file, which no edit can be cheaper than.
"""

import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from app.models.engine import open_engine
from sqlalchemy import text
from websockets.asyncio.client import ClientConnection, connect

ASKED_MS = {50: 1.0, 1000: 2.0}
ROOMS, ROUNDS, EDITS = 8, 3, 45  # a socket may say a hundred things at once
REST_S = 2.0  # until it may again
PATIENCE_S = 300  # kernels never compiled before are compiled first
MUNDI = Path(sys.executable).with_name("mundi")


def document(count: int) -> dict[str, Any]:
    """Make a universe of bodies that sing when they fall."""
    hit = {"when": {"event": "collision", "with": "floor"}, "note": {"voice": "pluck", "degree": 0}}
    return {
        "title": f"{count} bodies",
        "physics": {"floor": -1},
        "bodies": {f"b-{number:04d}": body(number) for number in range(count)},
        "rules": {"hits": hit},
    }


def body(number: int) -> dict[str, Any]:
    """Make one body of a crowd."""
    place = [number % 37 / 4, number // 37 / 4, 0.5]
    return {"position": place, "velocity": [0.1, 0, 0], "mass": 1 + number / 100, "radius": 0.05}


@dataclass
class Process:
    """A process whose processor time is read."""

    pid: int

    def spent_ms(self) -> float:
        """Return what all its threads have used so far."""
        tasks = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(one.read_text().split()[0]) for one in tasks) / 1e6


@dataclass
class Server:
    """A server of our own, and somebody with an account there."""

    folder: str
    port: int = 0
    token: str = ""
    process: subprocess.Popen[bytes] = field(init=False)

    def __enter__(self) -> "Server":
        with socket.socket() as line:
            line.bind(("127.0.0.1", 0))
            self.port = line.getsockname()[1]
        said = {
            "MUNDI_DATA": self.folder,
            "MUNDI_PORT": str(self.port),
            "MUNDI_WORKERS": "0",
            "MUNDI_LOG_LEVEL": "error",
        }
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(
            [MUNDI, "serve"], env=os.environ | said, stdout=quiet, stderr=quiet
        )
        self._wait()
        account = {"email": f"{uuid4().hex}@example.org", "password": uuid4().hex}
        self.token = self.post("auth/register", account)["access_token"]
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(30)

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until and self.process.poll() is None:
            try:
                ready = httpx.get(f"http://127.0.0.1:{self.port}/readyz", trust_env=False)
                if ready.status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        raise SystemExit("the server did not get ready")

    def post(self, path: str, said: dict[str, Any]) -> dict[str, Any]:
        """Ask for something to be made."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        where = f"http://127.0.0.1:{self.port}/api/v1/{path}"
        reply = httpx.post(where, json=said, headers=headers, trust_env=False, timeout=60)
        made: dict[str, Any] = reply.raise_for_status().json()
        return made

    def stage(self) -> Process:
        """Find the process in which rooms are played."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return Process(
            next(int(c) for c in children if "perform" in Path(f"/proc/{c}/cmdline").read_text())
        )


class Room:
    """A room with two members: one drags, one listens; both are told."""

    def __init__(self, server: Server, universe: str, count: int) -> None:
        self._server, self._universe, self._count = server, universe, count
        self._members: list[ClientConnection] = []
        self._step = self._rev = 0

    async def open(self) -> None:
        """Let both join, and pause."""
        for _ in range(2):
            where = f"ws://127.0.0.1:{self._server.port}/ws"
            # However much waits to be read here, the pings of the server are answered.
            one = await connect(
                where,
                subprotocols=["mundi.v1"],  # type: ignore[list-item]
                max_size=None,
                max_queue=None,
                proxy=None,
            )
            join = {"type": "join", "universe": self._universe, "token": self._server.token}
            await one.send(json.dumps(join))
            welcome = await self._until(one, "welcome")
            self._members.append(one)
        await self._members[0].send(json.dumps({"type": "pause"}))
        # Who comes back to a room that rests is told so at once, and nothing more.
        for one in self._members if (welcome["transport"] or {}).get("playing", True) else ():
            await self._until(one, "transport", playing=False)

    async def drag(self, edits: int) -> None:
        """Move a body step by step, each once both have heard of the last."""
        for _ in range(edits):
            self._step += 1
            name = f"b-{self._step % self._count:04d}"
            patch = {"bodies": {name: {"position": [time.perf_counter() % 9, 1, 2]}}}
            op_id = str(uuid4())
            said = {"type": "edit", "op_id": op_id, "gesture": "drag", "patch": patch}
            await self._members[0].send(json.dumps(said))
            told = [await self._until(one, "event", op_id=op_id) for one in self._members]
            self._rev = told[0]["rev"]

    async def settle(self) -> None:
        """Wait until the stage has entered the last edit in the journal."""
        if self._rev:
            await self._until(self._members[0], "applied", rev=self._rev)
            self._rev = 0

    async def close(self) -> None:
        """Let both leave."""
        for one in self._members:
            await one.close()

    @staticmethod
    async def _until(one: ClientConnection, kind: str, **facts: Any) -> dict[str, Any]:
        while True:
            heard = await asyncio.wait_for(one.recv(), 30)
            if isinstance(heard, bytes):
                continue
            told: dict[str, Any] = json.loads(heard)
            if told["type"] == "error":
                raise SystemExit(heard)
            if told["type"] == kind and facts.items() <= told.items():
                return told


async def one_size(server: Server, count: int) -> None:
    """Measure one size of universe, and print what was found."""
    made = [server.post("universes", {"document": document(count)}) for _ in range(ROOMS)]
    rooms = [Room(server, one["id"], count) for one in made]
    for number in (1, ROOMS):
        for room in rooms[:number]:
            await room.open()
        found = [await measured(server, rooms[:number]) for _ in range(ROUNDS)]
        for room in rooms[:number]:
            await room.close()
            room._members.clear()  # noqa: SLF001 -- it opens again with the others
        ours, stage = (statistics.median(one) for one in zip(*found, strict=True))
        said = "reached" if ours <= ASKED_MS[count] else "MISSED"
        print(
            f"{count:5} bodies, {number:2} rooms: asked <= {ASKED_MS[count]:.0f} ms, "
            f"{ours:.2f} ms an edit (least {min(found)[0]:.2f}), {said}; stage {stage:.2f} ms"
        )


async def measured(server: Server, rooms: list[Room]) -> tuple[float, float]:
    """Let every room drag at once; return milliseconds an edit, of the server and of the stage."""
    ours, stage = Process(server.process.pid), server.stage()
    marks = [(time.monotonic(), ours.spent_ms(), stage.spent_ms())]
    for edits in (0, EDITS):
        await asyncio.gather(*(room.drag(edits) for room in rooms))
        await asyncio.gather(*(room.settle() for room in rooms))
        await asyncio.sleep(0 if edits else REST_S)
        marks.append((time.monotonic(), ours.spent_ms(), stage.spent_ms()))
    (idle_s, *idle), (took_s, *spent) = (
        [after - before for before, after in zip(*pair, strict=True)] for pair in pairwise(marks)
    )
    done = EDITS * len(rooms)
    ours_ms, stage_ms = (
        (all_ - rest * took_s / idle_s) / done for rest, all_ in zip(idle, spent, strict=True)
    )
    return ours_ms, stage_ms


def row_ms(folder: str) -> float:
    """Measure what it costs to commit one row and nothing else."""
    engine = open_engine(f"sqlite:///{folder}/peer.sqlite")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE peer (id INTEGER, said TEXT)"))
    found = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for number in range(EDITS):
            with engine.begin() as connection:
                row = {"id": number, "said": "x" * 300}
                connection.execute(text("INSERT INTO peer VALUES (:id, :said)"), row)
        found.append(1000 * (time.process_time() - began) / EDITS)
    engine.dispose()
    return min(found)


def main() -> None:
    """Measure every size."""
    with tempfile.TemporaryDirectory() as folder:
        print(f"load {os.getloadavg()[0]:.1f}; one committed row {row_ms(folder):.2f} ms")
        with Server(f"{folder}/data") as server:
            for count in ASKED_MS:
                asyncio.run(one_size(server, count))
            print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
