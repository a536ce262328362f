"""Migrations: on a connection of their own, with foreign keys off on SQLite, checked afterwards.

With foreign keys on, SQLite's way of changing a table (copy, drop, rename) deletes every child row.
"""

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from app.utils import clock

FOLDER = Path(__file__).resolve().parents[2] / "migrations"
_LOCK = 0x6D756E6469  # "mundi": one node migrates, the others wait


def newest() -> str:
    """Return the revision this version of the program needs."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def current(url: str) -> str | None:
    """Return the revision a database is at; None for an empty one."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def known(revision: str) -> bool:
    """Tell whether this version of the program knows a revision; a newer one's it does not."""
    scripts = ScriptDirectory.from_config(_config())
    return any(script.revision == revision for script in scripts.walk_revisions())


def upgrade(url: str, revision: str = "head") -> None:
    """Bring a database up to a revision."""
    _migrate(url, revision, command.upgrade)


def downgrade(url: str, revision: str) -> None:
    """Take a database down to a revision; "base" leaves it empty."""
    _migrate(url, revision, command.downgrade)


def keep_copy(path: Path) -> Path:
    """Copy a SQLite database as it is now, beside itself, and return where."""
    stamp = clock.now().strftime("%Y%m%dT%H%M%S")
    copy = path.with_name(f"{path.stem}-{stamp}.before-migration.sqlite")
    with sqlite3.connect(path) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()
    return copy


def _migrate(url: str, revision: str, act: object) -> None:
    assert callable(act)
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        sqlite = make_url(url).get_backend_name() == "sqlite"
        _open_sqlite(connection) if sqlite else _open_postgres(connection)
        config = _config()
        config.attributes["connection"] = connection
        act(config, revision)
        if sqlite:
            _check(connection)
        connection.commit()


def _open_sqlite(connection: Connection) -> None:
    raw = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    raw.isolation_level = None
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA busy_timeout=60000")
    raw.execute("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _open_postgres(connection: Connection) -> None:
    connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))


def _check(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(f"the migration would leave {len(broken)} rows without their parent")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return config
