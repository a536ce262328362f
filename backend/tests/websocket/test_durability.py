"""What a server has acknowledged stays, however it ends; what many change at once, nobody loses.

The short forms run always; `make proof` kills fifty times and has each client write fifty times, on
both databases.
"""

import json
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from app.core.document import judge
from app.crud import events, past
from app.crud import universes as rows
from app.models import Universe
from app.services import universes
from app.services.documents import Documents
from app.services.work import SYSTEM
from app.utils import merge_patch

CLIENTS = 16
AT_ONCE = 8  # edits on their way when the writer is killed
WRITER = Path(__file__).with_name("writer.py")


@pytest.fixture
def runs(proof):
    """How often a server is killed, and how often each client writes."""
    return (50, 50) if proof else (4, 5)


def edit_until_killed(settings, universe, acks):
    """Have edits committed by a process of their own; kill it after some; give what it acknowledged."""
    command = [sys.executable, str(WRITER), settings.model_dump_json(), str(universe)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        lines = [writer.stdout.readline() for _ in range(acks)]
        writer.kill()
        # What it had said before it died was acknowledged, too; a word cut short was not.
        rest = writer.stdout.read().splitlines(keepends=True)
    lines += [line for line in rest if line[-1:] == "\n"]
    return {op_id: int(rev) for op_id, rev in (line.split() for line in lines)}


def log_of(works, universe):
    """Read every change of a universe in order."""
    rows = works.run(
        lambda work: past.list_patches(work.session, universe, after=0, rev=2**40), SYSTEM
    )
    return [(rev, json.loads(patch), sha256) for rev, patch, sha256 in rows]


@pytest.mark.proof
@pytest.mark.timeout(3600)
def test_no_acknowledged_edit_is_lost_when_its_process_is_killed(settings, works, runs):
    draw = random.Random(3)
    document = {"title": "Lasting", "bodies": {"b-0": {"x": 0}}}
    made = Universe(example="lasting", visibility="public")
    universe = works.run(lambda work: universes.plant(work, made, judge(document)), SYSTEM).id
    acknowledged, behind = {}, 0
    for _ in range(runs[0]):
        acknowledged |= edit_until_killed(settings, universe, draw.randrange(20, 150))
        object.__setattr__(works.tools, "documents", Documents())  # as a process that starts anew
        row = works.run(lambda work: rows.find(work.session, universe), SYSTEM)
        behind += row.changes > row.written_changes
        log, stands = log_of(works, universe), {}
        for _, patch, _ in log:
            stands = merge_patch.merged(stands, patch)

        found = {
            str(event.op_id): event.rev
            for event in works.run(
                lambda work: events.list_since(work.session, universe, rev=0, limit=10**6), SYSTEM
            )
        }
        assert acknowledged.items() <= found.items()
        assert [rev for rev, _, _ in log] == list(range(1, len(log) + 1))
        read = works.run(lambda work: universes.read(work, universe), SYSTEM)
        assert (read.document, read.sha256) == (judge(stands).text, log[-1][2])
        assert len(log) - 1 - len(acknowledged) <= 2 * AT_ONCE * runs[0]  # on their way: not more
    assert behind  # some died while the text was behind the log: that is what recovery is for


@pytest.mark.proof
@pytest.mark.timeout(1200)
def test_sixteen_clients_that_read_change_and_write_lose_nothing(start, database, runs):
    server = start(url=database).wait("/healthz")
    person, writes = server.register(), runs[1]
    universe = person.universe({"seed": 0})
    address = f"http://{server.host}/api/v1/universes/{universe}"
    headers = {"Authorization": f"Bearer {person.token}"}

    def increase(_):
        with httpx.Client(timeout=60, trust_env=False, headers=headers) as client:
            for _ in range(writes):
                while True:
                    read = client.get(address)
                    seed = read.json()["document"]["seed"] + 1
                    tag = {"If-Match": read.headers["ETag"], "X-Request-ID": uuid4().hex}
                    done = client.patch(address, json={"document": {"seed": seed}}, headers=tag)
                    if done.status_code == 200:
                        break
                    assert done.status_code in (412, 503), done.text

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(increase, range(CLIENTS)))

    stands = person("GET", f"universes/{universe}").json()
    assert stands["document"]["seed"] == CLIENTS * writes
    assert stands["rev"] == 1 + CLIENTS * writes
