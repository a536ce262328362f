import pytest
from sqlalchemy import func, select

from app.errors import Conflict, Forbidden, InputError, Unauthenticated
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
from app.services import accounts, farewell, history, keys, profiles, universes
from app.services.signins import Device
from app.services.views import EventView, SessionsEnded, UniverseGone
from app.services.work import Caller

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


@pytest.mark.databases
def test_the_heir_gets_the_universes_with_their_history(works, universe):
    ada, eve = register(works, "ada"), register(works, "eve")
    own = [universe(ada).id for _ in range(3)]
    with works.begin() as work:
        member = Member(universe_id=own[0], user_id=eve.user_id, role="editor", created_at=work.now)
        work.session.add(member)
    heard = []
    works.listen(heard.append)

    leave(works, ada, heir="eve")

    for universe_id in own:
        view = works.run(lambda work, one=universe_id: universes.read(work, one), eve)
        assert (view.owner.id, view.role) == (eve.user_id, "owner")
        last = works.run(lambda work, one=universe_id: history.since(work, one, 1), eve)[-1]
        assert (last.kind, last.data["act"]) == ("access", "inherited")
        assert last.actor.id is None
    assert count(works, Member) == 0
    assert len([news for news in heard if isinstance(news, EventView)]) == 3


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


def test_an_heir_with_too_much_already_gets_nothing(works, universe, monkeypatch):
    ada, eve = register(works, "ada"), register(works, "eve")
    universe(ada)
    most = works.tools.limits.universes_per_user
    monkeypatch.setattr(farewell.universes, "count_own", lambda *_: most)

    with pytest.raises(Conflict) as refused:
        leave(works, ada, heir="eve")
    assert refused.value.code == "heir_full"
    assert works.run(profiles.me, eve)


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
