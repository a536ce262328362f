import pytest

from app.crud import events
from app.errors import Conflict, Forbidden, NotFound, ParameterError, QuotaReached, Unauthenticated
from app.models import Member, User
from app.services import comments
from app.services.sharing_views import TargetView

WORLD = {
    "title": "A ball",
    "bodies": {"a": {"position": [0, 1, 0]}},
    "series": {"s": {"n": 2, "position": [1, 0, 0]}},
    "story": {"heat": {"at": "bar 2", "title": "Heat", "changes": {"physics.temperature": 1}}},
}


@pytest.fixture
def open_to_all(caller, universe):
    """Somebody with a public universe, and somebody else."""
    ada = caller("ada")
    return ada, caller("eve"), universe(ada, document=WORLD, visibility="public")


@pytest.fixture
def say(do):
    def written(who, universe, text="hm", **more):
        return do(comments.write, who, universe.id, text=text, **more)

    return written


def listed(do, universe, who=None, limit=50, **about):
    found, cursor = [], None
    while True:
        page = do(comments.listing, who, universe.id, cursor=cursor, limit=limit, **about)
        found += page.items
        cursor = page.next_cursor
        if cursor is None:
            return found


@pytest.mark.databases
def test_remarks_are_about_what_is_there_and_are_found_by_it(services, do, open_to_all, say):
    _ada, eve, made = open_to_all
    journal = services.rooms.open(made.id).journal_id
    targets = [
        TargetView("universe"),
        TargetView("body", "a"),
        TargetView("body", "s-1"),
        TargetView("story", "heat"),
        TargetView("moment", None, None, 240),
        TargetView("moment", None, journal, 241),
    ]
    for place, target in enumerate(targets):
        say(eve, made, f"about {place}", target=target)

    assert [one.target for one in listed(do, made, limit=4)] == targets[::-1]
    assert [one.text for one in listed(do, made, target="moment")] == ["about 5", "about 4"]
    assert [one.text for one in listed(do, made, target="body", target_id="a")] == ["about 1"]


@pytest.mark.parametrize(
    "target",
    [
        TargetView("body", "b"),
        TargetView("body", "heat"),
        TargetView("story", "a"),
        TargetView("moment", None, __import__("uuid").UUID(int=1), 3),
    ],
)
def test_nobody_talks_about_what_is_not_there(do, open_to_all, say, target):
    ada, _, made = open_to_all
    with pytest.raises(ParameterError):
        say(ada, made, target=target)

    assert listed(do, made) == []


@pytest.mark.databases
def test_replies_stand_under_their_remark_in_order(do, open_to_all, say):
    ada, eve, made = open_to_all
    top = say(eve, made, "top", target=TargetView("body", "a"))
    first = say(ada, made, "first", parent_id=top.id)
    second = say(eve, made, "second", parent_id=first.id)  # joins the thread

    replies = listed(do, made, parent=top.id, limit=1)

    assert [one.text for one in replies] == ["first", "second"]
    assert {(one.parent_id, one.target.id) for one in (first, second)} == {(top.id, "a")}
    assert [(one.text, one.replies) for one in listed(do, made)] == [("top", 2)]


@pytest.mark.databases
def test_only_the_author_edits_and_a_fresh_reader_sees_that_it_was(do, open_to_all, say):
    ada, eve, made = open_to_all
    said = say(eve, made)

    after = do(comments.edit, eve, made.id, said.id, text="better")

    assert (after.text, after.edited_at is not None) == ("better", True)
    with pytest.raises(Forbidden):
        do(comments.edit, ada, made.id, said.id, text="mine now")


@pytest.mark.databases
def test_a_remark_is_settled_by_its_author_and_by_editors(do, open_to_all, caller, say):
    ada, eve, made = open_to_all
    said = say(eve, made)
    reply = say(eve, made, parent_id=said.id)

    assert do(comments.settle, ada, made.id, said.id, resolved=True).resolved_at
    assert [one.id for one in listed(do, made, resolved=True)] == [said.id]
    assert listed(do, made, resolved=False) == []
    assert do(comments.settle, eve, made.id, said.id, resolved=False).resolved_at is None
    with pytest.raises(Forbidden):
        do(comments.settle, caller("bob"), made.id, said.id, resolved=True)
    with pytest.raises(Conflict):
        do(comments.settle, eve, made.id, reply.id, resolved=True)


