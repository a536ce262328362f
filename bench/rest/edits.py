"""What an edit of a room costs, by size of the universe: bench/rest/edits.py [--profile].

The way of an edit from the socket down: the writer's thread, the sign-in and the role read from the
database, the document judged, the event written, the commit, the news told. Processor time of the
whole process over many edits, the least of several rounds, alone and with edits of sixteen rooms at once.
Peer: committing one row of the same size to the same database, which no edit can be cheaper than.
"""

import asyncio
import cProfile
import os
import pstats
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from app import factory
from app.config import Settings
from app.services import accounts, live_edits, universes
from app.services.signins import Device
from app.services.tokens import Claims
from app.services.work import Works
from app.websocket.desk import Desk
from sqlalchemy import create_engine, text

ASKED_MS = {50: 1.0, 1000: 2.0}
ROOMS = 16
EDITS = 96
ROUNDS = 7
SECRET = "a secret of a bench, longer than thirty-two letters"


def document(count: int) -> dict[str, Any]:
    """Make a universe of bodies that sing when they fall."""
    hit = {"when": {"event": "collision", "with": "floor"}, "note": {"voice": "pluck", "degree": 0}}
    return {
        "title": f"{count} bodies",
        "physics": {"floor": -1},
        "bodies": {f"b-{number:04d}": body(number) for number in range(count)},
        "rules": {"hits": hit},
    }


def body(number: int) -> dict[str, Any]:
    """Make one body of a crowd."""
    place = [number % 37 / 4, number // 37 / 4, 0.5]
    return {"position": place, "velocity": [0.1, 0, 0], "mass": 1 + number / 100, "radius": 0.05}


def sign_in(works: Works) -> Claims:
    """Make somebody who edits."""
    made = works.run(
        lambda work: accounts.register(
            work,
            email="ada@example.org",
            password="correct horse battery",
            display_name=None,
            device=Device(),
        )
    )
    claims = works.tools.tokens.read(made.access_token)
    assert claims is not None
    return claims


def make(works: Works, who: Claims, count: int) -> UUID:
    """Make a universe to edit."""
    return works.run(lambda work: universes.create(work, document=document(count)), who).id


async def edit_all(desk: Desk, who: Claims, ids: list[UUID], count: int, *, edits: int) -> None:
    """Drag a body of every room, step by step; the rooms at once, each waiting for its own."""

    async def drag(universe: UUID) -> None:
        for step in range(edits // len(ids)):
            patch = {
                "bodies": {f"b-{step % count:04d}": {"position": [time.perf_counter() % 9, 1, 2]}}
            }
            await desk.edit(universe, who, patch, op_id=uuid4(), gesture="drag")

    await asyncio.gather(*(drag(one) for one in ids))


def least_ms(act: Callable[[], None], per: int) -> float:
    """Give the least processor time of several rounds, for one of many, in milliseconds."""
    found = []
    for _ in range(ROUNDS):
        began = time.process_time()
        act()
        found.append(time.process_time() - began)
    return 1000 * min(found) / per


def row_ms(url: str) -> float:
    """Measure what it costs to commit one row and nothing else."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE peer (id INTEGER, said TEXT)"))

    def commit() -> None:
        for number in range(EDITS):
            with engine.begin() as connection:
                row = {"id": number, "said": "x" * 300}
                connection.execute(text("INSERT INTO peer VALUES (:id, :said)"), row)

    return least_ms(commit, EDITS)


def measure(folder: Path, *, profile: bool) -> None:
    """Measure every size and print what was asked and reached."""
    settings = Settings(data=folder, secret=SECRET)
    factory.migrate(settings)
    works = factory.make_services(settings).works
    who = sign_in(works)
    print(f"load {os.getloadavg()[0]:.1f}; one committed row {row_ms(settings.url):.2f} ms")
    for count, asked in ASKED_MS.items():
        ids = [make(works, who, count) for _ in range(ROOMS)]
        for rooms in (1, ROOMS):
            reached = asyncio.run(one_size(works, who, ids[:rooms], count, profile=profile))
            print(f"{count} bodies, {rooms} rooms: asked <= {asked} ms, reached {reached:.2f} ms")


async def one_size(
    works: Works, who: Claims, ids: list[UUID], count: int, *, profile: bool
) -> float:
    """Measure one size of universe."""
    desk, found = Desk(works), []
    await edit_all(desk, who, ids, count, edits=EDITS)
    for _ in range(ROUNDS):
        began = time.process_time()
        await edit_all(desk, who, ids, count, edits=EDITS)
        found.append(1000 * (time.process_time() - began) / EDITS)
    if profile and len(ids) == 1:
        show(works, who, ids[0])
    desk.close()
    return min(found)


def show(works: Works, who: Claims, universe: UUID) -> None:
    """Print where the time of an edit goes."""
    profiler = cProfile.Profile(time.thread_time)
    profiler.enable()
    for step in range(EDITS):
        patch = {"bodies": {"b-0001": {"position": [step / 7, 1, 2]}}}
        works.run(
            lambda work, said=patch: live_edits.edit(
                work, universe, said, op_id=uuid4(), gesture=None
            ),
            who,
        )
    profiler.disable()
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(45)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        measure(Path(made), profile="--profile" in sys.argv)
