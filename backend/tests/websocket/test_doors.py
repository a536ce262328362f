"""What strangers and broken programs try at the doors of a running server."""

import json
import socket
import struct
import time
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

JOIN = {"type": "join", "universe": str(uuid4())}


def opened(server, **more):
    given = {"subprotocols": ["mundi.v1"], "proxy": None, "close_timeout": 0.5} | more
    return connect(f"ws://{server.host}/ws", **given)


def raw(server, data: bytes, within_s: float = 15.0) -> bytes:
    """Send bytes and return everything that comes back until the server hangs up or is silent."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=within_s) as line:
        line.sendall(data)
        parts = []
        while part := line.recv(65_536):
            parts.append(part)
        return b"".join(parts)


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example", "https://evil.example", "null", "file://", "http://127.0.0.1",
        "http://127.0.0.1:1", "http://127.0.0.1.evil.example:{port}", "ftp://127.0.0.1:{port}",
        "http://evil.example:{port}", "http://localhost.evil.example", "", "http://",
    ],
)  # fmt: skip
def test_foreign_pages_are_refused_before_the_upgrade(server, origin):
    given = origin.format(port=server.port)
    with pytest.raises(InvalidStatus) as refused, opened(server, origin=given):
        pass

    assert refused.value.response.status_code == 403


def test_our_own_pages_and_scripts_are_let_in(server):
    with opened(server, origin=f"http://{server.host}"), opened(server):
        pass


def test_a_strange_host_name_is_not_answered(server):
    for path in ("/", "/api/v1/universes", "/ws"):
        told = server.http.get(path, headers={"Host": "evil.example"})
        assert told.status_code == 421
        assert told.json()["code"] == "unknown_host"
    assert server.http.get("/healthz", headers={"Host": "10.0.0.7"}).status_code == 200


def test_without_the_sub_protocol_there_is_no_upgrade(server):
    with pytest.raises(InvalidStatus) as refused, opened(server, subprotocols=None):
        pass

    assert refused.value.response.status_code == 400


def test_malformed_messages_are_answered_and_then_ended(server):
    with opened(server) as line:
        for text in ("{", "[]", '{"type":"edit"}'):
            line.send(text)
            assert json.loads(line.recv(timeout=10))["type"] == "error"
        line.send(b"\x00\x01")
        with pytest.raises(ConnectionClosed) as closed:
            line.recv(timeout=10)

    assert closed.value.rcvd.code == 4400


def test_a_message_that_is_too_long_ends_the_connection(server):
    with opened(server) as line:
        line.send("x" * 70_000)
        with pytest.raises(ConnectionClosed) as closed:
            line.recv(timeout=10)

    assert closed.value.rcvd.code == 1009


@pytest.mark.parametrize(
    ("token", "code"), [("nonsense", 4401), ("a.b.c", 4401), ("x" * 4096, 4401), (None, 4404)]
)
def test_a_bad_token_and_an_unknown_universe_are_told_apart(server, token, code):
    with opened(server) as line:
        line.send(json.dumps(JOIN | {"token": token}))
        with pytest.raises(ConnectionClosed) as closed:
            line.recv(timeout=10)

    assert closed.value.rcvd.code == code


def said_until_closed(line, text: str) -> int:
    """Say the same again and again until the server hangs up; return its code."""
    try:
        for _ in range(5_000):
            line.send(text)
        while True:
            line.recv(timeout=10)
    except ConnectionClosed as closed:
        return closed.rcvd.code


def test_a_flood_is_ended(server):
    with opened(server) as line:
        assert said_until_closed(line, '{"type":"play"}') == 4400

    with opened(server) as line:
        line.send(json.dumps(JOIN | {"universe": server.example("polyrhythm")["id"]}))
        assert json.loads(line.recv(timeout=20))["type"] == "welcome"
        assert said_until_closed(line, '{"type":"ping","sent":1}') == 4429


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (b"\x81\x02hi", 1002),  # not masked
        (b"\xc1\x82\0\0\0\0hi", 1002),  # a reserved bit
        (b"\x81\x82\0\0\0\0\xff\xfe", 1007),  # not UTF-8
        (b"\x81\xff" + struct.pack("!Q", 2**31) + bytes(4), 1009),  # two gigabytes, it says
        (b"\x83\x80\0\0\0\0", 1002),  # an unknown opcode
    ],
)
def test_broken_frames_end_the_connection_as_rfc_6455_has_it(server, frame, code):
    upgrade = (
        f"GET /ws HTTP/1.1\r\nHost: {server.host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Protocol: mundi.v1\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        line.sendall(upgrade.encode())
        while not line.recv(65_536).endswith(b"\r\n\r\n"):
            pass
        line.sendall(frame)
        goodbye = line.recv(65_536)

    assert goodbye[0] == 0x88
    assert struct.unpack("!H", goodbye[2:4])[0] == code
    assert server.http.get("/healthz").status_code == 200


def test_a_hundred_megabytes_are_refused_before_they_are_read(server):
    head = (
        f"POST /api/v1/auth/login HTTP/1.1\r\nHost: {server.host}\r\n"
        "Content-Type: application/json\r\nContent-Length: 100000000\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        began = time.monotonic()
        line.sendall(head.encode())
        answer = b""
        while not answer.endswith(b"}"):
            answer += line.recv(65_536)

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b'"code": "too_large"' in answer
    assert time.monotonic() - began < 2


def test_a_body_without_an_end_is_refused_once_it_is_too_long(server):
    def endless():
        for _ in range(64):
            yield bytes(65_536)

    told = server.http.post(
        "/api/v1/auth/login", content=endless(), headers={"Content-Type": "application/json"}
    )

    assert told.status_code == 413


@pytest.mark.parametrize(
    "head",
    [
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: {host}\r\nContent-Length: 2\r\n"
        "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: {host}\r\nContent-Length: 2\r\n"
        "Content-Length: 3\r\n\r\n{{}}",
        "GET / HTTP/1.1\r\nHost: {host}\r\nX: {long}\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: {host}\r\n{many}\r\n",
        "nonsense\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    ],
)
def test_requests_that_two_servers_could_read_differently_are_refused(server, head):
    many = "".join(f"X-{n}: 1\r\n" for n in range(200))

    answer = raw(server, head.format(host=server.host, long="y" * 200_000, many=many).encode())

    assert answer.startswith((b"HTTP/1.1 4",))


def test_the_studio_comes_with_types_tags_and_a_policy(server):
    page = server.http.get("/")
    script = server.http.get("/app.js")
    again = server.http.get("/app.js", headers={"If-None-Match": script.headers["ETag"]})

    assert page.headers["Content-Type"].startswith("text/html")
    assert script.headers["Content-Type"].startswith("text/javascript")
    assert script.headers["Cache-Control"] == "no-cache"
    assert again.status_code == 304
    for answer in (page, script, again):
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    ["/no-such-page", "/../backend/pyproject.toml", "/%2e%2e/README.md", "//etc/passwd", "/.git"],
)
def test_nothing_else_is_served(server, path):
    answer = raw(
        server, f"GET {path} HTTP/1.1\r\nHost: {server.host}\r\nConnection: close\r\n\r\n".encode()
    )

    assert answer.split(b" ")[1] in (b"404", b"400")


def test_health_and_readiness_are_told(server):
    ready = server.http.get("/readyz")

    assert server.http.get("/healthz").json() == {"status": "ok"}
    assert ready.json() == {"status": "ready", "stage": True, "database": True, "draining": False}
