"""Connections that keep the same promises on SQLite and on Postgres."""

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

# Set on a connection whose transaction may write: SQLite then takes its lock at BEGIN, because a
# reader that turns writer half-way fails at once, whatever its busy timeout.
WRITES = "mundi_writes"
BUSY_MS = 5_000


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
        connect_args={"options": "-c statement_timeout=20000 -c lock_timeout=5000"},
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


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
