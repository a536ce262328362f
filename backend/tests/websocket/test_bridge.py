"""The way from ASGI to Flask: short answers whole, long ones a piece at a time."""

import asyncio

import pytest

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

    async def receive():
        return {"type": "http.request", "body": b""}

    scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b"",
             "server": ("localhost", 80), "scheme": "http", "http_version": "1.1"}  # fmt: skip
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
