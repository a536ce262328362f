"""Lists read an index in the order they are shown in, on both databases: nothing is sorted.

SQLite is asked as it runs, which is without figures about its tables, and once more with them.
"""

import re
from datetime import timedelta
from itertools import product
from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.orm import Session

from app.crud import catalogue, comments
from app.crud.catalogue import Wanted
from app.models import Base
from app.utils import clock

MANY = 3_000
INDEXES = {
    # Where most are public, the key itself has them in this order, too.
    "new": ("ix_universes_id", "pk_universes"),
    "recent": ("ix_universes_updated_at_id",),
    "title": ("ix_universes_title_key_id",),
    "stars": ("ix_universes_stars_id",),
}


@pytest.fixture
def crowded(database):
    """A session on a database in which there is enough for an index to pay."""
    engine = create_engine(database)
    tables = Base.metadata.tables
    owner, now = uuid4(), clock.now()
    people = [
        {"id": uuid4() if n else owner, "email": f"{n}", "email_canonical": f"{n}",
         "display_name": "a", "token_version": 0, "created_at": now, "updated_at": now}
        for n in range(20)
    ]  # fmt: skip
    rows = [_universe(place, owner, now) for place in range(MANY)]
    words = [
        {"word": word, "universe_id": row["id"]}
        for row in rows
        for word in _words(row["id"].int - 1)
    ]
    with engine.begin() as connection:
        connection.execute(tables["users"].insert(), people)
        connection.execute(tables["universes"].insert(), rows)
        connection.execute(tables["universe_words"].insert(), words)
        likes = [{"user_id": people[n % 20]["id"], "universe_id": row["id"], "created_at": now}
                 for n, row in enumerate(rows)]  # fmt: skip
        connection.execute(tables["stars"].insert(), likes)
        seats = [one | {"role": "viewer"} for one in likes]
        connection.execute(tables["members"].insert(), seats)
        connection.execute(
            tables["comments"].insert(),
            [_comment(place, rows[place % 600]["id"], now) for place in range(MANY)],
        )
    with Session(engine) as session:
        if engine.dialect.name == "postgresql":  # which sees to it by itself
            tell(session)
        yield session, owner
    engine.dispose()


def tell(session):
    """Let the database count what it has of what."""
    session.execute(text("ANALYZE"))
    session.commit()


def _universe(place, owner, now):
    return {
        "id": UUID(int=place + 1), "owner_id": owner if place < 50 else None, "title": f"{place}",
        "title_key": f"{place:06}", "visibility": "public" if place % 2 else "private",
        "link_role": "viewer", "document": "{}", "sha256": "", "rev": 1, "document_rev": 1,
        "changes": 1, "written_changes": 1, "epoch": 1, "about": "", "tags": "",
        "licence": "CC0-1.0", "template": place % 100 == 1, "stars": place % 700,
        "created_at": now, "updated_at": now + timedelta(seconds=place),
    }  # fmt: skip


def _words(place):
    return f"w{place % 500:03}", "common", "#common", f"#t{place % 500:03}"


def _comment(place, universe_id, now):
    return {
        "id": UUID(int=place + 1), "universe_id": universe_id, "target": "universe", "text": "x",
        "replies": 0, "created_at": now, "updated_at": now,
    }  # fmt: skip


def plan_of(session, act, words=None):
    """Run an act and return how the database went about its last statement."""
    seen = []
    engine = session.get_bind()

    def keep(_connection, _cursor, statement, parameters, _context, _many):
        seen.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", keep)
    act()
    event.remove(engine, "before_cursor_execute", keep)
    statement, parameters = seen[-1]
    words = words or ("EXPLAIN QUERY PLAN " if engine.dialect.name == "sqlite" else "EXPLAIN ")
    rows = session.connection().exec_driver_sql(words + statement, parameters).all()
    return "\n".join(str(row[-1]) for row in rows)


def read_in_vain(session, act):
    """Run an act and return how many rows Postgres read in it and threw away."""
    words = "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) "
    return sum(map(int, re.findall(r"Removed by Filter: (\d+)", plan_of(session, act, words))))


def sorts(plan):
    return "Sort Key" in plan or "USE TEMP B-TREE FOR ORDER BY" in plan


@pytest.mark.databases
def test_public_lists_read_their_index_from_the_place_they_stopped_at(crowded):
    session, _ = crowded
    for act in (None, tell):
        if act:
            act(session)
        for sort, indexes in INDEXES.items():
            for words in ((), ("common",), ("com", "w")):
                for plan in plans_of(session, Wanted("public", sort, words)):
                    assert any(index in plan for index in indexes), plan
                    assert not sorts(plan), plan


