from datetime import timedelta
from uuid import uuid4

import pytest

from app.core.document import judge
from app.core.performance import ENGINE as CORE_ENGINE
from app.errors import Conflict, NotFound
from app.models import Universe
from app.services import rooms as module
from app.services import universes
from app.services.rooms import Rooms
from app.services.work import SYSTEM
from app.utils import clock


@pytest.fixture
def made(works):
    document = judge({"title": "Room", "seed": 9})
    return works.run(
        lambda work: universes.plant(work, Universe(visibility="public"), document), SYSTEM
    )


@pytest.fixture
def rooms(services):
    return services.rooms


def edit(works, made, about):
    return works.run(lambda work: universes.edit(work, made.id, {"about": about}), SYSTEM).rev


def test_the_engine_is_that_of_the_core():
    assert str(CORE_ENGINE) == module.ENGINE


@pytest.mark.databases
def test_a_room_begins_on_the_newest_document(rooms, works, made):
    edit(works, made, "one")

    state = rooms.open(made.id)

    assert (state.seed, state.rev, state.entries, state.pending) == (9, 2, (), ())
    assert state.base_document == state.document
    assert '"about":"one"' in state.document


@pytest.mark.databases
def test_a_performer_that_died_goes_on_with_nothing_lost(rooms, works, made):
    first = rooms.open(made.id)
    rev = edit(works, made, "journalled")
    rooms.journal(first.journal_id, first.fence, 30, [rev])
    edit(works, made, "committed, and no tick yet")

    again = rooms.open(made.id)

    assert (again.journal_id, again.fence) == (first.journal_id, first.fence + 1)
    assert again.base_document == first.base_document
    assert again.entries == ((30, 2, {"about": "journalled"}),)
    assert again.pending == ((3, {"about": "committed, and no tick yet"}),)
    assert again.tick == 30


@pytest.mark.databases
def test_a_performer_that_was_replaced_writes_nothing_more(rooms, works, made):
    first = rooms.open(made.id)
    second = rooms.open(made.id)
    rev = edit(works, made, "late")

    for act in (
        lambda: rooms.journal(first.journal_id, first.fence, 12, [rev]),
        lambda: rooms.mark(first.journal_id, first.fence, 12),
        lambda: rooms.branch(first.journal_id, first.fence, 12),
        lambda: rooms.close(first.journal_id, first.fence),
    ):
        with pytest.raises(Conflict) as refused:
            act()
        assert refused.value.code == "fenced"
    rooms.journal(second.journal_id, second.fence, 12, [rev])


def test_another_server_waits_for_the_lease(rooms, works, made, monkeypatch):
    state = rooms.open(made.id)
    other = Rooms(works, holder="other")

    with pytest.raises(Conflict) as refused:
        other.open(made.id)
    assert refused.value.code == "room_elsewhere"

    later = clock.now() + timedelta(seconds=11)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert other.open(made.id).fence == state.fence + 1


def test_a_lease_that_is_kept_lasts(rooms, works, made, monkeypatch):
    state = rooms.open(made.id)
    for seconds in (6, 12, 18):
        monkeypatch.setattr(
            clock, "now", lambda s=seconds, t=state, n=NOW: n + timedelta(seconds=s)
        )
        rooms.mark(state.journal_id, state.fence, seconds * 120)

    with pytest.raises(Conflict):
        Rooms(works, holder="other").open(made.id)
    assert rooms.open(made.id).tick == 18 * 120


NOW = clock.now()


def test_ticks_only_rise_and_repetitions_are_harmless(rooms, works, made):
    state = rooms.open(made.id)
    revs = [edit(works, made, str(number)) for number in range(3)]
    rooms.journal(state.journal_id, state.fence, 60, revs[:2])
    rooms.journal(state.journal_id, state.fence, 60, revs[:2])

    with pytest.raises(Conflict) as refused:
        rooms.journal(state.journal_id, state.fence, 59, revs[2:])
    assert refused.value.code == "tick_past"
    rooms.journal(state.journal_id, state.fence, 60, revs[2:])
    assert [(tick, rev) for tick, rev, _ in rooms.open(made.id).entries] == [
        (60, 2),
        (60, 3),
        (60, 4),
    ]


@pytest.mark.databases
def test_a_branch_shares_the_past_and_the_edits_after_it_wait_for_a_tick(rooms, works, made):
    state = rooms.open(made.id)
    for tick in (10, 20, 30):
        rooms.journal(state.journal_id, state.fence, tick, [edit(works, made, f"at {tick}")])

    child = rooms.branch(state.journal_id, state.fence, 20)

    assert child.journal_id != state.journal_id
    assert [(tick, rev) for tick, rev, _ in child.entries] == [(10, 2), (20, 3)]
    assert [rev for rev, _ in child.pending] == [4]
    assert (child.base_document, child.tick) == (state.base_document, 20)
    assert rooms.open(made.id).journal_id == child.journal_id


def test_a_closed_room_begins_anew_and_a_released_one_goes_on(rooms, works, made):
    first = rooms.open(made.id)
    rooms.release(made.id, first.fence)
    second = Rooms(works, holder="other").open(made.id)
    Rooms(works, holder="other").close(second.journal_id, second.fence)
    third = rooms.open(made.id)

    assert second.journal_id == first.journal_id
    assert third.journal_id != second.journal_id


def test_a_room_ends_with_its_universe(rooms, works, made):
    state = rooms.open(made.id)
    with works.begin(SYSTEM) as work:
        work.session.delete(work.session.get(Universe, made.id))

    for act in (
        lambda: rooms.open(made.id),
        lambda: rooms.open(uuid4()),
        lambda: rooms.journal(state.journal_id, state.fence, 1, []),
    ):
        with pytest.raises(NotFound):
            act()
