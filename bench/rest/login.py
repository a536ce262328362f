"""Whether an answer tells who has an account: bench/rest/login.py [pairs].

A real `mundi serve`. Every door that takes an address is asked by turns for one that has an account
and one that has none, each time from another place (a proxy in front says so), so that no throttle
speaks. Two addresses of a pair have the same length. Told are the medians, how far apart they are,
and whether the bytes differ, but for the request's number and the address itself.
"""

import os
import re
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import count
from pathlib import Path

import httpx

PORT, ACCOUNTS, ASKED, ASKED_S = 8976, 60, 0.10, 0.005
PATIENCE_S = 300  # kernels never compiled before are compiled first, and would be measured too
PASSWORD = "correct horse battery"
MUNDI = Path(sys.executable).with_name("mundi")
places = count(1)


def served(folder: str, mail: str) -> subprocess.Popen[bytes]:
    """Start a server that sends letters as told, and wait until it answers."""
    said = {
        "MUNDI_DATA": f"{folder}/data",
        "MUNDI_PORT": str(PORT),
        "MUNDI_MAIL": mail,
        "MUNDI_PROXIES": "1",
        "MUNDI_WORKERS": "0",
        "MUNDI_LOG_LEVEL": "error",
    }
    quiet = subprocess.DEVNULL
    server = subprocess.Popen([MUNDI, "serve"], env=os.environ | said, stdout=quiet, stderr=quiet)
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and server.poll() is None:
        try:
            if httpx.get(f"http://127.0.0.1:{PORT}/readyz", trust_env=False).status_code == 200:
                return server
        except httpx.TransportError:
            time.sleep(0.1)
    server.kill()
    raise SystemExit("the server did not get ready")


def asked(http: httpx.Client, path: str, body: dict[str, str]) -> tuple[float, bytes]:
    """Ask once, from somewhere new; return how long it took and what came, but for its number."""
    number = next(places)
    place = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    began_s = time.perf_counter()
    reply = http.post(path, json=body, headers={"X-Forwarded-For": place})
    took_s = time.perf_counter() - began_s
    if reply.status_code in (429, 503):
        raise SystemExit(f"{path}: {reply.text}")
    kept = {
        name: text for name, text in reply.headers.items() if name not in ("x-request-id", "date")
    }
    told = f"{reply.status_code} {kept} {reply.text}".replace(body["email"], "ADDRESS")
    return took_s, re.sub(r'"request_id":"[^"]*"', "", told).encode()


def measured(http: httpx.Client, path: str, more: dict[str, str], pairs: int) -> bool:
    """Ask for known and unknown addresses by turns, print what was found, and judge it."""
    found: dict[str, list[tuple[float, bytes]]] = {"knows": [], "never": []}
    for turn in range(pairs):
        # Who is asked first is drawn: an order of its own would fall into step with the postman.
        for kind in ("knows", "never") if secrets.randbelow(2) else ("never", "knows"):
            email = f"{kind}{turn % ACCOUNTS:03}@example.org"
            found[kind].append(asked(http, path, {"email": email} | more))
    known, never = (statistics.median(took for took, _ in found[kind]) for kind in found)
    gap, told = (
        abs(known - never) / min(known, never),
        {said for both in found.values() for _, said in both},
    )
    print(f"{path:24} {1e3 * known:8.2f} ms known {1e3 * never:8.2f} ms unknown  "
          f"gap {100 * gap:4.1f} %  {len(told)} different answers  ({pairs} pairs)")  # fmt: skip
    near = gap <= ASKED or (path != "auth/login" and abs(known - never) <= ASKED_S)
    return near and len(told) == 1


def main() -> None:
    """Measure every door that takes an address."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    print(f"load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        good = []
        for mail, doors in (
            ("console:", {"auth/login": ({"password": "not it at all"}, pairs)}),
            (f"file:{folder}/letters", {
                "auth/login": ({"password": "not it at all"}, pairs),
                "auth/password/forgotten": ({}, 2 * ACCOUNTS),
                "auth/register": ({"password": "another horse battery"}, ACCOUNTS),
            }),
        ):  # fmt: skip
            server = served(folder, mail)
            try:
                good += judged(doors, mail)
            finally:
                server.terminate()
                server.wait(30)
    print(
        f"asked: at most {100 * ASKED:.0f} % and one answer: {'reached' if all(good) else 'MISSED'}"
    )


def judged(doors: dict[str, tuple[dict[str, str], int]], mail: str) -> list[bool]:
    """Measure a server's doors."""
    base = f"http://127.0.0.1:{PORT}/api/v1"
    with httpx.Client(base_url=base, trust_env=False, timeout=60) as http:
        if mail == "console:":
            plant(http)
        print(f"letters by {mail.partition(':')[0]}")
        return [measured(http, path, *facts) for path, facts in doors.items()]


def plant(http: httpx.Client) -> None:
    """Make the accounts that are known."""
    for number in range(ACCOUNTS):
        account = {"email": f"knows{number:03}@example.org", "password": PASSWORD}
        http.post("auth/register", json=account).raise_for_status()


if __name__ == "__main__":
    main()