@pytest.mark.databases
def test_templates_are_read_without_the_many_that_are_none(crowded):
    session, _ = crowded
    orders = {"recent": "updated_at", "title": "title_key", "stars": "stars"}
    names = {sort: f"ix_universes_visibility_{column}_id" for sort, column in orders.items()}
    names["new"] = "ix_universes_template_id"
    untold = session.get_bind().dialect.name == "sqlite"
    for sort, name in names.items() if untold else ():
        for plan in plans_of(session, Wanted("templates", sort)):
            assert name in plan, plan
            assert not sorts(plan), plan
    tell(session)
    for sort in names:  # so few, as is known now, may as well be sorted
        for plan in plans_of(session, Wanted("templates", sort)):
            assert any(name in plan for name in names.values()), plan


def plans_of(session, wanted):
    """Return how a list's first page is read, and the one after five."""
    after = None
    for _ in range(2):
        yield plan_of(
            session,
            lambda: catalogue.page(session, wanted, caller=None, after=after, limit=20),  # noqa: B023 -- called at once
        )
        last = catalogue.page(session, wanted, caller=None, after=None, limit=100)[-1]
        after = catalogue.mark(last.universe, wanted.sort)


KEYS = {
    "new": lambda place: -place,
    "recent": lambda place: -place,
    "title": lambda place: place,
    "stars": lambda place: (-(place % 700), -place),
}


SEARCHES = [
    (("common",), ()),
    (("w00",), ()),  # ten words, of sixty: looked up
    (("w",), ()),  # of all: walked
    (("w0", "com"), ("t007",)),
    (("w007", "w0"), ("common",)),
    (("w007", "never"), ()),
    (("common",), ("t7",)),
]


@pytest.mark.databases
def test_a_search_finds_what_has_the_words_be_they_rare_or_common(crowded):
    session, owner = crowded
    for sort, (words, tags), scope in product(KEYS, SEARCHES, ("public", "own")):
        places = [
            place
            for place in sorted(range(MANY), key=KEYS[sort])
            if (place % 2 if scope == "public" else place < 50)
            and all(any(mine.startswith(word) for mine in _words(place)) for word in words)
            and all(f"#{tag}" in _words(place) for tag in tags)
        ]
        seen, after, wanted = [], None, Wanted(scope, sort, words, tags)
        while page := catalogue.page(session, wanted, caller=owner, after=after, limit=400):
            seen += [one.universe.id.int - 1 for one in page]
            after = catalogue.mark(page[-1].universe, sort)
        assert seen == places


@pytest.mark.databases
def test_every_other_list_starts_from_what_is_the_least(crowded):
    session, owner = crowded
    for wanted, *indexes in (
        (Wanted("own"), "ix_universes_owner_id_id"),
        (Wanted("shared"), "ix_members_user_id_universe_id"),
        (Wanted("starred"), "pk_stars", "sqlite_autoindex_stars"),
        *((Wanted("public", sort, words=("w007",)), "universe_words") for sort in INDEXES),
        *((Wanted("public", sort, tags=("t007",)), "universe_words") for sort in INDEXES),
    ):
        plan = plan_of(
            session,
            lambda wanted=wanted: catalogue.page(
                session, wanted, caller=owner, after=None, limit=20
            ),
        )

        assert any(index in plan for index in indexes), plan
        # Nobody's list goes through all the universes there are.
        assert "SCAN universes" not in plan, plan
        assert "Seq Scan on universes" not in plan, plan


@pytest.mark.databases
@pytest.mark.parametrize("more", [{}, {"tags": ("common",)}])
def test_a_search_goes_on_at_its_place_among_the_words_too(crowded, more):
    session, _ = crowded
    wanted = Wanted("public", words=("common",), **more)

    def read(after):
        return catalogue.page(session, wanted, caller=None, after=after, limit=20)

    far = [UUID(int=MANY // 4)]

    assert [one.universe.id.int for one in read(far)] == [*range(MANY // 4 - 2, 0, -2)][:20]
    if session.get_bind().dialect.name == "postgresql":  # SQLite reads as many on each page
        first = read_in_vain(session, lambda: read(None))
        assert read_in_vain(session, lambda: read(far)) <= 2 * first


@pytest.mark.databases
def test_comments_are_read_by_their_index(crowded):
    session, _ = crowded
    plan = plan_of(
        session,
        lambda: comments.page(
            session, UUID(int=3), comments.Wanted(), after=UUID(int=900), limit=20
        ),
    )

    assert "ix_comments_universe_id_parent_id_id" in plan
