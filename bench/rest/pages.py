"""Page 1 and page 1,000 of 100,000 universes: the time of the processor each takes, as a ratio.

The database is SQLite in a folder of its own; DATABASE_URL takes any other that is migrated and empty.
"""

import os
import random
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "backend"))

from app.crud import catalogue
from app.crud.catalogue import SORTS, Wanted
from app.models import Universe, UniverseWord, schema
from app.utils import clock
from sqlalchemy import create_engine, insert
from sqlalchemy.orm import Session

MANY = 100_000
LIMIT = 20
FAR = 1_000
ROUNDS, EACH = 7, 20
COMMON, RARE = "common", "w00123"


def main() -> None:
    """Fill a database, walk to the far page, and compare."""
    with tempfile.TemporaryDirectory() as folder:
        url = os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/pages.sqlite"
        if "DATABASE_URL" not in os.environ:
            schema.upgrade(url)
        engine = create_engine(url)
        with Session(engine) as session:
            fill(session)
            print(
                f"{engine.dialect.name}, {MANY} universes, {LIMIT} a page, load {os.getloadavg()[0]:.1f}"
            )
            for sort in SORTS:
                compare(session, Wanted("public", sort))
            compare(session, Wanted("public", "new", words=(COMMON,)))
            once(session, Wanted("public", "new", words=(RARE,)))
        engine.dispose()


def fill(session: Session) -> None:
    """Keep so many universes, each with a word all have and one few have."""
    draw, now = random.Random(1), clock.now()
    for start in range(0, MANY, 5_000):
        places = range(start, start + 5_000)
        rows = [row(place, draw, now) for place in places]
        words = [{"word": word, "universe_id": one["id"]} for place, one in zip(places, rows, strict=True)
                 for word in (COMMON, f"w{place % 5_000:05}")]  # fmt: skip
        session.execute(insert(Universe), rows)
        session.execute(insert(UniverseWord), words)
        session.commit()
    session.connection().exec_driver_sql("ANALYZE")
    session.commit()


def row(place: int, draw: random.Random, now: Any) -> dict[str, Any]:
    """Make one universe as its columns."""
    return {
        "id": UUID(int=uuid4().int & (2**64 - 1) | place << 64), "title": f"Universe {place}",
        "title_key": f"universe {draw.random():.12f}", "visibility": "public", "link_role": "viewer",
        "document": "{}", "sha256": "", "rev": 1, "document_rev": 1, "changes": 1,
        "written_changes": 1, "epoch": 1, "stars": int(draw.expovariate(0.1)),
        "created_at": now, "updated_at": now + timedelta(seconds=draw.random() * 1e6),
    }  # fmt: skip


def compare(session: Session, wanted: Wanted) -> None:
    """Print what the first page and the far one take."""
    after = None
    for _ in range((FAR - 1) * LIMIT // 100):
        found = catalogue.page(session, wanted, caller=None, after=after, limit=100)
        after = catalogue.mark(found[-1].universe, wanted.sort)
    first, far = took_ms(session, wanted, None), took_ms(session, wanted, after)
    print(
        f"  {name(wanted):24} page 1 {first:6.2f} ms   page {FAR} {far:6.2f} ms   {far / first:.2f}x"
    )


def once(session: Session, wanted: Wanted) -> None:
    """Print what a page takes of which there is only one."""
    print(f"  {name(wanted):24} page 1 {took_ms(session, wanted, None):6.2f} ms")


def took_ms(session: Session, wanted: Wanted, after: list[Any] | None) -> float:
    """Measure a page, the least of several rounds, in milliseconds of the processor."""
    rounds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(EACH):
            session.expunge_all()
            catalogue.page(session, wanted, caller=None, after=after, limit=LIMIT + 1)
        rounds.append((time.process_time() - began) / EACH * 1000)
    return min(rounds)


def name(wanted: Wanted) -> str:
    """Say which list it is."""
    return f"{wanted.sort} {' '.join(wanted.words)}".strip()


if __name__ == "__main__":
    main()