@pytest.mark.databases
def test_a_deleted_remark_stands_empty_while_it_has_replies(do, open_to_all, say):
    ada, eve, made = open_to_all
    top = say(eve, made, "secret words")
    reply = say(ada, made, "reply", parent_id=top.id)

    do(comments.delete, ada, made.id, top.id)  # the owner may
    [stone] = listed(do, made)
    kept = listed(do, made, parent=top.id)
    with pytest.raises(NotFound):
        say(ada, made, parent_id=top.id)
    do(comments.delete, ada, made.id, reply.id)

    assert (stone.text, stone.author, stone.deleted, stone.replies) == ("", None, True, 1)
    assert [one.text for one in kept] == ["reply"]
    assert listed(do, made) == []


def test_others_delete_nothing(do, open_to_all, caller, say):
    ada, eve, made = open_to_all
    said = say(ada, made)
    with pytest.raises(Forbidden):
        do(comments.delete, eve, made.id, said.id)


@pytest.mark.databases
def test_a_comment_outlives_the_account_of_its_author(works, do, open_to_all, say):
    _ada, eve, made = open_to_all
    said = say(eve, made, "still here")
    with works.begin() as work:
        work.session.delete(work.session.get(User, eve.user_id))

    [left] = listed(do, made)

    assert (left.id, left.text, left.author) == (said.id, "still here", None)


@pytest.mark.databases
def test_each_act_is_an_event_that_never_holds_the_text(works, do, open_to_all, say):
    _ada, eve, made = open_to_all
    said = say(eve, made, "secret words")
    do(comments.edit, eve, made.id, said.id, text="other words")
    do(comments.settle, eve, made.id, said.id, resolved=True)
    do(comments.settle, eve, made.id, said.id, resolved=False)
    do(comments.delete, eve, made.id, said.id)

    with works.begin() as work:
        found = events.list_since(work.session, made.id, rev=1, limit=99)
        acts = [event.data.split('"act":"')[1].split('"')[0] for event in found]
        assert acts == ["written", "edited", "resolved", "reopened", "deleted"]
        assert {event.kind for event in found} == {"comment"}
        assert [event.rev for event in found] == [2, 3, 4, 5, 6]
        assert not any("words" in event.data for event in found)


def test_who_may_see_may_read_and_who_is_signed_in_may_write(do, caller, universe, say):
    ada, eve = caller("ada"), caller("eve")
    private, public = universe(ada), universe(ada, visibility="public")
    said = say(ada, private)

    with pytest.raises(Unauthenticated):
        say(None, public)
    for act in (
        lambda: say(eve, private),
        lambda: listed(do, private, eve),
        lambda: do(comments.read, eve, private.id, said.id),
        lambda: do(comments.delete, eve, private.id, said.id),
        lambda: do(comments.read, ada, public.id, said.id),  # of another universe
        lambda: say(ada, public, parent_id=said.id),
        lambda: listed(do, public, ada, parent=said.id),
    ):
        with pytest.raises(NotFound):
            act()


@pytest.mark.databases
def test_strangers_leave_room_for_who_belongs_there(works, open_to_all, caller, say):
    ada, eve, made = open_to_all
    grace = caller("grace")
    limits = works.tools.limits
    object.__setattr__(limits, "comments_per_universe", 6)
    object.__setattr__(limits, "comments_of_strangers_per_universe", 3)
    object.__setattr__(limits, "comments_of_one_stranger_per_universe", 2)

    for _ in range(2):
        say(eve, made)
    with pytest.raises(QuotaReached, match="no member writes at most 2"):
        say(eve, made)
    say(grace, made)
    with pytest.raises(QuotaReached, match="those who are no members"):
        say(grace, made)
    with works.begin() as work:
        facts = {"universe_id": made.id, "created_at": work.now, "role": "viewer"}
        work.session.add(Member(user_id=grace.user_id, **facts))
    for who in (ada, grace, ada):
        say(who, made)
    with pytest.raises(QuotaReached, match="at most 6"):
        say(ada, made)


def test_talking_is_bounded(works, open_to_all, say):
    ada, eve, made = open_to_all
    object.__setattr__(works.tools.limits, "comments_per_universe", 1)
    say(ada, made)

    with pytest.raises(QuotaReached):
        say(eve, made)
