"""Connections that keep the same promises on SQLite and on Postgres."""

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from app.utils.clock import monotonic_s

# Set on a connection whose transaction may write: SQLite then takes its lock at BEGIN, because a
# reader that turns writer half-way fails at once, whatever its busy timeout.
WRITES = "mundi_writes"
BUSY_MS = 5_000
# SQLite looks for the lock again after 1, 2, 5 ... 100 ms, and then but ten times a second: beside
# somebody who writes all the time, that misses every gap. So we begin again from the short waits.
ASK_AGAIN_MS = 100
_SETTINGS = (
    ("statement_timeout", 20_000),
    ("lock_timeout", 5_000),
    # After five runs Postgres plans a statement once for all, without knowing how few rows are
    # asked for: a page of a list was then sorted out of the whole table, 700 ms instead of 3.
    ("plan_cache_mode", "force_custom_plan"),
)


def open_engine(url: str) -> Engine:
    """Make an engine whose every connection is durable, bounded and checks foreign keys."""
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url)
    return create_engine(
        url,
        pool_size=10,
        max_overflow=10,
        pool_timeout=5,
        pool_pre_ping=True,
        connect_args={"options": " ".join(f"-c {name}={value}" for name, value in _SETTINGS)},
    )


def _sqlite(url: str) -> Engine:
    engine = create_engine(url, pool_size=10, max_overflow=20, pool_timeout=10)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # an acknowledged change survives a power cut
        "foreign_keys=ON",
        f"busy_timeout={BUSY_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def keep_for_writing(connection: Connection) -> None:
    """Have a connection that nobody reads with look for the writers' lock often, for good."""
    if connection.dialect.name == "sqlite":
        _driver(connection).execute(f"PRAGMA busy_timeout={ASK_AGAIN_MS}")


def begin_writing(connection: Connection, driver: Any) -> None:
    """Begin a transaction on a connection kept for writing; elsewhere it begins by itself."""
    if connection.dialect.name != "sqlite":
        return
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        connection.begin()  # which has more patience, and tells what is wrong
        keep_for_writing(connection)


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get(WRITES, True):
        _take_lock(connection)
    else:
        connection.exec_driver_sql("BEGIN")


def _take_lock(connection: Connection) -> None:
    line = _driver(connection)
    if line.in_transaction:
        return
    line.execute(f"PRAGMA busy_timeout={ASK_AGAIN_MS}")
    try:
        if not _taken(line):
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # what is raised is SQLAlchemy's own
    finally:
        line.execute(f"PRAGMA busy_timeout={BUSY_MS}")


def _taken(line: sqlite3.Connection) -> bool:
    """Take the writers' lock, asking often; tell whether it was to be had within BUSY_MS."""
    until_s = monotonic_s() + BUSY_MS / 1000
    while monotonic_s() < until_s:
        try:
            line.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                return False
        else:
            return True
    return False
