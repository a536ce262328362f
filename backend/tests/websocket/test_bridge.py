"""The way from ASGI to Flask: short answers whole, long ones a piece at a time."""

import asyncio
import io
import random
import zipfile

import pytest

from app.websocket import bridge
from app.websocket.bridge import PIECE, Bridge

BLOCK = b"x" * 8192


class Body:
    """What an application yields, counting how much of it was taken."""

    def __init__(self, blocks):
        self.left, self.taken, self.closed = blocks, 0, False

    def __iter__(self):
        return self

    def __next__(self):
        if not self.left:
            raise StopIteration
        self.left, self.taken = self.left - 1, self.taken + 1
        return BLOCK

    def close(self):
        self.closed = True


def answered(body, blocks, sent):
    def application(environ, start_response):
        start_response("200 OK", [("Content-Length", str(blocks * len(BLOCK)))])
        return body

    ask(application, sent)


def ask(application, sent, path="/", headers=()):
    async def receive():
        return {"type": "http.request", "body": b""}

    scope = {"type": "http", "method": "GET", "path": path, "headers": list(headers),
             "query_string": b"", "server": ("localhost", 80), "scheme": "http",
             "http_version": "1.1", "root_path": ""}  # fmt: skip
    asyncio.run(Bridge(application)(scope, receive, sent))


@pytest.mark.parametrize("blocks", [0, 1, 100, 1_000])
def test_every_byte_arrives_and_the_answer_is_closed(blocks):
    body, told = Body(blocks), []

    async def send(message):
        told.append(message)

    answered(body, blocks, send)

    assert b"".join(one.get("body", b"") for one in told) == BLOCK * blocks
    assert [one.get("more_body", False) for one in told][-1] is False
    assert body.closed


def test_of_a_long_answer_no_more_is_read_than_was_taken():
    body, ahead = Body(1_000), []

    async def send(message):
        ahead.append(body.taken * len(BLOCK))
        body.taken = 0

    answered(body, 1_000, send)

    assert max(ahead) == PIECE * len(BLOCK)


def test_whose_reader_has_gone_is_closed():
    body = Body(1_000)

    async def send(message):
        if message["type"] == "http.response.body":
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        answered(body, 1_000, send)
    assert body.closed
    assert body.left > 900


def test_an_account_leaves_in_pieces_and_whole(app, monkeypatch):
    monkeypatch.setattr(bridge, "WHOLE_MAX", 512)
    monkeypatch.setattr(bridge, "PIECE", 1)
    client, told = app.test_client(), []
    body = {"email": "ada@example.org", "password": "correct horse battery"}
    token = client.post("/api/v1/auth/register", json=body).json["access_token"]
    proof = {"Authorization": f"Bearer {token}"}
    noise = {"text": random.Random(1).randbytes(20_000).hex()}
    story = {
        "story": {f"p-{n}": {"at": n, "text": noise["text"][n * 400 :][:400]} for n in range(40)}
    }
    made = client.post("/api/v1/universes", json={"document": story}, headers=proof)
    assert made.status_code == 201, made.text

    async def send(message):
        told.append(message)

    headers = [(b"host", b"localhost"), (b"authorization", proof["Authorization"].encode())]
    ask(app, send, "/api/v1/auth/me/export", headers)

    content = b"".join(one.get("body", b"") for one in told)
    length = dict(told[0]["headers"])[b"content-length"]
    assert int(length) == len(content)
    assert len(told) > 3
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
