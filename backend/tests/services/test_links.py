from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from app.errors import Conflict, Forbidden, InputError, NotFound, QuotaReached, Unauthenticated
from app.models import Guest, ShareLink
from app.services import history, links, pushing, universes
from app.utils import clock

PLAIN = {"role": "editor", "label": "", "guests": False, "expires_in_s": None, "uses_max": None}
SEATS = PLAIN | {"role": "performer", "guests": True, "expires_in_s": 600}


@pytest.fixture
def link(do):
    def made(owner, universe, **facts):
        return do(links.create, owner, universe.id, **PLAIN | facts)

    return made


def as_guest(works, seat):
    """Read a universe's role as whoever has a guest's token, as a door would."""
    claim = works.tools.tokens.credentials(seat.token)
    return works.run(lambda work: universes.read(work, seat.universe_id).role, claim, write=False)


@pytest.mark.databases
def test_a_secret_is_told_once_and_only_its_hash_is_kept(works, do, caller, universe, link):
    ada = caller()
    made = universe(ada)

    view = link(ada, made, label="choir")
    listed = do(links.listing, ada, made.id, cursor=None, limit=9).items

    assert view.token
    assert view.token not in repr(view)
    assert [(one.label, one.token, one.live) for one in listed] == [("choir", None, True)]
    with works.begin() as work:
        assert work.session.scalar(select(ShareLink.hash)) != view.token


@pytest.mark.databases
def test_who_has_the_link_joins_with_an_account_once(do, caller, universe, link):
    ada, eve = caller("ada"), caller("eve")
    made = universe(ada)
    secret = link(ada, made, uses_max=1).token

    seen = do(links.look, eve, secret)
    for _ in range(2):
        assert do(links.join, eve, secret) == made.id

    assert (seen.title, seen.role, seen.owner.display_name) == ("Untitled", "editor", "ada")
    assert do(universes.read, eve, made.id).role == "editor"
    with pytest.raises(Conflict, match="as often"):
        do(links.join, caller("bob"), secret)
    with pytest.raises(Unauthenticated):
        do(links.join, None, secret)


@pytest.mark.databases
def test_a_link_lifts_a_member_and_never_lowers_one(do, caller, universe, link):
    ada, eve = caller("ada"), caller("eve")
    made = universe(ada)
    found = []
    for role in ("viewer", "editor", "performer"):
        do(links.join, eve, link(ada, made, role=role).token)
        found.append(do(universes.read, eve, made.id).role)
    do(links.join, ada, link(ada, made).token)

    assert found == ["viewer", "editor", "editor"]
    assert do(universes.read, ada, made.id).role == "owner"


@pytest.mark.databases
def test_a_guest_has_a_seat_until_the_link_is_revoked(works, do, caller, universe, link):
    ada = caller()
    made = universe(ada)
    view = link(ada, made, **SEATS)

    seat = do(links.enter, None, view.token, name="Kepler")
    before = as_guest(works, seat)
    do(links.revoke, ada, made.id, view.id)

    assert (before, seat.role, seat.name) == ("performer", "performer", "Kepler")
    with pytest.raises(Unauthenticated) as ended:
        as_guest(works, seat)
    assert ended.value.code == "link_ended"
    for act in (links.look, links.join):
        with pytest.raises(NotFound):
            do(act, ada, view.token)
    with works.begin() as work:
        assert work.session.scalar(select(func.count()).select_from(Guest)) == 0


@pytest.mark.databases
def test_a_guest_has_a_seat_until_the_link_expires(works, do, caller, universe, link, monkeypatch):
    ada = caller()
    seat = do(links.enter, None, link(ada, universe(ada), **SEATS).token, name="Kepler")
    later = clock.now() + timedelta(seconds=601)
    assert as_guest(works, seat) == "performer"

    monkeypatch.setattr(clock, "now", lambda: later)

    with pytest.raises(Unauthenticated):
        as_guest(works, seat)


@pytest.mark.databases
def test_a_seat_counts_nowhere_else_and_for_nothing_more(works, do, caller, universe, link):
    ada = caller()
    made, other = universe(ada), universe(ada)
    seat = do(links.enter, None, link(ada, made, **SEATS).token, name="Kepler")
    claim = works.tools.tokens.credentials(seat.token)

    with pytest.raises(NotFound):
        works.run(lambda work: universes.read(work, other.id), claim)
    with pytest.raises(Forbidden):
        works.run(lambda work: universes.edit(work, made.id, {"seed": 1}), claim)
    with pytest.raises(Forbidden):
        works.run(lambda work: universes.create(work), claim)


@pytest.mark.parametrize("wrong", [{"role": "editor"}, {"expires_in_s": None}])
def test_seats_without_an_account_edit_nothing_and_expire(caller, universe, link, wrong):
    ada = caller()
    with pytest.raises(InputError) as refused:
        link(ada, universe(ada), **SEATS | wrong)

    assert refused.value.code == "guest_link"


def test_a_link_for_accounts_seats_no_guest(do, caller, universe, link):
    ada = caller()
    with pytest.raises(Unauthenticated):
        do(links.enter, None, link(ada, universe(ada)).token, name="x")


def test_a_link_is_revoked_through_its_own_universe_only(do, caller, universe, link):
    ada = caller()
    made, other = universe(ada), universe(ada)
    view = link(ada, made)

    with pytest.raises(NotFound):
        do(links.revoke, ada, other.id, view.id)
    do(links.revoke, ada, made.id, view.id)
    do(links.revoke, ada, made.id, view.id)

    assert not do(links.listing, ada, made.id, cursor=None, limit=1).items[0].live


def test_links_are_bounded(works, caller, universe, link):
    ada = caller()
    made = universe(ada)
    object.__setattr__(works.tools.limits, "links_per_universe", 1)
    link(ada, made)

    with pytest.raises(QuotaReached):
        link(ada, made)


@pytest.mark.parametrize("secret", ["x", "é" * 43, "a" * 42, "a" * 44, "a" * 43])
def test_a_secret_that_is_none_opens_nothing(do, caller, secret):
    ada = caller()
    for act in (links.look, links.join):
        with pytest.raises(NotFound) as none:
            do(act, ada, secret)
        assert none.value.code == "link_ended"


@pytest.mark.databases
def test_what_a_guest_did_keeps_the_name_they_had(works, do, caller, universe, link):
    ada = caller()
    made = universe(ada, document={"bodies": {"a": {"position": [0, 1, 0]}}})
    shared = do(links.create, ada, made.id, **SEATS)
    seat = works.run(lambda work: links.enter(work, shared.token, name="Kepler"))
    claim = works.tools.tokens.credentials(seat.token)
    push = {"a": {"velocity": [0, 1, 0]}}
    works.run(lambda work: pushing.push(work, made.id, push), claim)
    do(links.revoke, ada, made.id, shared.id)
    works.run(lambda work: work.session.execute(delete(Guest)))

    told = do(history.page, ada, made.id, cursor=None, limit=9).items
    missed = do(history.since, ada, made.id, 0)

    for events in (told, missed):
        (event,) = (one for one in events if one.kind == "journal")
        assert (event.actor.kind, event.actor.display_name) == ("guest", "Kepler")
