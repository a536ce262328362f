"""A real `mundi serve` on a port of its own, and people who talk with it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import numpy as np
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from app.schemas import wire

MUNDI = Path(sys.executable).with_name("mundi")
PASSWORD = "a long and private sentence"  # of a test's own user
READY_WITHIN_S = 150.0  # kernels that were never compiled before are compiled now


def free_port() -> int:
    """Find a port nobody has."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


class Server:
    """One running server."""

    def __init__(self, data: Path, port: int | None = None, url: str | None = None) -> None:
        self.data = data
        self.port = port or free_port()
        self.host = f"127.0.0.1:{self.port}"
        # A file, not a pipe: nobody would read the pipe, and a full one stops the server.
        self.log = data.parent / f"{data.name}-{self.port}.log"
        said = {"MUNDI_DATA": str(data), "MUNDI_PORT": str(self.port), "MUNDI_LOG_LEVEL": "warning"}
        if url is not None:
            said["MUNDI_DATABASE_URL"] = url
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [MUNDI, "serve"], env=os.environ | said, stdout=log, stderr=subprocess.STDOUT
            )
        self.http = httpx.Client(base_url=f"http://{self.host}", timeout=20, trust_env=False)

    def wait(self, path: str = "/readyz") -> "Server":
        """Wait until rooms can be opened; `/healthz` is enough for those who open none."""
        end = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < end and self.process.poll() is None:
            try:
                if self.http.get(path).status_code == 200:
                    return self
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        raise AssertionError(f"the server is not ready: {self.log.read_text()[-3000:]}")

    def children(self) -> list[int]:
        """Find the processes it has started."""
        task = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in task.read_text().split()]

    def kill_stage(self) -> int:
        """Kill the process all rooms are played in."""
        stage = next(
            pid for pid in self.children() if "perform" in Path(f"/proc/{pid}/cmdline").read_text()
        )
        os.kill(stage, signal.SIGKILL)
        return stage

    def stop(self, how: int = signal.SIGTERM) -> int:
        """End it and return its exit code."""
        self.http.close()
        self.process.send_signal(how)
        return self.process.wait(30)

    def register(self) -> "Person":
        """Make an account."""
        body = {"email": f"{uuid4().hex}@example.org", "password": PASSWORD}
        made = self.http.post("/api/v1/auth/register", json=body)
        assert made.status_code == 201, made.text
        return Person(self, made.json()["access_token"])

    def example(self, name: str) -> dict[str, Any]:
        """Find one of the planted universes."""
        listed = self.http.get("/api/v1/universes", params={"scope": "public"}).json()["items"]
        return next(one for one in listed if one["example"] == name)


@dataclass
class Person:
    """Somebody signed in."""

    server: Server
    token: str

    def __call__(self, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"} | more.pop("headers", {})
        return self.server.http.request(method, f"/api/v1/{path}", headers=headers, **more)

    def universe(self, document: dict[str, Any], **more: Any) -> str:
        """Make a universe and return its id."""
        made = self("POST", "universes", json={"document": document, **more})
        assert made.status_code == 201, made.text
        return made.json()["id"]


@dataclass
class Listener:
    """One open socket and everything it has heard, in order."""

    socket: ClientConnection
    words: list[dict[str, Any]] = field(default_factory=list)
    pieces: list[bytes] = field(default_factory=list)

    def say(self, type: str, **facts: Any) -> None:
        """Say something."""
        self.socket.send(json.dumps({"type": type, **facts}))

    def edit(self, patch: dict[str, Any]) -> str:
        """Change the universe; returns the operation's name."""
        op_id = str(uuid4())
        self.say("edit", op_id=op_id, patch=patch)
        return op_id

    def hear(self, within_s: float = 20.0) -> dict[str, Any] | bytes:
        """Take the next message."""
        heard = self.socket.recv(timeout=within_s)
        if isinstance(heard, bytes):
            self.pieces.append(heard)
            return heard
        self.words.append(json.loads(heard))
        return self.words[-1]

    def until(self, type: str, within_s: float = 20.0, **facts: Any) -> dict[str, Any]:
        """Listen until a word of this type, with these facts, is told."""
        end = time.monotonic() + within_s
        while (left_s := end - time.monotonic()) > 0:
            heard = self.hear(left_s)
            if isinstance(heard, dict) and heard["type"] == type and facts.items() <= heard.items():
                return heard
        raise AssertionError(f"{type} {facts} was not told; {[w['type'] for w in self.words]}")

    def told(self, type: str, **facts: Any) -> dict[str, Any]:
        """Return the last word of this type, with these facts, that was heard already."""
        told = [one for one in self.words if one["type"] == type and facts.items() <= one.items()]
        assert told, f"{type} was not told"
        return told[-1]

    def until_closed(self) -> int:
        """Listen until the server says goodbye, and return its code."""
        try:
            while True:
                self.hear()
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006

    def until_tick(self, tick: int) -> None:
        """Listen until the sound has gone beyond a tick."""
        while not self.pieces or (last := self.sounds_of(self.pieces[-1])) is None or last < tick:
            self.hear()

    @staticmethod
    def sounds_of(piece: bytes) -> int | None:
        """Return the tick at which a stretch of sound ends, None for a picture."""
        header = wire.decode(piece).header
        return header.tick + header.ticks if header.kind == wire.SOUND else None

    def sound(self) -> tuple[int, np.ndarray]:
        """Return all sound heard so far: its first tick and its samples, without a gap."""
        read = [wire.decode(piece) for piece in self.pieces]
        heard = {one.header.tick: one for one in read if one.samples is not None}
        ticks = sorted(heard)
        assert ticks == list(range(ticks[0], ticks[-1] + 1, 6)), "a slice is missing"
        return ticks[0], np.concatenate([heard[tick].samples for tick in ticks])


@contextmanager
def listening(
    server: Server,
    universe: str,
    *,
    person: Person | None = None,
    welcomed: bool = True,
    **join: Any,
) -> Iterator[Listener]:
    """Join a room as somebody, or as a guest."""
    address = f"ws://{server.host}/ws"
    with connect(
        address, subprotocols=["mundi.v1"], max_size=None, proxy=None, close_timeout=0.5
    ) as socket:
        listener = Listener(socket)
        token = person.token if person else None
        listener.say("join", universe=universe, token=token, **join)
        if welcomed:
            listener.until("welcome", within_s=30)
        yield listener


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[Server]:
    """A server that all tests of a session share."""
    running = Server(tmp_path_factory.mktemp("serve") / "data")
    try:
        yield running.wait()
    finally:
        running.stop()


@pytest.fixture
def start(tmp_path) -> Iterator[Callable[..., Server]]:
    """A function that starts servers of the test's own; they end with it."""
    started: list[Server] = []

    def begin(**given: Any) -> Server:
        running = Server(given.pop("data", tmp_path / "data"), **given)
        started.append(running)
        return running

    yield begin
    for one in started:
        one.http.close()
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()


@pytest.fixture
def listen(server):
    """A context manager that joins a room of the shared server."""

    def join(universe: str, **more: Any):
        return listening(more.pop("server", server), universe, **more)

    return join


@pytest.fixture
def person(server) -> Person:
    """Somebody new on the shared server."""
    return server.register()
