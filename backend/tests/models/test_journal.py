import pytest

from app.errors import Conflict
from app.models import Journal, JournalEntry, Universe


def keep(work, *rows):
    work.session.add_all(rows)
    work.session.flush()


@pytest.fixture
def journal(works):
    with works.begin() as work:
        universe = Universe(title="a", document="{}", sha256="", visibility="public")
        universe.rev = universe.document_rev = universe.changes = 0
        work.session.add(universe)
        work.session.flush()
        made = Journal(
            universe_id=universe.id, base_document="{}", base_sha256="", base_rev=0, seed=0,
            engine="1",
        )  # fmt: skip
        work.session.add(made)
        work.session.flush()
    return made


@pytest.mark.databases
def test_an_edit_has_one_tick_in_a_journal(works, journal):
    entries = [JournalEntry(journal_id=journal.id, seq=n, tick=n, rev=7) for n in (1, 2)]

    with pytest.raises(Conflict):
        works.run(lambda work: keep(work, *entries))


def test_a_branch_outlives_the_journal_it_came_from(works, journal):
    with works.begin() as work:
        facts = {
            "universe_id": journal.universe_id, "base_document": "{}", "base_sha256": "",
            "base_rev": 0, "seed": 0, "engine": "1",
        }  # fmt: skip
        child = Journal(parent_id=journal.id, parent_tick=12, **facts)
        work.session.add(child)
        work.release()
        work.session.delete(work.session.get(Journal, journal.id))
        work.release()
        work.session.refresh(child)

        assert (child.parent_id, child.parent_tick) == (None, 12)
