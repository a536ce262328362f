import asyncio

from app.websocket import frames, line
from app.websocket.line import MailboxLine, TransportLine

FRAME = frames.binary_frame(bytes(9_600))


class Wire:
    """A transport whose peer reads only when told to."""

    def __init__(self) -> None:
        self.waiting = bytearray()
        self.aborted = False

    def is_closing(self) -> bool:
        return self.aborted

    def get_write_buffer_size(self) -> int:
        return len(self.waiting)

    def write(self, data: bytes) -> None:
        self.waiting += data

    def abort(self) -> None:
        self.aborted = True

    def get_extra_info(self, name: str) -> None:
        return None


def test_a_peer_that_stops_reading_costs_a_bounded_amount_and_skips_slices():
    wire = Wire()
    out = TransportLine(wire)

    for _ in range(1000):
        out.offer(FRAME)

    assert len(wire.waiting) <= line.EPHEMERAL_BYTES + len(FRAME)
    assert out.dropped > 900


def test_a_peer_that_reads_again_gets_the_newest():
    wire = Wire()
    out = TransportLine(wire)
    for _ in range(50):
        out.offer(FRAME)
    wire.waiting.clear()

    out.offer(frames.binary_frame(b"now"))

    assert bytes(wire.waiting) == frames.binary_frame(b"now")


def test_what_may_not_be_missed_is_bounded_too_and_says_so():
    wire = Wire()
    out = TransportLine(wire)
    for _ in range(20):
        out.offer(FRAME)

    assert out.send(frames.text_frame({"type": "event"}))  # slices never push it out
    while out.send(FRAME):
        assert len(wire.waiting) < 2 * line.RELIABLE_BYTES


def test_nothing_is_written_to_a_connection_that_closes():
    wire = Wire()
    out = TransportLine(wire)
    out.abort()
    out.offer(FRAME)

    assert out.send(FRAME)
    assert not wire.waiting


def test_a_mailbox_keeps_one_slice_and_every_message_in_order():
    async def act():
        sent, free = [], asyncio.Event()

        async def send(message):
            await free.wait()
            sent.append(message)

        box = MailboxLine(send)
        for number in range(5):
            box.offer(frames.binary_frame(b"%d" % number))
            box.send(frames.text_frame({"n": number}))
        await asyncio.sleep(0)
        free.set()
        async with asyncio.timeout(1):
            while len(sent) < 6:
                await asyncio.sleep(0)
        box.close()
        return sent, box.dropped

    sent, dropped = asyncio.run(act())

    texts = [one["text"] for one in sent if "text" in one]
    assert texts == [f'{{"n":{number}}}' for number in range(5)]
    assert [one["bytes"] for one in sent if "bytes" in one] == [b"4"]
    assert dropped == 4


def test_a_mailbox_is_bounded():
    async def act():
        async def send(message):
            await asyncio.Event().wait()

        box = MailboxLine(send)
        taken = 0
        while box.send(FRAME):
            taken += 1
        box.close()
        return taken

    assert asyncio.run(act()) <= line.RELIABLE_BYTES // len(FRAME) + 2
