import sqlite3
from pathlib import Path
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, func, select

from app.models import Base, schema
from app.models.base import Moment
from app.utils import clock

BELOW = {"0001": "base"} | {f"{n:04}": f"{n - 1:04}" for n in range(2, int(schema.newest()) + 1)}

# The tables of the first revision: what later ones add is gone once they were taken back.
FIRST = (
    "users", "sessions", "refresh_tokens", "universes", "universe_events", "journals",
    "journal_entries", "leases", "jobs", "idempotency_keys",
)  # fmt: skip


def rows_for(table, parents, count=3):
    """Make rows that fill every column, pointing at the rows made for their parents."""
    made = []
    for number in range(count):
        row = {}
        for column in table.columns:
            keys = list(column.foreign_keys)
            if keys and keys[0].column.table is not table:
                row[column.name] = parents[keys[0].column.table.name][number][keys[0].column.name]
            elif keys:
                row[column.name] = None
            else:
                row[column.name] = value_for(table, column, number)
        made.append(row)
    return made


def value_for(table, column, number):
    words = {
        "visibility": "public",
        "link_role": "viewer",
        "state": "done",
        "theme": "dark",
        "motion": "full",
        "target": "body",
        "role": "viewer",
        "offered": "editor",
    }
    if column.name in words:
        return words[column.name]
    if isinstance(column.type, Moment):
        return clock.now()
    kind = column.type.python_type
    text = f"{number}-{table.name}"[: getattr(column.type, "length", None)]
    made = {int: number + 1, float: 0.5, bool: False, str: text, bytes: text.encode()}
    return made.get(kind, uuid4())


def populate(url):
    """Fill every table, children and grandchildren too; return how many rows each has."""
    engine = create_engine(url)
    parents = {}
    with engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            parents[table.name] = rows_for(table, parents)
            connection.execute(table.insert(), parents[table.name])
    engine.dispose()
    return {name: len(rows) for name, rows in parents.items()}


def counts(url):
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {
            table.name: connection.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }
    engine.dispose()
    return found


@pytest.mark.databases
def test_what_the_migrations_make_is_what_the_models_say(database):
    engine = create_engine(database)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        drift = compare_metadata(context, Base.metadata)
    engine.dispose()

    assert drift == []


@pytest.mark.databases
@pytest.mark.parametrize("revision", BELOW)
def test_every_revision_goes_up_down_and_up_with_populated_children(database, revision):
    populate(database)

    schema.downgrade(database, BELOW[revision])
    schema.upgrade(database, revision)

    assert schema.current(database) == revision
    schema.upgrade(database)


@pytest.mark.databases
def test_a_migration_up_keeps_every_row_there_was(database):
    filled = populate(database)
    for revision, below in list(BELOW.items())[:0:-1]:
        schema.downgrade(database, below)
        schema.upgrade(database, revision)
    schema.upgrade(database)

    kept = {name: count for name, count in counts(database).items() if name in FIRST}
    assert kept == {name: filled[name] for name in FIRST}


@pytest.mark.databases
def test_a_migration_that_changes_nothing_keeps_every_row(database):
    filled = populate(database)

    schema.upgrade(database)

    assert counts(database) == filled


@pytest.mark.sqlite
def test_a_table_copied_with_batch_keeps_its_children(tmp_path, database, monkeypatch):
    # SQLite changes a table by copying and dropping it: with foreign keys on, its children go too.
    filled, newest = populate(database), schema.newest()
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for name in ("env.py", "script.py.mako"):
        (folder / name).write_text((schema.FOLDER / name).read_text())
    for path in (schema.FOLDER / "versions").glob("*.py"):
        (folder / "versions" / path.name).write_text(path.read_text())
    (folder / "versions" / "9999_next.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision, down_revision = '9999', '{newest}'\n"
        "def upgrade():\n"
        "    with op.batch_alter_table('users', recreate='always') as table:\n"
        "        table.add_column(sa.Column('extra', sa.String(200)))\n"
        "def downgrade():\n"
        "    with op.batch_alter_table('users', recreate='always') as table:\n"
        "        table.drop_column('extra')\n"
    )
    monkeypatch.setattr(schema, "FOLDER", folder)

    schema.upgrade(database)
    up = counts(database)
    schema.downgrade(database, newest)

    assert up == filled
    assert counts(database) == filled


@pytest.mark.sqlite
def test_the_copy_made_before_a_migration_has_every_row(database):
    filled = populate(database)

    copy = schema.keep_copy(Path(database.removeprefix("sqlite:///")))

    assert counts(f"sqlite:///{copy}") == filled
    assert sqlite3.connect(copy).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_an_empty_database_has_no_revision(tmp_path):
    assert schema.current(f"sqlite:///{tmp_path}/none.sqlite") is None


@pytest.mark.databases
def test_going_down_writes_the_texts_that_were_still_to_be_written(database):
    populate(database)
    engine = create_engine(database)
    tables = Base.metadata.tables
    universes, events = tables["universes"], tables["universe_events"]
    with engine.begin() as connection:
        one = connection.scalar(select(universes.c.id).limit(1))
        connection.execute(
            universes.update()
            .where(universes.c.id == one)
            .values(document='{"a":1,"b":[2]}', changes=9, written_changes=8)
        )
        connection.execute(
            events.update()
            .where(events.c.universe_id == one)
            .values(kind="document", patch='{"a":null,"c":{"d":-0.0}}')
        )

    schema.downgrade(database, "0003")
    with engine.connect() as connection:
        text = connection.scalar(select(universes.c.document).where(universes.c.id == one))
    engine.dispose()

    assert text == '{"b":[2],"c":{"d":0}}'
