"""Page 1 and page 1,000 of 100,000 universes: the time of the processor each takes, as a ratio.

Every list in every order, searched and not, on SQLite and, where the machine has one, on a Postgres of
its own. Processor time of this process and of Postgres's that answers it, the least of several rounds.
Words after the command pick the lists whose names hold any of them: `pages.py "new common" comments`.
"""

import os
import random
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
from uuid import UUID, uuid4

from app.core.document import judge
from app.crud import catalogue, comments, events, past
from app.crud.catalogue import SORTS, Wanted
from app.models import (
    Comment,
    Member,
    Star,
    Universe,
    UniverseEvent,
    UniverseWord,
    User,
    schema,
)
from app.models.engine import open_engine
from app.utils import clock
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

MANY = 100_000
LIMIT = 20
FAR = 1_000
DEEP = LIMIT * FAR + 100  # of what hangs on one universe, or on one person
ROUNDS, EACH = 5, 8
ASKED = 2.0
COMMON, RARE, TAG = "common", "w00123", "bells"
ADA = UUID(int=1)
Page = Callable[[Any, int], Sequence[Any]]  # after which mark, how many


@dataclass
class List:
    """A list: how a page is read, and what the next goes on after."""

    name: str
    page: Page
    mark: Callable[[Any], Any]


def main() -> None:
    """Measure both databases, and say whether all is as asked."""
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        worst = measured(f"sqlite:///{folder}/pages.sqlite")
    with cluster() as url:
        if url is None:
            print("no Postgres on this machine: measured on SQLite alone")
        else:
            worst = max(worst, measured(url))
    said = "reached" if worst <= ASKED else "MISSED"
    print(f"page {FAR} at most {worst:.2f} x page 1, asked {ASKED}: {said}")


def measured(url: str) -> float:
    """Fill a database, compare the pages of every list, and return the worst ratio."""
    schema.upgrade(url)
    engine = open_engine(url)
    with Session(engine) as session:
        fill(session)
        print(
            f"{engine.dialect.name}, {MANY} universes, {LIMIT} a page, load {os.getloadavg()[0]:.1f}"
        )
        spent = clock_of(session)
        worst = max(compare(session, one, spent) for one in lists(session) if picked(one))
        rare = universes(session, Wanted("public", "title", words=(RARE,)))
        print(
            f"  {rare.name:26} page 1 {took_ms(session, rare, None, spent):6.2f} ms, all there is"
        )
    engine.dispose()
    return worst


def picked(one: List) -> bool:
    """Say whether a list is one of those asked for: all are where none was named."""
    return any(word in one.name for word in sys.argv[1:] or [""])


def lists(session: Session) -> Iterator[List]:
    """Name every list that may be long."""
    for sort in SORTS:
        for scope in ("public", "templates", "shared", "starred"):
            yield universes(session, Wanted(scope, sort))
        yield universes(session, Wanted("public", sort, words=(COMMON,)))
        yield universes(session, Wanted("public", sort, words=(COMMON[:3],), tags=(TAG,)))
    one = UUID(int=1)
    yield List(
        "comments",
        lambda after, most: comments.page(session, one, comments.Wanted(), after=after, limit=most),
        lambda found: found.id,
    )
    yield List(
        "events",
        lambda after, most: events.list_before(session, one, rev=after or 2**62, limit=most),
        lambda found: found[0].rev,
    )
    yield List(
        "history",
        lambda after, most: past.list_changes(
            session, one, past.Sought(author=ADA), before=after or 2**62, limit=most
        ),
        lambda found: found[0].rev,
    )


def universes(session: Session, wanted: Wanted) -> List:
    """Return a list of the catalogue."""
    said = " ".join((wanted.scope, wanted.sort, *wanted.words, *(f"#{tag}" for tag in wanted.tags)))
    return List(
        said,
        lambda after, most: catalogue.page(session, wanted, caller=ADA, after=after, limit=most),
        lambda found: catalogue.mark(found.universe, wanted.sort),
    )


def compare(session: Session, one: List, spent: Callable[[], float]) -> float:
    """Print what the first page and the far one take, and return their ratio."""
    after = None
    for _ in range((FAR - 1) * LIMIT // 100):
        after = one.mark(one.page(after, 100)[-1])
        session.expunge_all()
    first, far = took_ms(session, one, None, spent), took_ms(session, one, after, spent)
    print(
        f"  {one.name:26} page 1 {first:6.2f} ms   page {FAR} {far:6.2f} ms   {far / first:.2f} x"
    )
    return far / first


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


def fill(session: Session) -> None:
    """Keep so many universes, each with a word all have and one few have, and what hangs on them."""
    draw, now = random.Random(1), clock.now()
    person = {"id": ADA, "email": "a@b", "email_canonical": "a@b", "display_name": "Ada",
              "token_version": 0, "created_at": now, "updated_at": now}  # fmt: skip
    session.execute(insert(User), [person])
    document = judge({"title": "x"}).text
    for start in range(0, MANY, 5_000):
        places = range(start, start + 5_000)
        rows = [row(place, draw, now, document) for place in places]
        words = [{"word": word, "universe_id": one["id"]} for place, one in zip(places, rows, strict=True)
                 for word in (COMMON, f"#{TAG}", f"w{place % 5_000:05}")]  # fmt: skip
        session.execute(insert(Universe), rows)
        session.execute(insert(UniverseWord), words)
        if start < DEEP:
            mine = [{"user_id": ADA, "universe_id": one["id"], "created_at": now} for one in rows]
            session.execute(insert(Star), mine)
            session.execute(insert(Member), [one | {"role": "viewer"} for one in mine])
        session.commit()
    hang(session, now)
    session.commit()
    session.connection().exec_driver_sql("ANALYZE")
    session.commit()


def hang(session: Session, now: Any) -> None:
    """Let one universe have much of everything."""
    one = UUID(int=1)
    said = [{"id": UUID(int=place + 1), "universe_id": one, "author_id": ADA, "target": "universe",
             "text": "hm", "replies": 0, "created_at": now, "updated_at": now}
            for place in range(DEEP)]  # fmt: skip
    done = [{"universe_id": one, "rev": place + 1, "kind": "document", "actor_kind": "user",
             "actor_id": ADA, "act": "edit", "patch": "{}", "inverse": "{}", "created_at": now}
            for place in range(DEEP)]  # fmt: skip
    session.execute(insert(Comment), said)
    session.execute(insert(UniverseEvent), done)


def row(place: int, draw: random.Random, now: Any, document: str) -> dict[str, Any]:
    """Make one universe as its columns."""
    return {
        "id": UUID(int=uuid4().int & (2**64 - 1) | place << 64) if place else UUID(int=1),
        "title": f"Universe {place}",
        "title_key": f"universe {draw.random():.12f}", "visibility": "public", "link_role": "viewer",
        "document": document, "sha256": "", "rev": 1, "document_rev": 1, "changes": 1,
        "written_changes": 1, "epoch": 1, "stars": int(draw.expovariate(0.1)),
        "template": place % 4 == 0, "created_at": now,
        "updated_at": now + timedelta(seconds=draw.random() * 1e6),
    }  # fmt: skip


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
