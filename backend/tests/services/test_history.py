import pytest
from sqlalchemy import select

from app.errors import InputError, NotFound
from app.models import UniverseEvent
from app.services import history, universes
from app.services.conditions import at


def edit(works, who, made, seed):
    return works.run(lambda work: universes.edit(work, made.id, {"seed": seed}), who)


@pytest.mark.databases
def test_the_log_is_paged_backwards_without_gap(works, caller, universe):
    ada = caller()
    made = universe(ada)
    for seed in range(6):
        edit(works, ada, made, seed)
    found, cursor = [], None
    while True:
        page = works.run(
            lambda work, at=cursor: history.page(work, made.id, cursor=at, limit=3),
            ada,
            write=False,
        )
        found += [event.rev for event in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break

    assert found == [7, 6, 5, 4, 3, 2, 1]


def test_a_cursor_of_another_universe_is_refused(works, caller, universe):
    ada = caller()
    one, other = universe(ada), universe(ada)
    edit(works, ada, one, 1)
    page = works.run(lambda work: history.page(work, one.id, cursor=None, limit=1), ada)

    with pytest.raises(InputError, match="cursor"):
        works.run(lambda work: history.page(work, other.id, cursor=page.next_cursor, limit=1), ada)


def test_what_happened_since_a_revision_comes_in_order(works, caller, universe):
    ada = caller()
    made = universe(ada)
    for seed in range(4):
        edit(works, ada, made, seed)

    events = works.run(lambda work: history.since(work, made.id, 3), ada, write=False)

    assert [(event.rev, event.patch) for event in events] == [(4, {"seed": 2}), (5, {"seed": 3})]


def test_the_log_is_not_there_for_those_who_may_not_see(works, caller, universe):
    made, eve = universe(caller("ada")), caller("eve")

    with pytest.raises(NotFound):
        works.run(lambda work: history.since(work, made.id, 0), eve)


def test_every_hundredth_document_event_holds_the_whole_document(works, caller, universe):
    ada = caller()
    made = universe(ada)
    with works.begin(ada) as work:
        for seed in range(220):
            universes.edit(work, made.id, {"seed": seed})

    with works.begin() as work:
        whole = work.session.execute(
            select(UniverseEvent.rev, UniverseEvent.document)
            .where(UniverseEvent.document.is_not(None))
            .order_by(UniverseEvent.rev)
        ).all()
    assert [rev for rev, _ in whole] == [100, 200]
    assert '"seed":98' in whole[0].document


def test_a_name_of_a_gesture_has_its_length(works, caller, universe):
    ada = caller()
    made = universe(ada)

    with pytest.raises(InputError, match="64 characters"):
        works.run(lambda work: universes.edit(work, made.id, {"seed": 1}, gesture="x" * 65), ada)


def test_who_was_let_in_is_told_to_the_owner_alone(do, caller, universe):
    ada, eve = caller("ada"), caller("eve")
    made = universe(ada, visibility="public")
    do(universes.change, ada, made.id, condition=at(1), template=True)

    def told(who):
        page = do(history.page, who, made.id, cursor=None, limit=9)
        return [event.data is not None for event in page.items if event.kind == "access"]

    assert (told(ada), told(eve), told(None)) == ([True], [False], [False])
