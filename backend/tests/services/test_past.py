import json
import random
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert

from app.core.document import judge
from app.crud import past as crud
from app.errors import DocumentError, Forbidden, InputError, NotFound, RevisionMissing, Stale
from app.models import UniverseEvent
from app.models.line import Line
from app.services import live_edits, past, universes
from app.services.conditions import at
from app.services.past import Sought
from app.utils import clock, merge_patch


@pytest.fixture
def ada(caller):
    return caller("ada")


@pytest.fixture
def view(ada, universe):
    return universe(ada, document={"seed": 1}, visibility="public", link_role="editor")


def edit(works, who, view, patch, **more):
    act = live_edits.edit if more.pop("lazily", False) else universes.edit
    facts = {"op_id": uuid4(), "gesture": None} | more
    return works.run(lambda work: act(work, view.id, patch, **facts), who)


def listed(works, who, view, sought=None, cursor=None, limit=50):
    return works.run(
        lambda work: past.listing(work, view.id, sought or Sought(), cursor=cursor, limit=limit),
        who,
    )


@pytest.mark.databases
def test_the_document_at_every_revision_is_what_was_stored_then(works, ada, view):
    then = {1: {"seed": 1}}
    for step in range(230):
        patch = (
            {"music": {"tempo": 40 + step % 150}} if step % 3 else {"bodies": {"b": {"x": step}}}
        )
        then[edit(works, ada, view, patch, lazily=bool(step % 7)).rev] = None
        then[step + 2] = merge_patch.merged(then[step + 1], patch)

    for rev in (1, 2, 99, 100, 101, 102, 199, 201, 231):
        version = works.run(lambda work, r=rev: past.read(work, view.id, r), ada)
        assert version.document == judge(then[rev]).text
        assert version.sha256 == judge(then[rev]).sha256


@pytest.mark.databases
def test_changes_are_found_by_author_act_time_and_name(works, ada, view, caller):
    ben, began = caller("ben"), clock.now()
    edit(works, ada, view, {"music": {"tempo": 90}})
    middle = clock.now()
    edit(works, ben, view, {"music": {"tempo": 100}})
    works.run(lambda work: past.name(work, view.id, 2, "  Slow  "), ada)

    def revs(**sought):
        return [one.rev for one in listed(works, ada, view, Sought(**sought)).items]

    assert revs() == [3, 2, 1]
    assert revs(author=ben.user_id) == [3]
    assert (revs(act="create"), revs(act="edit")) == ([1], [3, 2])
    assert (revs(since=middle), revs(until=middle)) == ([3], [2, 1])
    assert revs(since=began - timedelta(days=1), until=began) == [1]
    assert (revs(named=True), revs(name="Slow"), revs(name="slow")) == ([2], [2], [])


@pytest.mark.databases
def test_a_moment_is_found_in_a_long_log_with_gaps_without_reading_it(
    works, ada, view, monkeypatch
):
    began, draw = clock.now(), random.Random(7)
    revs = sorted(draw.sample(range(2, 6_000), 2_000))
    # A quarter of a second apart, and off by up to half a minute: two servers' clocks.
    times = {
        rev: began + timedelta(seconds=place / 4 + draw.uniform(-30, 30))
        for place, rev in enumerate(revs)
    }
    rows = [
        {"universe_id": view.id, "rev": rev, "kind": "document", "actor_kind": "user",
         "actor_id": ada.user_id, "act": "edit", "patch": "{}", "created_at": times[rev]}
        for rev in revs
    ]  # fmt: skip
    asked, one = [], Line.one
    monkeypatch.setattr(Line, "one", lambda self, *given: asked.append(1) or one(self, *given))

    with works.begin() as work:
        work.session.execute(insert(UniverseEvent), rows)
        for moment in (began + timedelta(seconds=second) for second in range(-60, 600, 37)):
            asked.clear()
            for sought, kept in (
                (Sought(until=moment), [rev for rev in revs if times[rev] < moment]),
                (Sought(since=moment), [rev for rev in revs if times[rev] >= moment]),
            ):
                found = crud.list_changes(work.session, view.id, sought, before=2**62, limit=2_100)
                assert [event.rev for event, _ in found if event.rev > 1] == kept[::-1]
            assert len(asked) <= 2 * 15
        assert crud.first_since(work.session, uuid4(), began) <= 1


