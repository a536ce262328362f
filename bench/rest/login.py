"""Whether an answer tells who has an account: bench/rest/login.py [pairs].

A real `mundi serve`. Every door that takes an address is asked by turns for one that has an account
and one that has none, each time from another place (a proxy in front says so), so that no throttle
speaks. Two addresses of a pair have the same length. Told are the medians, how far apart they are,
and whether the bytes differ, but for the request's number and the address itself. Beside them is how
far the server's processor time is apart, which a machine that has more to do disturbs less. Letters
leave a quarter of a second after they were asked for: asking pauses then, so that what is told is how
long answers take, not how long they wait for the post.
"""

import os
import re
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import httpx

PORT, ACCOUNTS, ASKED = 8976, 120, 0.10
ASKING_S, POST_S = 0.12, 0.4  # asked for so long, before the letters leave; so long they take
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


@dataclass
class Door:
    """A server, asked over one connection."""

    http: httpx.Client
    server: int

    def spent_s(self) -> float:
        """Return the processor seconds the server has used."""
        tasks = Path(f"/proc/{self.server}/task").glob("*/schedstat")
        return sum(map(used_ns, tasks)) / 1e9

    def ask(self, path: str, body: dict[str, str]) -> tuple[float, float, bytes]:
        """Ask once, from somewhere new; return how long it took, how much work, and what came."""
        number = next(places)
        place = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        spent_s, began_s = self.spent_s(), time.perf_counter()
        reply = self.http.post(path, json=body, headers={"X-Forwarded-For": place})
        took_s = time.perf_counter() - began_s
        spent_s = self.spent_s() - spent_s
        if reply.status_code in (429, 503):
            raise SystemExit(f"{path}: {reply.text}")
        known = ("x-request-id", "date")
        kept = {name: text for name, text in reply.headers.items() if name not in known}
        told = f"{reply.status_code} {kept} {reply.text}".replace(body["email"], "ADDRESS")
        return took_s, spent_s, re.sub(r'"request_id":"[^"]*"', "", told).encode()


def measured(door: Door, path: str, more: dict[str, str], pairs: int) -> bool:
    """Ask for known and unknown addresses by turns, print what was found, and judge it."""
    found: dict[str, list[tuple[float, float, bytes]]] = {"knows": [], "never": []}
    # Mirrored fours, each drawn: what the postman does for one falls upon whoever is asked next,
    # and that is as often one as the other; a burst of other work meets both.
    fours = (("knows", "never", "never", "knows"), ("never", "knows", "knows", "never"))
    turns = [kind for _ in range(pairs // 2) for kind in secrets.choice(fours)]
    began_s = time.monotonic()
    for place, kind in enumerate(turns):
        if not place % 4 and time.monotonic() - began_s > ASKING_S:
            time.sleep(POST_S)
            began_s = time.monotonic()
        email = f"{kind}{len(found[kind]) % ACCOUNTS:03}@example.org"
        found[kind].append(door.ask(path, {"email": email} | more))
    took, spent = (
        [statistics.median(one[place] for one in found[kind]) for kind in ("knows", "never")]
        for place in (0, 1)
    )
    told = {said for both in found.values() for *_, said in both}
    good = gap(took) <= ASKED and len(told) == 1
    print(
        f"{path:24} {1e3 * took[0]:6.2f} ms known {1e3 * took[1]:6.2f} ms unknown, "
        f"gap {100 * gap(took):4.1f} %, of processor {100 * gap(spent):4.1f} %, "
        f"{len(told)} different answers, {pairs} pairs: {'reached' if good else 'MISSED'}",
        flush=True,
    )
    return good


def used_ns(task: Path) -> int:
    """Return the processor time of a thread, which may just have ended."""
    try:
        return int(task.read_text().split()[0])
    except (FileNotFoundError, ProcessLookupError):
        return 0


def gap(both: list[float]) -> float:
    """Return how far two times are apart, as a share of the smaller one."""
    return (max(both) - min(both)) / min(both)


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
                "auth/password/forgotten": ({}, 4 * ACCOUNTS),
                "auth/register": ({"password": "another horse battery"}, ACCOUNTS),
            }),
        ):  # fmt: skip
            server = served(folder, mail)
            try:
                good += judged(doors, mail, server.pid)
            finally:
                server.terminate()
                server.wait(30)
    print(
        f"asked: at most {100 * ASKED:.0f} % and one answer: "
        f"{'reached' if all(good) else 'MISSED'}, load {os.getloadavg()[0]:.1f}"
    )


def judged(doors: dict[str, tuple[dict[str, str], int]], mail: str, server: int) -> list[bool]:
    """Measure a server's doors."""
    base = f"http://127.0.0.1:{PORT}/api/v1"
    with httpx.Client(base_url=base, trust_env=False, timeout=60) as http:
        if mail == "console:":
            plant(http)
        print(f"letters by {mail.partition(':')[0]}")
        return [measured(Door(http, server), path, *facts) for path, facts in doors.items()]


def plant(http: httpx.Client) -> None:
    """Make the accounts that are known."""
    for number in range(ACCOUNTS):
        account = {"email": f"knows{number:03}@example.org", "password": PASSWORD}
        http.post("auth/register", json=account).raise_for_status()


if __name__ == "__main__":
    main()
