import sqlite3

import pytest

from app.errors import Unavailable
from app.models import schema
from app.services import tables


def url_of(path):
    return f"sqlite:///{path}"


def test_an_empty_database_is_brought_up_without_a_copy(tmp_path):
    path = tmp_path / "mundi.sqlite"

    assert tables.bring_up(url_of(path)) == schema.newest()
    assert tables.bring_up(url_of(path)) == schema.newest()
    assert [found.name for found in tmp_path.glob("*before-migration*")] == []
    tables.require_current(url_of(path))


def test_an_older_database_is_copied_first(tmp_path, monkeypatch):
    path = tmp_path / "mundi.sqlite"
    tables.bring_up(url_of(path))
    monkeypatch.setattr(schema, "newest", lambda: "9998")
    upgraded = []
    monkeypatch.setattr(schema, "upgrade", upgraded.append)

    tables.bring_up(url_of(path))

    assert upgraded == [url_of(path)]
    assert len(list(tmp_path.glob("*before-migration*"))) == 1


def test_a_database_of_a_newer_version_is_not_touched(tmp_path):
    path = tmp_path / "mundi.sqlite"
    tables.bring_up(url_of(path))
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    for act in (tables.bring_up, tables.require_current):
        with pytest.raises(Unavailable, match="newer version") as refused:
            act(url_of(path))
        assert refused.value.code == "newer_database"


def test_a_database_that_was_not_migrated_is_refused_in_production(tmp_path):
    with pytest.raises(Unavailable, match="mundi migrate"):
        tables.require_current(url_of(tmp_path / "mundi.sqlite"))


@pytest.mark.databases
def test_three_nodes_may_start_at_once(database):
    from concurrent.futures import ThreadPoolExecutor

    schema.downgrade(database, "base")

    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda _: tables.bring_up(database), range(3)))

    assert found == [schema.newest()] * 3
