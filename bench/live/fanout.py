"""What one slice to a full room costs, against a bare loop of writes: bench/live/fanout.py.

A room of 200 members is given the same picture and sound again and again: once by `Room.play`, which
frames once and looks at each write buffer, once by `os.write` of ready bytes to the same sockets.
Another thread reads. Both in one run; judge by the ratio.
"""

import asyncio
import os
import select
import socket
import threading
import time
from uuid import uuid4

import uvloop
from app.stage.pipe import Word
from app.websocket.line import TransportLine
from app.websocket.member import Member
from app.websocket.room import Room

MEMBERS = 200
SLICES = 150
PICTURE, SOUND = bytes(1_000), bytes(9_652)


def drain(lines: list[socket.socket], stop: threading.Event) -> None:
    """Read everything from every line until told to stop."""
    poll = select.epoll()
    for line in lines:
        poll.register(line.fileno(), select.EPOLLIN)
    while not stop.is_set():
        for descriptor, _ in poll.poll(0.1):
            os.read(descriptor, 1 << 18)


async def connected(line: socket.socket) -> asyncio.Transport:
    """Give a socket a transport of the loop's own."""
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_connection(asyncio.Protocol, sock=line)
    return transport


def member(number: int, transport: asyncio.Transport) -> Member:
    """Make somebody who hears sound."""
    line = TransportLine(transport)
    return Member(number, line, None, None, "viewer", "", wants_sound=True)


def word(tick: int) -> Word:
    """Make a slice as the stage sends it."""
    return Word({"word": "slice", "tick": tick, "ticks": 6, "late_s": 0.0}, (PICTURE, SOUND))


async def through_the_room(lines: list[socket.socket]) -> float:
    """Return seconds of this thread's processor for all slices, written by the room."""
    transports = [await connected(line) for line in lines]
    room = Room("room", uuid4(), 0)
    room.members = {n: member(n, one) for n, one in enumerate(transports)}
    spent_s = 0.0
    for tick in range(SLICES):
        began = time.thread_time()
        room.play(word(6 * tick))
        spent_s += time.thread_time() - began
        await asyncio.sleep(0.01)
    dropped = sum(one.line.dropped for one in room.members.values())
    assert dropped == 0, f"the reader was too slow: {dropped} slices were skipped"
    return spent_s


def bare(lines: list[socket.socket]) -> float:
    """Return seconds of this thread's processor for the same bytes by os.write."""
    descriptors = [line.fileno() for line in lines]
    frame = bytes(len(PICTURE) + len(SOUND) + 8)
    spent_s = 0.0
    for _ in range(SLICES):
        began = time.thread_time()
        for descriptor in descriptors:
            os.write(descriptor, frame)
        spent_s += time.thread_time() - began
        time.sleep(0.01)
    return spent_s


def main() -> None:
    """Print microseconds a member and the ratio."""
    pairs = [socket.socketpair() for _ in range(MEMBERS)]
    stop = threading.Event()
    reader = threading.Thread(target=drain, args=([theirs for _, theirs in pairs], stop))
    reader.start()
    ours = [mine for mine, _ in pairs]
    for line in ours:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
    bare_s = bare(ours)
    for line in ours:
        line.setblocking(False)
    room_s = uvloop.run(through_the_room(ours))
    stop.set()
    reader.join()
    count = MEMBERS * SLICES
    print(f"bare os.write    {1e6 * bare_s / count:6.2f} us a member and slice")
    print(f"Room.play        {1e6 * room_s / count:6.2f} us a member and slice")
    print(f"ratio            {room_s / bare_s:6.2f}")


if __name__ == "__main__":
    main()
