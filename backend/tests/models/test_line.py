"""Laws of the straight line: what it reads and writes is what a session reads and writes."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import bindparam, insert, select, text

from app.errors import NotFound
from app.models import Base, User
from app.models.engine import open_engine
from app.models.line import Line, OwnLines, Prepared
from app.models.trouble import Collision, again_if_asked

USERS = Base.metadata.tables["users"]
NAMED = {"email": "a", "email_canonical": "a", "display_name": "a", "token_version": 0}
MAKE = Prepared(insert(USERS).values({one.name: bindparam(one.name) for one in USERS.c}))
FIND = Prepared(
    select(USERS.c.id, USERS.c.display_name, USERS.c.created_at, USERS.c.disabled_at).where(
        USERS.c.id == bindparam("id"), USERS.c.token_version == 0
    )
)


@pytest.fixture
def lines(database):
    """Lines of an engine of their own, and the engine."""
    engine = open_engine(database)
    made = OwnLines(engine)
    yield made, engine
    made.close()
    engine.dispose()


def row(**facts):
    moment = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
    times = {"created_at": moment, "updated_at": moment}
    plain = {
        c.name: c.default.arg for c in USERS.c if c.default is not None and c.default.is_scalar
    }
    return dict.fromkeys(USERS.c.keys()) | plain | NAMED | {"id": uuid4()} | times | facts


def known(engine):
    with engine.connect() as connection:
        return connection.execute(text("SELECT count(*) FROM users")).scalar()


@pytest.mark.databases
def test_what_a_line_writes_line_and_session_read_alike(lines):
    said = row()
    with lines[0].lend() as line:
        line.do(MAKE, said)
        found = line.one(FIND, {"id": said["id"]})
        with line.session() as session:
            user = session.get(User, said["id"])
            assert found == (user.id, user.display_name, user.created_at, user.disabled_at)
        with lines[1].connect() as other:
            assert Line(other).one(FIND, {"id": said["id"]}) is None
        line.commit()

    assert found == (said["id"], "a", said["created_at"], None)


@pytest.mark.databases
def test_an_act_that_is_refused_leaves_nothing_and_the_line_is_kept(lines):
    met = []

    def refused():
        with lines[0].lend() as line:
            met.append(line)
            line.do(MAKE, row())
            raise NotFound("gone")

    for _ in range(2):
        with pytest.raises(NotFound):
            refused()

    assert known(lines[1]) == 0
    assert met[0] is met[1]


@pytest.mark.databases
def test_what_was_done_since_a_mark_is_undone_by_itself(lines):
    with lines[0].lend() as line:
        line.do(MAKE, row())
        line.mark()
        line.do(MAKE, row(email="b", email_canonical="b"))
        line.unmark(undone=True)
        line.commit()

    assert known(lines[1]) == 1


@pytest.mark.databases
def test_a_line_on_which_the_database_failed_is_not_kept(lines):
    with pytest.raises(Collision), lines[0].lend() as first:
        [first.do(MAKE, row(email_canonical="same")) for _ in range(2)]
    with lines[0].lend() as other:
        other.do(MAKE, row())
        other.commit()

    assert other is not first
    assert known(lines[1]) == 1


@pytest.mark.databases
def test_a_session_on_a_line_commits_and_rolls_back_with_it(lines):
    for done in (True, False):
        with lines[0].lend() as line:
            with line.session() as session:
                session.add(User(**NAMED | {"email": str(done), "email_canonical": str(done)}))
                session.flush()
            line.commit() if done else line.rollback()

    assert known(lines[1]) == 1


@pytest.mark.databases
def test_a_line_that_was_lost_while_it_lay_idle_is_replaced_and_nobody_hears_of_it(lines):
    def write(name):
        with lines[0].lend() as line:
            line.do(MAKE, row(email=name, email_canonical=name))
            line.commit()

    write("a")
    if lines[1].dialect.name == "postgresql":
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        with lines[1].connect() as other:
            other.execute(text(f"{end} AND datname = current_database()"))
    again_if_asked(lambda: write("b"))

    assert known(lines[1]) == 2
