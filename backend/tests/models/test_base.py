from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import create_engine, select

from app.models import Universe, User
from app.models.base import Base, Moment

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.databases
def test_an_instant_comes_back_as_itself_in_utc(works):
    berlin = NOON.astimezone(timezone(timedelta(hours=1)))
    with works.begin() as work:
        user = User(email="a", email_canonical="a", display_name="a", disabled_at=berlin)
        user.token_version = 0
        work.session.add(user)
        work.release()
        work.session.expire_all()

        found = work.session.scalars(select(User.disabled_at)).one()

    assert found == NOON
    assert found.tzinfo is UTC


def test_an_instant_without_a_zone_is_our_mistake():
    with pytest.raises(AssertionError, match="needs a zone"):
        Moment().process_bind_param(datetime(2026, 1, 1), create_engine("sqlite://").dialect)  # noqa: DTZ001 -- the very mistake


def test_every_constraint_and_index_has_a_name_postgres_takes():
    names = [
        thing.name
        for table in Base.metadata.tables.values()
        for thing in (*table.constraints, *table.indexes)
    ]

    assert all(name and len(str(name)) <= 63 for name in names)


def test_a_row_knows_when_it_was_made_and_changed(works):
    with works.begin() as work:
        row = Universe(title="a", document="{}", sha256="", visibility="public")
        row.rev = row.document_rev = row.changes = 0
        work.session.add(row)
        work.session.flush()
        made = row.updated_at
        row.title = "b"
        work.session.flush()

        assert row.created_at <= made < row.updated_at
        assert row.id.version == 7
