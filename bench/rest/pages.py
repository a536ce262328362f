"""Page 1 and page 1,000 of 100,000 universes: the time of the processor each takes, as a ratio.

Every list in every order, searched and not, on SQLite and, where the machine has one, on a Postgres of
its own. A list with fewer pages is read at its last full one. Processor time of this process and of
Postgres's that answers it, the least of several rounds; a difference below NOISE_MS is none.
Nothing tells SQLite how much there is of what (ANALYZE), as nothing does where Mundi runs; Postgres
sees to that by itself. Words after the command pick the lists whose names hold any of them, and
`sqlite` or `postgresql` one of the databases: `pages.py sqlite "new common" comments`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.crud import catalogue, comments, events, past
from app.crud.catalogue import SORTS, Wanted
from app.models import UniverseEvent, schema
from app.models.engine import open_engine
from crowded import ADA, DEEP, MANY, ONE, fill
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

LIMIT, FAR = 20, 1_000
ROUNDS, EACH = 5, 6
ASKED, NOISE_MS = 2.0, 0.3
DATABASES = ("sqlite", "postgresql")
SCOPES = ("public", "templates", "own", "shared", "starred")
SEARCHES: tuple[dict[str, tuple[str, ...]], ...] = (
    {},
    {"words": ("common",)},
    {"words": ("com",), "tags": ("bells",)},
    {"words": ("often",)},
    {"words": ("seldom",)},
    {"words": ("w00120", "common")},
)
Page = Callable[[Any, int], Sequence[Any]]  # after which mark, how many


@dataclass
class List:
    """A list: how a page is read, and what the next goes on after."""

    name: str
    page: Page
    mark: Callable[[Any], Any]


def main() -> None:
    """Measure the databases asked for, and say whether all is as asked."""
    bad: list[str] = []
    if "sqlite" in bases():
        with tempfile.TemporaryDirectory() as folder:
            bad += measured(f"sqlite:///{folder}/pages.sqlite")
    if "postgresql" in bases():
        with cluster() as url:
            if url is None:
                print("no Postgres on this machine: not measured there")
            else:
                bad += measured(url)
    said = f"MISSED by {', '.join(bad)}" if bad else "reached"
    print(f"page {FAR} asked at most {ASKED} x page 1: {said}")


def bases() -> list[str]:
    """Return the databases asked for: all where none was named."""
    return [one for one in DATABASES if one in sys.argv[1:]] or list(DATABASES)


def measured(url: str) -> list[str]:
    """Fill a database, compare the pages of every list, and return the names of what is too slow."""
    schema.upgrade(url)
    engine = open_engine(url)
    with Session(engine) as session:
        fill(session)
        kind = engine.dialect.name
        if kind == "postgresql":
            session.connection().exec_driver_sql("ANALYZE")
            session.commit()
        print(f"{kind}, {MANY} universes, {LIMIT} a page, load {os.getloadavg()[0]:.1f}")
        spent = clock_of(session)
        bad = [
            f"{kind} {one.name}"
            for one in lists(session)
            if picked(one) and not compare(session, one, spent)
        ]
    engine.dispose()
    print(f"{kind}: {'MISSED' if bad else 'reached'}, load {os.getloadavg()[0]:.1f}")
    return bad


def picked(one: List) -> bool:
    """Say whether a list is one of those asked for: all are where none was named."""
    asked = [word for word in sys.argv[1:] if word not in DATABASES]
    return any(word in one.name for word in asked or [""])


def lists(session: Session) -> Iterator[List]:
    """Name every list that may be long."""
    for sort in SORTS:
        for scope in SCOPES:
            for search in SEARCHES:
                yield universes(session, Wanted(scope, sort, **search))
    for name, wanted in (
        ("", comments.Wanted()),
        (" of a body", comments.Wanted(target="body", target_id="b-7")),
        (" resolved", comments.Wanted(resolved=True)),
        (" open", comments.Wanted(resolved=False)),
    ):
        yield remarks(session, f"comments{name}", wanted)
    yield List(
        "events",
        lambda after, most: events.list_before(session, ONE, rev=after or 2**62, limit=most),
        lambda found: found[0].rev,
    )
    middle = session.scalar(select(func.min(UniverseEvent.created_at))) + timedelta(
        seconds=DEEP / 2
    )
    for name, sought in (
        ("", past.Sought()),
        (" by one", past.Sought(author=ADA)),
        (" undone", past.Sought(act="undo")),
        (" named", past.Sought(named=True)),
        (" since", past.Sought(since=middle)),
        (" until", past.Sought(until=middle)),
    ):
        yield changes(session, f"history{name}", sought)


def universes(session: Session, wanted: Wanted) -> List:
    """Return a list of the catalogue."""
    said = " ".join((wanted.scope, wanted.sort, *wanted.words, *(f"#{tag}" for tag in wanted.tags)))
    return List(
        said,
        lambda after, most: catalogue.page(session, wanted, caller=ADA, after=after, limit=most),
        lambda found: catalogue.mark(found.universe, wanted.sort),
    )


def remarks(session: Session, name: str, wanted: comments.Wanted) -> List:
    """Return a list of comments."""
    return List(
        name,
        lambda after, most: comments.page(session, ONE, wanted, after=after, limit=most),
        lambda found: found.id,
    )


def changes(session: Session, name: str, sought: past.Sought) -> List:
    """Return a list of the changes of a document."""
    return List(
        name,
        lambda after, most: past.list_changes(
            session, ONE, sought, before=after or 2**62, limit=most
        ),
        lambda found: found[0].rev,
    )


def compare(session: Session, one: List, spent: Callable[[], float]) -> bool:
    """Print what the first page and the far one take, and judge it."""
    number, after = far_of(session, one)
    first = took_ms(session, one, None, spent)
    if number == 1:
        print(f"  {one.name:30} page 1 {first:7.2f} ms, all there is", flush=True)
        return True
    far = took_ms(session, one, after, spent)
    good = far <= ASKED * first or far - first <= NOISE_MS
    print(
        f"  {one.name:30} page 1 {first:7.2f} ms   page {number:4} {far:7.2f} ms   "
        f"{far / first:.2f} x{'' if good else '  MISSED'}",
        flush=True,
    )
    return good


def far_of(session: Session, one: List) -> tuple[int, Any]:
    """Find where page 1,000 begins, or the last full one: its number, and what it goes on after."""
    marks: list[Any] = []
    while len(marks) < FAR * LIMIT:
        found = one.page(marks[-1] if marks else None, 1_000)
        marks += map(one.mark, found)
        session.expunge_all()
        if len(found) < 1_000:
            break
    number = max(min(FAR, len(marks) // LIMIT), 1)
    return number, marks[(number - 1) * LIMIT - 1] if number > 1 else None


def took_ms(session: Session, one: List, after: Any, spent: Callable[[], float]) -> float:
    """Measure a page, the least of several rounds, in milliseconds of the processor."""
    rounds = []
    for _ in range(ROUNDS):
        began = spent()
        for _ in range(EACH):
            session.expunge_all()
            one.page(after, LIMIT + 1)
        rounds.append((spent() - began) / EACH * 1000)
    return min(rounds)


def clock_of(session: Session) -> Callable[[], float]:
    """Return what tells the processor seconds spent on this session, the database's own too."""
    if session.get_bind().dialect.name == "sqlite":
        return time.process_time
    pid = session.connection().exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    # Lists are read by this one process: more workers would not be counted.
    session.execute(text("SET max_parallel_workers_per_gather = 0"))
    told = Path(f"/proc/{pid}/schedstat")
    return lambda: time.process_time() + int(told.read_text().split()[0]) / 1e9


@contextmanager
def cluster() -> Iterator[str | None]:
    """Start a Postgres of our own, reached by a socket; None where it is not installed."""
    known = [
        *Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        *map(Path, filter(None, [shutil.which("initdb")])),
    ]
    if not known:
        yield None
        return
    programs = known[0].resolve().parent
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        user = "postgres" if os.geteuid() == 0 else None  # it refuses to run as root
        if user:
            shutil.chown(folder, user)
        said: dict[str, Any] = {
            "user": user,
            "cwd": folder,
            "stdout": subprocess.DEVNULL,
            "check": True,
        }
        make = f"{programs}/initdb -D {folder}/data -U mundi -A trust --no-sync -E UTF8 --locale=C"
        subprocess.run(make.split(), **said)
        control = [programs / "pg_ctl", "-D", f"{folder}/data", "-w", "-l", f"{folder}/log"]
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        subprocess.run([*control, "-o", options, "start"], **said)
        try:
            yield f"postgresql+psycopg://mundi@/postgres?host={folder}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **said)


if __name__ == "__main__":
    sys.exit(main())
