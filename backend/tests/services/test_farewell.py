from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.errors import (
    Conflict,
    Forbidden,
    InputError,
    NotFound,
    QuotaReached,
    Unauthenticated,
)
from app.models import (
    APIKey,
    Comment,
    Job,
    Mail,
    Member,
    SignIn,
    Star,
    Universe,
    UniverseEvent,
    User,
)
from app.services import accounts, farewell, history, keys, post, profiles, sharing, universes
from app.services.conditions import at
from app.services.signins import Device
from app.services.views import EventView, SessionsEnded, UniverseGone
from app.services.work import SYSTEM, Caller
from app.utils import clock

PASSWORD = "correct horse battery"


def register(works, name, **profile):
    facts = {"email": f"{name}@example.org", "password": PASSWORD, "display_name": name}
    view = works.run(lambda work: accounts.register(work, **facts, device=Device()))
    claims = works.tools.tokens.read(view.access_token)
    works.run(lambda work: profiles.change(work, {"handle": name}), claims)
    return claims


def leave(works, who, password=PASSWORD, heir=None, delete=False):
    works.run(
        lambda work: farewell.leave(work, password=password, heir=heir, delete_universes=delete),
        who,
    )


def count(works, table):
    with works.begin() as work:
        return work.session.scalar(select(func.count()).select_from(table))


@pytest.mark.databases
def test_all_that_is_ones_own_goes_and_every_way_in_ends(works, universe):
    ada = register(works, "ada")
    made = works.run(
        lambda work: keys.make(work, name="k", scopes=["exports"], expires_at=None), ada
    )
    own = universe(ada)
    heard = []
    works.listen(heard.append)

    leave(works, ada, delete=True)

    for table in (User, SignIn, APIKey, Universe, UniverseEvent):
        assert count(works, table) == 0, table
    assert SessionsEnded(ada.user_id, (ada.session_id,)) in heard
    assert UniverseGone(own.id) in heard
    for credentials in (ada, works.tools.tokens.credentials(made.secret)):
        with pytest.raises(Unauthenticated):
            works.run(profiles.me, credentials)
    assert count(works, Mail) == 1  # the last letter


def left_to_eve(works, universe, count=1, **facts):
    """Let Ada go, who leaves universes to Eve; return Eve and the universes."""
    ada, eve = register(works, "ada"), register(works, "eve")
    own = [universe(ada, **facts).id for _ in range(count)]
    leave(works, ada, heir="eve")
    return eve, own


def read(works, universe_id, who):
    return works.run(lambda work: universes.read(work, universe_id), who)


def answer(works, act, universe_id, who):
    works.run(lambda work: act(work, universe_id), who)


@pytest.mark.databases
def test_an_heir_who_accepts_gets_the_universes_with_their_history(works, universe):
    ada, eve = register(works, "ada"), register(works, "eve")
    own = [universe(ada).id for _ in range(3)]
    with works.begin() as work:
        member = Member(universe_id=own[0], user_id=eve.user_id, role="editor", created_at=work.now)
        work.session.add(member)
    heard = []
    works.listen(heard.append)

    leave(works, ada, heir="eve")

    assert len([news for news in heard if isinstance(news, EventView)]) == 3
    asked = works.run(lambda work: sharing.invitations(work, cursor=None, limit=9), eve).items
    assert {(one.universe_id, one.role, one.owner) for one in asked} == {
        (one, "owner", None) for one in own
    }
    assert read(works, own[0], eve).role == "editor"  # what they were, they are
    for universe_id in own:
        answer(works, sharing.accept, universe_id, eve)
        view = read(works, universe_id, eve)
        assert (view.owner.id, view.role) == (eve.user_id, "owner")
        told = works.run(lambda work, one=universe_id: history.since(work, one, 1), eve)
        assert [one.data["act"] for one in told] == ["bequeathed", "handed_over"]
        assert told[0].actor.id is None
    assert count(works, Member) == 0


@pytest.mark.databases
def test_an_heir_is_told_by_one_letter_in_their_language(works, universe, mailbox):
    eve, grace = (caller_of(works, name) for name in ("eve", "grace"))
    works.run(lambda work: profiles.change(work, {"preferences": {"language": "nl"}}), eve)
    for _ in range(2):
        universe(grace)

    leave(works, grace, heir="eve")
    post.deliver(works)

    told = [one for one in mailbox.letters if one["To"] == "eve@example.org"]
    assert [one["Subject"] for one in told] == ["Iemand heeft je universums nagelaten"]


def caller_of(works, name):
    """Make an account as one is made without a mail server."""
    office = works.tools.post
    works.tools = replace(works.tools, post=replace(office, confirms=False))
    try:
        return register(works, name)
    finally:
        works.tools = replace(works.tools, post=office)


