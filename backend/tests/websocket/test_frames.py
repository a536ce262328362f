import json

import pytest
from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader

from app.websocket import frames
from app.websocket.line import payloads_of


def read(data: bytes) -> Frame:
    """Parse with another implementation, as a browser would: unmasked, from a server."""
    stream = StreamReader()
    stream.feed_data(data)
    parsing = Frame.parse(stream.read_exact, mask=False)
    try:
        while True:
            next(parsing)
    except StopIteration as done:
        return done.value


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, 200_000])
def test_a_binary_frame_reads_as_rfc_6455_has_it(size):
    payload = bytes(range(256)) * (size // 256 + 1)

    frame = read(frames.binary_frame(payload[:size]))

    assert (frame.opcode, frame.fin, bytes(frame.data)) == (Opcode.BINARY, True, payload[:size])


def test_a_text_frame_holds_the_message_as_utf_8():
    frame = read(frames.text_frame({"type": "error", "message": "größer"}))

    assert frame.opcode == Opcode.TEXT
    assert json.loads(bytes(frame.data)) == {"type": "error", "message": "größer"}


def test_a_run_of_frames_comes_apart_where_it_was_put_together():
    run = frames.binary_frame(b"x" * 70_000) + frames.text_frame({}) + frames.binary_frame(b"")

    assert payloads_of(run) == [(False, b"x" * 70_000), (True, b"{}"), (False, b"")]
