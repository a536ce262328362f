"""A database with 100,000 universes, and a lot that hangs on one of them and on one person."""

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from app.core.document import judge
from app.models import Comment, Member, Star, Universe, UniverseEvent, UniverseWord, User
from app.utils import clock
from sqlalchemy import insert
from sqlalchemy.orm import Session

MANY = 100_000
DEEP = 20_100  # of what hangs on one universe, or on one person
OWN = 500  # nobody may have more
ADA, ONE = UUID(int=1), UUID(int=1)


def words_of(place: int) -> Iterator[str]:
    """Give the words of a universe: on all, on a fortieth, on fewer than a hundredth, on twenty of them."""
    yield from ("common", "#bells", f"w{place % 5_000:05}")
    if not place % 40:
        yield "often"
    if not place % 120:
        yield "seldom"


def fill(session: Session) -> None:
    """Keep so many universes, and what hangs on them."""
    draw, now = random.Random(1), clock.now()
    person = {"id": ADA, "email": "a@b", "email_canonical": "a@b", "display_name": "Ada",
              "token_version": 0, "created_at": now, "updated_at": now}  # fmt: skip
    session.execute(insert(User), [person])
    document = judge({"title": "x"}).text
    for start in range(0, MANY, 5_000):
        places = range(start, start + 5_000)
        rows = [row(place, draw, now, document) for place in places]
        words = [{"word": word, "universe_id": one["id"]}
                 for place, one in zip(places, rows, strict=True) for word in words_of(place)]  # fmt: skip
        session.execute(insert(Universe), rows)
        session.execute(insert(UniverseWord), words)
        mine = [{"user_id": ADA, "universe_id": one["id"], "created_at": now}
                for one in rows[: max(DEEP - start, 0)]]  # fmt: skip
        if mine:
            session.execute(insert(Star), mine)
            session.execute(insert(Member), [one | {"role": "viewer"} for one in mine])
        session.commit()
    hang(session, now)
    session.commit()


def hang(session: Session, now: Any) -> None:
    """Let one universe have much of everything."""
    said = [{"id": UUID(int=place + 1), "universe_id": ONE, "author_id": ADA,
             "target": "body" if place % 10 else "universe", "target_id": f"b-{place % 10}",
             "resolved_at": None if place % 20 else now,
             "text": "hm", "replies": 0, "created_at": now, "updated_at": now}
            for place in range(DEEP)]  # fmt: skip
    done = [{"universe_id": ONE, "rev": place + 1, "kind": "document", "actor_kind": "user",
             "actor_id": ADA, "act": "edit" if place % 30 else "undo", "patch": "{}", "inverse": "{}",
             "name": None if place % 50 else f"take {place}",
             "created_at": now + timedelta(seconds=place)}
            for place in range(DEEP)]  # fmt: skip
    session.execute(insert(Comment), said)
    session.execute(insert(UniverseEvent), done)


def row(place: int, draw: random.Random, now: Any, document: str) -> dict[str, Any]:
    """Make one universe as its columns."""
    return {
        "id": UUID(int=uuid4().int & (2**64 - 1) | place << 64) if place else ONE,
        "owner_id": ADA if place < OWN else None,
        "title": f"Universe {place}",
        "title_key": f"universe {draw.random():.12f}", "visibility": "public", "link_role": "viewer",
        "document": document, "sha256": "", "rev": 1, "document_rev": 1, "changes": 1,
        "written_changes": 1, "epoch": 1, "stars": int(draw.expovariate(0.1)),
        "template": place % 4 == 0, "created_at": now,
        "updated_at": now + timedelta(seconds=draw.random() * 1e6),
    }  # fmt: skip
