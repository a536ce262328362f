"""What reading one universe costs: bench/rest/read.py [rounds].

`mundi serve` and the same read in FastAPI (see peer.py) on one database with 1,000 universes of
4 KB, by turns, 16 keep-alive connections each. What is compared is processor time a request of the
serving process, user and system; the wall is told beside it.
"""

import hashlib
import hmac
import json
import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from uuid import uuid4

import httpx

ROUNDS, SECONDS, CONNECTIONS = 5, 3.0, 16
SECRET = "a secret that only this bench knows, " + uuid4().hex
HERE = Path(__file__).resolve().parent
ASKED = 1.1


def free_port() -> int:
    """Find a port nobody has."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port: int = line.getsockname()[1]
        return port


def started(command: list[str], port: int, **said: str) -> subprocess.Popen[bytes]:
    """Start a server and wait until it answers."""
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, env=os.environ | said, stdout=quiet, stderr=quiet)
    until = time.monotonic() + 120
    while time.monotonic() < until and server.poll() is None:
        try:
            known = httpx.get(f"http://127.0.0.1:{port}/readyz", trust_env=False).status_code
            if known in (200, 404):
                return server
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise SystemExit(f"{command[0]} did not get ready")


def universe() -> dict[str, object]:
    """Write a document of about 4 KB."""
    bodies = {f"b-{n:02}": {"position": [n / 7, n / 11, 0]} for n in range(90)}
    return {"title": "Four kilobytes", "bodies": bodies}


def planted(port: int) -> tuple[str, str]:
    """Make an account and universes; return its token and one of their names."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}/api/v1", trust_env=False) as http:
        account = {"email": f"{uuid4().hex}@example.org", "password": uuid4().hex}
        token = http.post("auth/register", json=account).json()["access_token"]
        http.headers["Authorization"] = f"Bearer {token}"
        made = [http.post("universes", json={"document": universe()}) for _ in range(100)]
        size = len(made[0].text)
        print(f"a reply has {size} bytes")
        return token, made[50].json()["id"]


def spent(server: subprocess.Popen[bytes]) -> float:
    """Return the processor seconds a process has used, user and system."""
    fields = Path(f"/proc/{server.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measured(
    server: subprocess.Popen[bytes], port: int, request: bytes, seconds: float = SECONDS
) -> dict[str, float]:
    """Let a crowd ask for a while; return microseconds of processor a request, and the wall."""
    before = spent(server)
    command = [sys.executable, str(HERE / "crowd.py"), str(port), str(seconds), str(CONNECTIONS)]
    told = json.loads(
        subprocess.run(command, input=request, stdout=subprocess.PIPE, check=True).stdout
    )
    told["us"] = 1e6 * (spent(server) - before) / told["answers"]
    told["rate"] = told["answers"] / seconds
    return told


def main() -> None:
    """Measure both by turns and print the ratio."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
    own, other = free_port(), free_port()
    bin_ = Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as folder:
        said = {"MUNDI_DATA": folder, "MUNDI_PORT": str(own), "MUNDI_SECRET": SECRET}
        ours = started([str(bin_ / "mundi"), "serve"], own, **said)
        key = hmac.digest(SECRET.encode(), b"access", hashlib.sha256).hex()
        peer = [str(bin_ / "uvicorn"), "--app-dir", str(HERE), "peer:app", "--no-access-log"]
        peer += ["--port", str(other), "--log-level", "error"]
        url = f"sqlite:///{folder}/mundi.sqlite"
        theirs = started(peer, other, PEER_KEY=key, PEER_URL=url)
        try:
            token, name = planted(own)
            request = (
                f"GET /api/v1/universes/{name} HTTP/1.1\r\nHost: localhost\r\n"
                f"Authorization: Bearer {token}\r\n\r\n"
            ).encode()
            for one, port in ((ours, own), (theirs, other)):
                measured(one, port, request, 1.0)
            turns = [
                (measured(ours, own, request), measured(theirs, other, request))
                for _ in range(rounds)
            ]
        finally:
            for one in (ours, theirs):
                one.terminate()
                one.wait(20)
    for who, told in (("mundi", [a for a, _ in turns]), ("FastAPI", [b for _, b in turns])):
        row = {k: statistics.median(one[k] for one in told) for k in ("us", "rate", "p50", "p99")}
        print(
            f"{who:8} {row['us']:6.0f} us of processor a request, {row['rate']:5.0f} requests/s, "
            f"p50 {row['p50']:.1f} ms, p99 {row['p99']:.1f} ms"
        )
    ratio = statistics.median(a["us"] / b["us"] for a, b in turns)
    verdict = "reached" if ratio <= ASKED else "MISSED"
    load = os.getloadavg()[0]
    print(f"mundi / FastAPI: {ratio:.2f}, asked at most {ASKED}: {verdict}, load {load:.1f}")


if __name__ == "__main__":
    main()
