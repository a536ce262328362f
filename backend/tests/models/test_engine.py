import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from app.models import engine as engines
from app.models.engine import WRITES, open_engine


@pytest.fixture
def engine(tmp_path):
    made = open_engine(f"sqlite:///{tmp_path}/a.sqlite")
    with made.begin() as connection:
        connection.execute(text("CREATE TABLE parent (id INTEGER PRIMARY KEY)"))
        connection.execute(text("CREATE TABLE child (id INTEGER REFERENCES parent(id))"))
        connection.execute(text("CREATE TABLE counter (n INTEGER)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))
    yield made
    made.dispose()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5000)],
)
def test_every_connection_is_durable_and_checks_foreign_keys(engine, pragma, value):
    with engine.connect() as one, engine.connect() as other:
        assert [c.execute(text(f"PRAGMA {pragma}")).scalar() for c in (one,)] == [value]
        del other


def test_a_child_without_its_parent_is_refused(engine):
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text("INSERT INTO child VALUES (7)"))


def test_eight_threads_that_read_and_write_lose_nothing(engine):
    # With a plain BEGIN the second of two readers that turn writers fails at once: SQLITE_BUSY.
    def add(_):
        with engine.begin() as connection:
            n = connection.execute(text("SELECT n FROM counter")).scalar()
            connection.execute(text("UPDATE counter SET n = :n"), {"n": n + 1})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(80)))

    with engine.connect() as connection:
        assert connection.execute(text("SELECT n FROM counter")).scalar() == 80


def test_a_reader_does_not_wait_for_a_writer(engine):
    reading = engine.execution_options(**{WRITES: False})
    with engine.begin() as writer, reading.connect() as reader:
        writer.execute(text("UPDATE counter SET n = 7"))

        assert reader.execute(text("SELECT n FROM counter")).scalar() == 0


def test_a_reader_may_not_turn_writer_under_a_writers_nose(engine):
    reading = engine.execution_options(**{WRITES: False})
    with reading.connect() as reader:
        reader.execute(text("SELECT n FROM counter")).scalar()
        with engine.begin() as writer:
            writer.execute(text("UPDATE counter SET n = 7"))
        with pytest.raises(OperationalError, match="locked"):
            reader.execute(text("UPDATE counter SET n = 8"))


def test_beside_somebody_who_writes_all_the_time_everybody_gets_a_turn(engine, tmp_path):
    # Gaps of a millisecond between writes of 30: SQLite's own waits of up to 100 ms miss most of
    # them, so that a write took a second in the mean, and failed after five now and then.
    holds, done = threading.Event(), threading.Event()

    def hog():
        other = sqlite3.connect(tmp_path / "a.sqlite", isolation_level=None, timeout=10)
        while not done.is_set():
            other.execute("BEGIN IMMEDIATE")
            holds.set()
            done.wait(0.03)
            other.execute("COMMIT")
            done.wait(0.001)
        other.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(hog)
        holds.wait(10)
        began = time.monotonic()
        for _ in range(12):
            with engine.begin() as connection:
                connection.execute(text("UPDATE counter SET n = n + 1"))
            done.wait(0.02)
        took_s = time.monotonic() - began
        done.set()

    assert took_s / 12 < 0.6  # 0.2 in the mean; left to SQLite 1.0


def test_whoever_finds_the_database_held_is_told_in_time(engine, tmp_path, monkeypatch):
    monkeypatch.setattr(engines, "BUSY_MS", 300)
    other = sqlite3.connect(tmp_path / "a.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    began = time.monotonic()
    with pytest.raises(OperationalError, match="locked"), engine.begin():
        pass
    other.close()

    assert 0.3 <= time.monotonic() - began < 3
    with engine.begin() as connection:
        assert connection.execute(text("SELECT n FROM counter")).scalar() == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("statement_timeout", "20s"),
        ("lock_timeout", "5s"),
        ("plan_cache_mode", "force_custom_plan"),
    ],
)
def test_postgres_is_told_how_long_to_wait_and_to_plan_for_what_is_asked(postgres, name, value):
    made = open_engine(postgres % "postgres")
    with made.connect() as connection:
        assert connection.execute(text(f"SHOW {name}")).scalar() == value
    made.dispose()