def test_the_ends_of_time_are_moments_too(works, ada, view):
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)

    assert [one.rev for one in listed(works, ada, view, Sought(since=first, until=last)).items] == [
        1
    ]


def test_pages_go_through_all_changes_once(works, ada, view):
    for step in range(9):
        edit(works, ada, view, {"seed": step})
    seen, cursor = [], None
    while True:
        page = listed(works, ada, view, cursor=cursor, limit=4)
        seen += [one.rev for one in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break

    assert seen == list(range(10, 0, -1))


def test_a_change_says_who_did_what(works, ada, view):
    edit(works, ada, view, {"music": {"tempo": 90}}, gesture="slide")

    (change, _) = listed(works, ada, view).items

    assert (change.actor.display_name, change.gesture) == ("ada", "slide")
    assert change.summary == "tempo default → 90"
    assert (change.patch, change.inverse) == ({"music": {"tempo": 90}}, {"music": None})


def test_two_versions_are_compared_member_by_member(works, ada, view):
    edit(works, ada, view, {"bodies": {"a": {"x": 1}, "b": {}}})
    edit(works, ada, view, {"bodies": {"a": {"x": 2}, "b": None}, "seed": 5})

    found = works.run(lambda work: past.compare(work, view.id, 2, 3), ada)
    back = works.run(lambda work: past.compare(work, view.id, 3, 2), ada)

    assert found.patch == {"bodies": {"a": {"x": 2}, "b": None}, "seed": 5}
    assert [(one.path, one.before, one.after) for one in found.changes] == [
        ("$.bodies.a.x", 1, 2),
        ("$.bodies.b", {}, None),
        ("$.seed", 1, 5),
    ]
    assert merge_patch.merged(merge_patch.merged({"seed": 1}, found.patch), back.patch)["seed"] == 1


@pytest.mark.databases
def test_what_was_is_restored_by_a_change_like_any_other(works, ada, view):
    edit(works, ada, view, {"bodies": {"a": {"x": 1}}, "seed": 2})

    event = works.run(lambda work: past.restore(work, view.id, 1, condition=at(2)), ada)
    read = works.run(lambda work: universes.read(work, view.id), ada)

    assert (event.rev, event.act, event.data) == (3, "restore", {"restored": 1})
    assert json.loads(read.document) == {"seed": 1}
    assert event.patch == {"bodies": None, "seed": 1}


@pytest.mark.parametrize(("expected", "error"), [(None, RevisionMissing), (1, Stale), (9, Stale)])
def test_a_restore_names_the_newest_revision(works, ada, view, expected, error):
    edit(works, ada, view, {"seed": 2})

    with pytest.raises(error):
        works.run(lambda work: past.restore(work, view.id, 1, condition=at(expected)), ada)


def test_what_the_grammar_of_today_refuses_is_not_restored(works, ada, view, monkeypatch):
    edit(works, ada, view, {"seed": 2})
    old = judge({"seed": 1})
    object.__setattr__(old, "data", {"seed": -1})
    monkeypatch.setattr(past, "document_at", lambda *_: old)

    with pytest.raises(DocumentError):
        works.run(lambda work: past.restore(work, view.id, 1, condition=at(2)), ada)


def test_what_has_not_been_is_not_there(works, ada, view):
    for act in (
        lambda work: past.read(work, view.id, 2),
        lambda work: past.read(work, view.id, 0),
        lambda work: past.compare(work, view.id, 1, 2),
        lambda work: past.name(work, view.id, 7, "x"),
        lambda work: past.restore(work, view.id, 2, condition=at(1)),
    ):
        with pytest.raises(NotFound):
            works.run(act, ada)


def test_only_editors_name_versions_and_names_are_short(works, ada, universe, caller):
    view = universe(ada, visibility="public")
    for who, name, error in ((caller("eve"), "x", Forbidden), (ada, "x" * 81, InputError)):
        with pytest.raises(error):
            works.run(lambda work, n=name: past.name(work, view.id, 1, n), who)


def test_a_stranger_does_not_learn_that_there_was_a_past(works, ada, universe, caller):
    view = universe(ada)

    with pytest.raises(NotFound):
        listed(works, caller("eve"), view)
