import json

import pytest

from app.errors import NotFound
from app.services import audio, universes
from app.services.views import PerformanceView

DOCUMENT = {"seed": 3, "bodies": {"a": {"position": [0, 1, 0]}}}


def take(works, who, made, **facts):
    return works.run(lambda work: audio.take(work, made.id, **facts), who, write=False)


@pytest.fixture
def played(services, works, caller, universe):
    """A universe that was performed for 300 ticks with an edit at tick 100: (owner, made, journal)."""
    ada = caller()
    made = universe(ada, document=DOCUMENT)
    state = services.rooms.open(made.id)
    for tick, seed in ((100, 4), (200, 5)):
        rev = works.run(
            lambda work, new=seed: universes.edit(work, made.id, {"about": str(new)}), ada
        ).rev
        services.rooms.journal(state.journal_id, state.fence, tick, [rev])
    services.rooms.mark(state.journal_id, state.fence, 300, 2e-9)
    return ada, made, state.journal_id


def performance(works, who, made):
    return works.run(lambda work: audio.performance(work, made.id), who, write=False)


def test_the_newest_performance_tells_how_far_it_came_and_how_it_kept_its_energy(played, works):
    ada, made, journal_id = played

    assert performance(works, ada, made) == PerformanceView(journal_id, True, 300, 2e-9)


def test_a_room_that_has_closed_is_not_open_any_more(played, works, services):
    ada, made, journal_id = played
    state = services.rooms.open(made.id)
    services.rooms.mark(journal_id, state.fence, 420)
    services.rooms.close(journal_id, state.fence)

    assert performance(works, ada, made) == PerformanceView(journal_id, False, 420, None)


def test_what_was_never_played_has_no_performance_and_a_stranger_sees_none(works, universe, caller):
    ada = caller()
    made = universe(ada, document=DOCUMENT)

    assert performance(works, ada, made) == PerformanceView(None, False, 0, None)
    with pytest.raises(NotFound):
        performance(works, caller("eve"), made)


def test_a_take_of_a_document_is_the_newest_as_it_stands(played, works):
    ada, made, _ = played

    found = take(works, ada, made, ticks=60)

    assert found.universe == DOCUMENT | {"about": "5"}
    assert (found.seed, found.journal, found.start, found.ticks) == (3, (), 0, 60)


def test_a_take_of_a_journal_has_its_base_and_its_edits(played, works):
    ada, made, journal_id = played

    found = take(works, ada, made, journal_id=journal_id)

    assert found.universe == DOCUMENT
    assert found.ticks == 300
    assert [(entry["tick"], entry["patch"]) for entry in found.journal] == [
        (100, {"about": "4"}),
        (200, {"about": "5"}),
    ]


def test_edits_after_its_end_are_no_part_of_a_take(played, works):
    ada, made, journal_id = played

    found = take(works, ada, made, journal_id=journal_id, start=50, ticks=100)

    assert [entry["tick"] for entry in found.journal] == [100]


def test_the_latest_journal_is_taken_where_there_is_one(played, works, universe):
    ada, made, _ = played

    assert len(take(works, ada, made, latest=True).journal) == 2
    assert take(works, ada, universe(ada), latest=True).ticks == 0


def test_a_journal_of_another_universe_is_not_there(played, works, universe, caller):
    ada, _, journal_id = played
    other = universe(ada)

    with pytest.raises(NotFound):
        take(works, ada, other, journal_id=journal_id)
    with pytest.raises(NotFound):
        take(works, caller("eve"), other)


def test_the_same_take_is_the_same_text(played, works):
    ada, made, journal_id = played
    facts = {"journal_id": journal_id, "ticks": 250, "seed": 11}

    one, other = (take(works, ada, made, **facts).text() for _ in range(2))

    assert one == other
    assert json.loads(one)["take"] == 1
    assert json.loads(one)["seed"] == 11


@pytest.mark.parametrize(
    ("document", "count"),
    [
        ({}, 0),
        ({"bodies": {"a": {}, "b": {}}}, 2),
        ({"series": {"p": {"n": 15}}, "bodies": {"a": {}}}, 16),
        ({"crowds": {"gas": {"n": 30}}, "series": {"p": {"n": 2}}}, 32),
    ],
)
def test_bodies_are_counted_before_they_are_made(document, count):
    assert audio.bodies(document) == count


def test_seeking_costs_as_much_as_playing():
    take = audio.Take({"bodies": {"a": {}}}, 0, (), start=600, ticks=120)

    assert take.price == 720 * 5
