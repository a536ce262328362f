"""A crowd on keep-alive connections: crowd.py PORT SECONDS CONNECTIONS, the request on standard input.

Prints how many answers came and their latencies' median and 99th percentile in milliseconds. It
reads no more of an answer than its length, so that it costs less than any server.
"""

import json
import select
import socket
import sys
import time


def main() -> None:
    """Ask until the time is over."""
    port, seconds, count = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    request = sys.stdin.buffer.read()
    poll, lines, since = select.epoll(), {}, {}
    for _ in range(count):
        line = socket.create_connection(("127.0.0.1", port))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        lines[line.fileno()] = (line, bytearray())
        poll.register(line, select.EPOLLIN)
        since[line.fileno()] = time.perf_counter()
        line.sendall(request)
    took: list[float] = []
    until = time.perf_counter() + seconds
    while (now := time.perf_counter()) < until:
        for number, _ in poll.poll(0.1):
            line, got = lines[number]
            got += line.recv(65536)
            if whole(got):
                assert got.startswith(b"HTTP/1.1 200"), bytes(got[-300:])
                got.clear()
                took.append(now - since[number])
                since[number] = time.perf_counter()
                line.sendall(request)
    took.sort()
    last = took[int(len(took) * 0.99)]
    print(json.dumps({"answers": len(took), "p50": took[len(took) // 2] * 1e3, "p99": last * 1e3}))


def whole(got: bytearray) -> bool:
    """Tell whether an answer has come to its end."""
    head = got.find(b"\r\n\r\n")
    if head < 0:
        return False
    at = got[:head].lower().find(b"content-length:")
    end = got.find(b"\r", at) if at >= 0 else -1
    return at >= 0 and len(got) >= head + 4 + int(got[at + 15 : end])


if __name__ == "__main__":
    main()
