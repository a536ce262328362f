"""From an edit to the first sound that obeys it, over a real socket: bench/live/latency.py [edits].

A real server on an empty data folder, one member, a ball thrown at random moments. The parts: until the
edit is committed and told, until the performer has entered it in the journal, until the slice arrives.
Peer: the wait that slices of 50 ms cost by themselves, 25 ms in the mean, 50 at most.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from app.schemas import wire
from websockets.asyncio.client import ClientConnection, connect

EDITS = 40
PORT = 8973
ADDRESS = f"127.0.0.1:{PORT}"
UNIVERSE = {
    "title": "A box",
    "dimensions": 2,
    "boundary": {"box": [4, 3]},
    "bodies": {"a": {"position": [0, 0, 0], "velocity": [1, 1, 0]}},
}
PATIENCE_S = 120


def serve(folder: str) -> subprocess.Popen[bytes]:
    """Start a server and wait until it is ready."""
    said = {"MUNDI_DATA": folder, "MUNDI_PORT": str(PORT), "MUNDI_LOG_LEVEL": "error"}
    command = [str(Path(sys.executable).with_name("mundi")), "serve"]
    server = subprocess.Popen(command, env=os.environ | said, stdout=subprocess.DEVNULL)
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and server.poll() is None:
        try:
            if httpx.get(f"http://{ADDRESS}/readyz", trust_env=False).status_code == 200:
                return server
        except httpx.TransportError:
            time.sleep(0.05)
    raise SystemExit("the server did not get ready")


def room() -> tuple[str, str]:
    """Make an account and a universe; return token and id."""
    with httpx.Client(base_url=f"http://{ADDRESS}/api/v1", trust_env=False) as http:
        account = {"email": f"{uuid4().hex}@example.org", "password": uuid4().hex}
        token = http.post("auth/register", json=account).json()["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        made = http.post("universes", json={"document": UNIVERSE}, headers=headers)
        return token, made.json()["id"]


async def until(line: ClientConnection, kind: str) -> dict[str, Any]:
    """Listen until a word is told."""
    while True:
        heard = await line.recv()
        if isinstance(heard, str) and (word := json.loads(heard))["type"] == kind:
            return word


async def until_sound(line: ClientConnection, tick: int) -> None:
    """Listen until the sound of a tick arrives."""
    while True:
        heard = await line.recv()
        if isinstance(heard, bytes):
            header = wire.decode(heard).header
            if header.kind == wire.SOUND and header.tick >= tick:
                return


async def throw(line: ClientConnection) -> tuple[float, float, float]:
    """Throw a ball; return milliseconds until told, until entered, until heard."""
    op_id = str(uuid4())
    ball = {"position": [0, 1, 0], "velocity": [1, 0, 0], "radius": 0.1}
    patch = {"bodies": {f"zz-{op_id[:4]}": ball}}
    began = time.perf_counter()
    await line.send(json.dumps({"type": "edit", "op_id": op_id, "patch": patch}))
    while (await until(line, "event"))["op_id"] != op_id:
        pass
    told = time.perf_counter()
    tick = (await until(line, "applied"))["tick"]
    entered = time.perf_counter()
    await until_sound(line, tick)
    heard = time.perf_counter()
    return 1000 * (told - began), 1000 * (entered - began), 1000 * (heard - began)


async def listen(token: str, universe: str, edits: int) -> list[tuple[float, float, float]]:
    """Join and throw balls, at moments that do not keep step with the slices."""
    address = f"ws://{ADDRESS}/ws"
    async with connect(address, subprotocols=["mundi.v1"], max_size=None, proxy=None) as line:
        join = {"type": "join", "universe": universe, "token": token}
        await line.send(json.dumps(join))
        await until_sound(line, 60)
        times = []
        for count in range(edits):
            times.append(await throw(line))
            quiet_until = time.perf_counter() + 0.2 + 0.0137 * (count % 11)
            while time.perf_counter() < quiet_until:
                await line.recv()
        return times


def main() -> None:
    """Print the median and the worst of each part."""
    edits = int(sys.argv[1]) if len(sys.argv) > 1 else EDITS
    with tempfile.TemporaryDirectory() as folder:
        server = serve(folder)
        try:
            times = asyncio.run(listen(*room(), edits))
        finally:
            server.terminate()
            server.wait(30)
    names = ("committed and told", "in the journal", "first sound arrives")
    for name, column in zip(names, zip(*times, strict=True), strict=True):
        print(f"{name:20s} median {statistics.median(column):6.1f} ms  worst {max(column):6.1f} ms")


if __name__ == "__main__":
    main()
