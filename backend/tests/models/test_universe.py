import pytest
from sqlalchemy import func, select

from app.errors import Conflict
from app.models import Base, Universe
from app.services import universes
from app.services.work import SYSTEM


def row(**facts):
    plain = {
        "title": "a",
        "document": "{}",
        "sha256": "",
        "rev": 0,
        "document_rev": 0,
        "changes": 0,
    }
    return Universe(**plain | {"visibility": "public"} | facts)


def keep(work, *rows):
    work.session.add_all(rows)
    work.session.flush()


@pytest.mark.databases
@pytest.mark.parametrize("wrong", [{"visibility": "secret"}, {"link_role": "god"}])
def test_a_word_that_is_none_of_ours_is_refused_by_the_database(works, wrong):
    with pytest.raises(Conflict):
        works.run(lambda work: keep(work, row(**wrong)))


@pytest.mark.databases
def test_a_deleted_universe_takes_everything_that_hangs_on_it_along(services, works):
    with works.begin(SYSTEM) as work:
        made = row()
        work.session.add(made)
        work.session.flush()
        work.release()
        universes.edit(work, made.id, {"seed": 1})
    state = services.rooms.open(made.id)
    works.run(lambda work: universes.edit(work, made.id, {"seed": 2}), SYSTEM)
    services.rooms.journal(state.journal_id, state.fence, 3, [2])

    with works.begin() as work:
        work.session.delete(work.session.get(Universe, made.id))
        work.release()
        left = {
            name: work.session.scalar(select(func.count()).select_from(table))
            for name, table in Base.metadata.tables.items()
        }

    assert set(left.values()) == {0}


def test_a_copy_outlives_what_it_was_copied_from(works):
    with works.begin() as work:
        source = row()
        work.session.add(source)
        work.session.flush()
        copy = row(copied_from=source.id)
        work.session.add(copy)
        work.release()
        work.session.delete(source)
        work.release()
        work.session.refresh(copy)

        assert copy.copied_from is None
