"""The process: one port, one folder, a clean end, and nobody waits for a slow peer."""

import json
import signal
import socket
import statistics
import struct
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.schemas import wire

SECONDS = 40  # of float32 sound: 15 MB, more than the kernel takes for a reader that stalls


@pytest.fixture(scope="module")
def render(server):
    """A finished export, its owner and its address."""
    person = server.register()
    universe = server.example("polyrhythm")["id"]
    asked = person(
        "POST",
        "audio/renders",
        json={"universe_id": universe, "seconds": SECONDS, "encoding": "float32"},
    )
    assert asked.status_code == 202, asked.text
    path = f"audio/renders/{asked.json()['id']}"
    end = time.monotonic() + 120
    while (job := person("GET", path).json())["state"] in ("queued", "running"):
        assert time.monotonic() < end
        time.sleep(0.2)
    assert job["state"] == "done", job
    return person, f"{path}/file", job


def test_a_file_comes_whole_in_ranges_and_not_again(render):
    person, path, job = render

    whole = person("GET", path)
    part = person("GET", path, headers={"Range": "bytes=100-199"})
    tail = person("GET", path, headers={"Range": "bytes=-10"})
    beyond = person("GET", path, headers={"Range": f"bytes={job['size']}-"})
    many = person("HEAD", path, headers={"Range": "bytes=" + "0-," * 1000 + "0-"})
    same = person("GET", path, headers={"If-None-Match": whole.headers["ETag"]})
    changed = person("GET", path, headers={"Range": "bytes=0-9", "If-Range": '"other"'})

    assert len(whole.content) == job["size"]
    assert whole.headers["Content-Disposition"].startswith("attachment; filename=")
    assert (part.status_code, part.content) == (206, whole.content[100:200])
    assert part.headers["Content-Range"] == f"bytes 100-199/{job['size']}"
    assert tail.content == whole.content[-10:]
    assert beyond.status_code == 416
    assert (many.status_code, many.content) == (200, b"")
    assert same.status_code == 304
    assert changed.status_code == 200


def test_a_file_is_its_owners(render, server):
    _, path, _ = render

    assert server.register()("GET", path).status_code == 404
    assert server.http.get(f"/api/v1/{path}").status_code == 401
    assert server.register()("GET", "audio/renders/nonsense/file").status_code == 404


def stalled(server, request: bytes) -> socket.socket:
    """Ask for something large and never read it."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect(("127.0.0.1", server.port))
    line.sendall(request)
    return line


def test_twenty_stalled_downloads_hold_nobody_up(render, server):
    person, path, _ = render
    request = (
        f"GET /api/v1/{path} HTTP/1.1\r\nHost: {server.host}\r\n"
        f"Authorization: Bearer {person.token}\r\n\r\n"
    )
    with ExitStack() as stack:
        for _ in range(20):
            stack.enter_context(stalled(server, request.encode()))
        time.sleep(0.3)
        health = [_took(lambda: server.http.get("/healthz")) for _ in range(20)]
        rest = [_took(lambda: person("GET", "universes?scope=public")) for _ in range(40)]

    assert statistics.median(health) < 0.1
    assert sorted(rest)[-1] < 0.5


def test_three_hundred_slow_requests_hold_nobody_up(server):
    begun = f"POST /api/v1/auth/login HTTP/1.1\r\nHost: {server.host}\r\n".encode()
    bodies = b"Content-Type: application/json\r\nContent-Length: 50\r\n\r\n{"
    with ExitStack() as stack:
        for place in range(300):
            stack.enter_context(stalled(server, begun + (bodies if place % 2 else b"X-")))
        rest = [_took(lambda: server.http.get("/api/v1/universes?scope=public")) for _ in range(20)]

    assert sorted(rest)[-1] < 0.5


def _took(act) -> float:
    began = time.monotonic()
    assert act().status_code == 200
    return time.monotonic() - began


def muted(server, universe: str) -> socket.socket:
    """Join a room and never read what it says."""
    upgrade = (
        f"GET /ws HTTP/1.1\r\nHost: {server.host}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: mundi.v1\r\n\r\n"
    )
    line = stalled(server, upgrade.encode())
    answer = b""
    while not answer.endswith(b"\r\n\r\n"):
        answer += line.recv(1)
    join = json.dumps({"type": "join", "universe": universe}).encode()
    # Masked with zeros: a client's frame has to carry a mask, and any will do.
    line.sendall(struct.pack("!BB", 0x81, 0x80 | len(join)) + bytes(4) + join)
    return line


def test_a_member_that_stops_reading_changes_nothing_for_the_others(listen, server):
    universe = server.example("polyrhythm")["id"]
    with ExitStack() as stack, listen(universe) as ada:
        for _ in range(3):
            stack.enter_context(muted(server, universe))
        while len(ada.until("presence")["members"]) < 4:
            pass
        ada.pieces.clear()
        began = time.monotonic()
        while time.monotonic() - began < 3:
            ada.hear()

    _, samples = ada.sound()  # no slice is missing
    assert len(samples) >= 2.5 * 48_000


def test_a_taken_port_is_said_in_one_line(server, start, tmp_path):
    second = start(data=tmp_path / "other", port=server.port)

    assert second.process.wait(30) == 2
    said = second.log.read_text().strip()
    assert said.count("\n") == 0
    assert f"port {server.port}" in said
    assert "MUNDI_PORT" in said


def test_a_second_server_on_the_same_folder_is_said_in_one_line(server, start):
    second = start(data=server.data)

    assert second.process.wait(30) == 2
    said = second.log.read_text().strip()
    assert said.count("\n") == 0
    assert str(server.data) in said
    assert str(server.process.pid) in said


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_clean_tells_its_members_and_goes_on_where_it_was(start, listen, how):
    first = start().wait()
    children = first.children()
    person = first.register()
    universe = person.universe({"title": "Kept", "bodies": {"a": {"position": [0, 1, 0]}}})
    with listen(universe, server=first, person=person) as ada:
        ada.until_tick(90)
        code = threading.Thread(target=first.stop, args=(how,))
        code.start()
        goodbye = ada.until_closed()
        code.join()
    played = max(
        header.tick + header.ticks for header in (wire.decode(piece).header for piece in ada.pieces)
    )

    assert goodbye == 1012
    assert first.process.returncode == 0
    assert "Traceback" not in first.log.read_text()
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]

    second = start(port=first.port).wait()
    with listen(universe, server=second, person=person) as ada:
        ada.until_tick(0)
    tick, _ = ada.sound()
    assert played <= tick <= played + 60
    second.stop()


def test_a_killed_server_leaves_no_orphans_and_loses_no_edit(start, listen):
    first = start().wait()
    children = first.children()
    person = first.register()
    universe = person.universe({"title": "Kept", "bodies": {"a": {"position": [0, 1, 0]}}})
    with listen(universe, server=first, person=person) as ada:
        ada.edit({"bodies": {"zz-1": {"position": [1, 1, 0]}}})
        tick = ada.until("applied")["tick"]
        first.process.kill()
        first.process.wait()
    end = time.monotonic() + 15
    while any(Path(f"/proc/{pid}").exists() for pid in children):
        assert time.monotonic() < end, "a child outlives its server"
        time.sleep(0.1)

    second = start(port=first.port).wait()
    with listen(universe, server=second, person=person) as ada:
        ada.until_tick(0)
    assert ada.sound()[0] >= tick
    assert ada.words[0]["roster"]["ids"] == ["a", "zz-1"]
    assert second.stop() == 0