@pytest.mark.databases
def test_what_an_heir_declines_is_deleted_and_the_rest_waits(works, universe):
    eve, (first, second) = left_to_eve(works, universe, 2, visibility="public")
    heard = []
    works.listen(heard.append)

    answer(works, sharing.decline, first, eve)

    assert heard == [UniverseGone(first)]
    with pytest.raises(NotFound):
        read(works, first, eve)
    assert read(works, second, None).owner is None  # others go on as before
    answer(works, sharing.accept, second, eve)
    assert read(works, second, eve).role == "owner"


@pytest.mark.databases
def test_an_heir_who_leaves_takes_what_was_left_to_them_along(works, universe):
    eve, (left,) = left_to_eve(works, universe)
    grace = register(works, "grace")
    own = universe(eve).id

    leave(works, eve, heir="grace")

    with works.begin() as work:
        assert work.session.get(Universe, left) is None
    answer(works, sharing.accept, own, grace)
    assert count(works, Universe) == 1


@pytest.mark.databases
def test_an_heir_with_too_much_hinders_nobody_and_accepts_once_there_is_room(works, universe):
    object.__setattr__(works.tools.limits, "universes_per_user", 1)
    ada, eve = register(works, "ada"), register(works, "eve")
    mine, hers = universe(eve).id, universe(ada).id

    leave(works, ada, heir="eve")

    with pytest.raises(QuotaReached):
        answer(works, sharing.accept, hers, eve)
    works.run(lambda work: universes.delete(work, mine, condition=at(1)), eve)
    answer(works, sharing.accept, hers, eve)
    assert read(works, hers, eve).role == "owner"


@pytest.mark.databases
def test_what_nobody_accepts_in_time_is_deleted_and_nothing_else(works, universe):
    eve, (early, late) = left_to_eve(works, universe, 2)
    grace = register(works, "grace")
    hers, moment = universe(grace).id, clock.now()
    with works.begin() as work:
        member = work.session.get(Member, (early, eve.user_id))
        member.created_at = moment - farewell.OFFERED - timedelta(seconds=1)

    works.run(farewell.lapse, SYSTEM)

    with works.begin() as work:
        assert work.session.get(Universe, early) is None
        kept = {one.id for one in work.session.query(Universe) if one.example is None}
    assert kept == {late, hers}
    assert count(works, Member) == 1


@pytest.mark.databases
def test_what_one_did_for_others_stays_without_a_name(works, universe):
    ada, eve = register(works, "ada"), register(works, "eve")
    hers = universe(eve, visibility="unlisted", link_role="editor").id
    works.run(lambda work: universes.edit(work, hers, {"title": "Better"}), ada)
    with works.begin() as work:
        remark = Comment(universe_id=hers, author_id=ada.user_id, target="universe", text="Lovely")
        work.session.add(remark)
        star = Star(user_id=ada.user_id, universe_id=hers, created_at=work.now)
        work.session.add(star)
        work.session.get(Universe, hers).stars = 1

    leave(works, ada)

    events = works.run(lambda work: history.since(work, hers, 0), eve)
    assert [event.patch["title"] for event in events if event.patch][-1] == "Better"
    assert str(ada.user_id) not in str([event.actor for event in events])
    with works.begin() as work:
        kept = work.session.query(Comment).one()
        assert (kept.text, kept.author_id) == ("Lovely", None)
        assert work.session.get(Universe, hers).stars == 0


def test_the_password_is_asked_again(works, universe):
    ada = register(works, "ada")

    with pytest.raises(Forbidden):
        leave(works, ada, password="not it at all", delete=True)

    assert works.run(profiles.me, ada)


def test_what_becomes_of_universes_has_to_be_said_and_nothing_happens_before(works, universe):
    ada = register(works, "ada")
    universe(ada)

    with pytest.raises(Conflict) as refused:
        leave(works, ada)

    assert refused.value.code == "universes_left"
    assert count(works, Universe) == 1


@pytest.mark.parametrize("heir", ["nobody", "ada", ""])
def test_an_heir_is_somebody_else_who_exists(works, universe, heir):
    ada = register(works, "ada")
    universe(ada)

    with pytest.raises(InputError) as refused:
        leave(works, ada, heir=heir)

    assert refused.value.code == "no_heir"
    assert works.run(profiles.me, ada)


def test_files_of_exports_go_at_once(works, universe):
    ada = register(works, "ada")
    own = universe(ada).id
    path = works.tools.files / "some-file"
    path.write_bytes(b"RIFF")
    with works.begin() as work:
        facts = {"snapshot": "{}", "engine": "1", "price": 1, "state": "done", "file": "some-file"}
        job = Job(kind="wav", owner_id=ada.user_id, universe_id=own, **facts)
        work.session.add(job)

    leave(works, ada, delete=True)

    assert not path.exists()


def test_who_has_left_may_come_again(works):
    leave(works, register(works, "ada"))

    again = register(works, "ada")

    assert works.run(profiles.me, again).handle == "ada"
    assert isinstance(works.run(lambda work: work.caller, again), Caller)
