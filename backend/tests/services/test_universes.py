from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import DocumentError, Forbidden, NotFound, QuotaReached, Stale
from app.services import history, universes
from app.services.conditions import at
from app.services.views import EventView, UniverseGone
from app.services.work import SYSTEM
from app.utils import strict_json
from app.utils.merge_patch import merged


def edited(works, who, made, patch, **more):
    return works.run(lambda work: universes.edit(work, made.id, patch, **more), who)


def document_of(works, made):
    text = works.run(lambda work: universes.read(work, made.id), SYSTEM, write=False).document
    return strict_json.decode(text, bytes_max=10**6)


@pytest.mark.databases
def test_eight_writers_leave_a_log_without_gap_that_replays_to_the_document(
    works, caller, universe
):
    ada = caller()
    made = universe(ada, document={"title": "Log", "seed": 0})

    def edit(number):
        return edited(works, ada, made, {"seed": number, "about": f"by {number}"}).rev

    with ThreadPoolExecutor(8) as pool:
        revs = list(pool.map(edit, range(64)))
    events = works.run(lambda work: history.since(work, made.id, 0), ada, write=False)

    assert sorted(revs) == list(range(2, 66))
    assert [event.rev for event in events] == list(range(1, 66))
    replayed = {}
    for event in events:
        replayed = merged(replayed, event.patch)
    assert replayed == document_of(works, made)


@pytest.mark.databases
def test_an_operation_sent_again_is_done_once(works, caller, universe):
    ada, op_id = caller(), uuid4()
    made = universe(ada, document={"seed": 0})

    def send(_):
        return edited(works, ada, made, {"seed": 5}, op_id=op_id)

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(send, range(12)))

    assert {event.rev for event in found} == {2}
    assert [event.repeated for event in found].count(False) == 1
    assert works.run(lambda work: universes.read(work, made.id), ada).rev == 2


def test_a_repetition_is_told_to_nobody(works, caller, universe):
    ada, op_id, heard = caller(), uuid4(), []
    made = universe(ada)
    works.listen(heard.append)

    for _ in range(3):
        edited(works, ada, made, {"seed": 5}, op_id=op_id, gesture="drag-1")

    assert [(type(news), news.rev, news.gesture) for news in heard] == [(EventView, 2, "drag-1")]


def test_an_edit_tells_what_changed_and_what_takes_it_back(works, caller, universe):
    ada = caller()
    made = universe(ada, document={"music": {"tempo": 90}})

    event = edited(works, ada, made, {"music": {"tempo": 100}, "seed": 4})
    edited(works, ada, made, event.inverse)

    assert event.inverse == {"music": {"tempo": 90}, "seed": None}
    assert document_of(works, made) == {"music": {"tempo": 90}}


@settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["a", "b"])), min_size=1, max_size=4))
def test_undoing_every_edit_in_reverse_gives_the_first_document(works, caller, universe, edits):
    owner = SYSTEM
    made = universe_of_system(works)
    undo = [
        edited(works, owner, made, {"seed": seed, "bodies": {name: {"position": [seed, 0, 0]}}})
        for seed, name in edits
    ]
    for event in reversed(undo):
        edited(works, owner, made, event.inverse)

    assert document_of(works, made) == {"title": "System"}


def universe_of_system(works):
    from app.core.document import judge
    from app.models import Universe

    document = judge({"title": "System"})
    return works.run(
        lambda work: universes.plant(work, Universe(visibility="public"), document), SYSTEM
    )


def test_an_edit_that_is_no_universe_changes_nothing(works, caller, universe):
    ada, heard = caller(), []
    made = universe(ada, document={"seed": 1})
    works.listen(heard.append)

    with pytest.raises(DocumentError) as fault:
        edited(works, ada, made, {"music": {"tempo": -5}})

    assert fault.value.problems[0].path == "$.music.tempo"
    assert (document_of(works, made), heard) == ({"seed": 1}, [])


def test_only_who_may_edits_and_an_expected_revision_must_be_the_newest(works, caller, universe):
    ada, eve = caller("ada"), caller("eve")
    made = universe(ada)
    shown = universe(ada, visibility="public")
    open_to_all = universe(ada, visibility="unlisted", link_role="editor")

    with pytest.raises(NotFound):
        edited(works, eve, made, {"seed": 1})
    with pytest.raises(Forbidden):
        edited(works, eve, shown, {"seed": 1})
    assert edited(works, eve, open_to_all, {"seed": 1}).actor.display_name == "eve"
    with pytest.raises(Stale) as stale:
        edited(works, ada, open_to_all, {"seed": 2}, expected_rev=1)
    assert stale.value.rev == 2


def test_there_is_a_most_of_universes(works, caller, universe, monkeypatch):
    ada = caller()
    limits = works.tools.limits
    monkeypatch.setattr(
        type(limits), "universes_per_user", property(lambda _self: 2), raising=False
    )

    universe(ada)
    universe(ada)
    with pytest.raises(QuotaReached, match="2 universes"):
        universe(ada)


def test_a_deletion_is_told(works, caller, universe):
    ada, heard = caller(), []
    made = universe(ada)
    works.listen(heard.append)

    works.run(lambda work: universes.delete(work, made.id, condition=at(1)), ada)

    assert heard == [UniverseGone(made.id)]


@pytest.mark.databases
def test_of_many_made_at_once_no_more_are_kept_than_there_may_be(works, caller):
    ada = caller()
    works.tools = replace(works.tools, limits=replace(works.tools.limits, universes_per_user=3))

    def make(_):
        try:
            return works.run(universes.create, ada)
        except QuotaReached:
            return None

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(make, range(16)))

    assert sum(one is not None for one in made) == 3
