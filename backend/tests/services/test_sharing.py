import pytest

from app.crud import universes as rows
from app.errors import Conflict, Forbidden, InputError, NotFound, QuotaReached
from app.services import access, sharing, universes
from app.services.work import GUEST


def asked(do, universe, owner, name="eve", role="editor"):
    return do(sharing.invite, owner, universe.id, handle=name, role=role)


def role_of(works, universe, who):
    return works.run(lambda work: access.role(rows.find(work.session, universe.id), who))


def told(works, universe):
    from app.crud import events

    with works.begin() as work:
        found = events.list_since(work.session, universe.id, rev=0, limit=100)
        return [event.data for event in found if event.kind == "access"]


@pytest.mark.databases
def test_who_is_asked_is_a_member_once_they_accept_and_not_before(works, do, known, universe):
    ada, eve = known("ada"), known("eve")
    made = universe(ada)

    view = asked(do, made, ada, "@EVE")
    before = role_of(works, made, eve)
    offer = do(sharing.invitations, eve, cursor=None, limit=9).items
    do(sharing.accept, eve, made.id)

    assert (view.role, view.offered, view.user.handle) == (None, "editor", "eve")
    assert before is None
    assert [(one.universe_id, one.role, one.title) for one in offer] == [
        (made.id, "editor", "Untitled")
    ]
    assert role_of(works, made, eve) == "editor"
    assert do(sharing.invitations, eve, cursor=None, limit=9).items == ()
    with pytest.raises(NotFound):
        do(sharing.accept, eve, made.id)


@pytest.mark.databases
def test_who_declines_is_none_and_can_be_asked_again(works, do, known, universe):
    ada, eve = known("ada"), known("eve")
    made = universe(ada)
    asked(do, made, ada)

    do(sharing.decline, eve, made.id)

    assert role_of(works, made, eve) is None
    with pytest.raises(NotFound):
        do(sharing.accept, eve, made.id)
    assert asked(do, made, ada, role="viewer").offered == "viewer"


@pytest.mark.databases
def test_roles_change_and_end_at_once_and_each_change_is_an_event(works, do, known, universe):
    ada, eve = known("ada"), known("eve")
    made = universe(ada)
    asked(do, made, ada)
    do(sharing.accept, eve, made.id)
    seen = [role_of(works, made, eve)]
    for role in ("performer", "viewer"):
        do(sharing.change, ada, made.id, eve.user_id, role=role)
        seen.append(role_of(works, made, eve))
    do(sharing.remove, ada, made.id, eve.user_id)
    seen.append(role_of(works, made, eve))

    assert seen == ["editor", "performer", "viewer", None]
    acts = [data.split('"act":"')[1].split('"')[0] for data in told(works, made)]
    assert acts == ["invited", "accepted", "changed", "changed", "removed"]
    with pytest.raises(NotFound):
        do(universes.read, eve, made.id)


@pytest.mark.databases
def test_a_member_leaves_and_the_last_owner_cannot(works, do, known, universe):
    ada, eve = known("ada"), known("eve")
    made = universe(ada)
    asked(do, made, ada)
    do(sharing.accept, eve, made.id)

    do(sharing.remove, eve, made.id, eve.user_id)
    with pytest.raises(Conflict, match="last owner") as last:
        do(sharing.remove, ada, made.id, ada.user_id)

    assert last.value.code == "last_owner"
    assert role_of(works, made, eve) is None
    assert role_of(works, made, ada) == "owner"


@pytest.mark.databases
def test_a_universe_changes_hands_when_the_new_owner_accepts(works, do, known, universe):
    ada, eve, bob = known("ada"), known("eve"), known("bob")
    made = universe(ada)

    do(sharing.offer, ada, made.id, handle="bob")
    do(sharing.offer, ada, made.id, handle="eve")  # one heir at a time
    with pytest.raises(NotFound):
        do(sharing.accept, bob, made.id)
    meanwhile = role_of(works, made, eve)
    do(sharing.accept, eve, made.id)

    assert meanwhile is None
    assert role_of(works, made, eve) == "owner"
    assert role_of(works, made, ada) == "editor"
    do(sharing.remove, ada, made.id, ada.user_id)  # who has given it away may leave
    assert role_of(works, made, ada) is None


@pytest.mark.databases
def test_an_offer_taken_back_can_no_longer_be_accepted_and_a_member_stays_one(
    works, do, known, universe
):
    ada, eve = known("ada"), known("eve")
    made = universe(ada)
    asked(do, made, ada)
    do(sharing.accept, eve, made.id)
    do(sharing.offer, ada, made.id, handle="eve")

    do(sharing.withdraw, ada, made.id)

    assert role_of(works, made, eve) == "editor"
    with pytest.raises(NotFound):
        do(sharing.accept, eve, made.id)
    do(sharing.withdraw, ada, made.id)  # nothing is offered: so it is, and so it was asked to be


def test_who_has_all_the_universes_there_may_be_takes_no_other(works, do, known, universe):
    ada, eve = known("ada"), known("eve")
    made = universe(ada)
    do(sharing.offer, ada, made.id, handle="eve")
    object.__setattr__(works.tools.limits, "universes_per_user", 0)

    with pytest.raises(QuotaReached):
        do(sharing.accept, eve, made.id)

    assert role_of(works, made, ada) == "owner"


def test_nobody_is_asked_twice_and_nobody_unknown(works, do, known, universe):
    ada, _eve = known("ada"), known("eve")
    made = universe(ada)
    asked(do, made, ada)
    do(sharing.accept, _eve, made.id)

    with pytest.raises(Conflict):
        asked(do, made, ada)
    with pytest.raises(Conflict):
        asked(do, made, ada, "ada")
    with pytest.raises(InputError, match="nobody has the handle") as unknown:
        asked(do, made, ada, "nobody")
    assert unknown.value.code == "unknown_handle"


def test_members_are_bounded(works, do, known, universe):
    ada, _ = known("ada"), known("eve")
    made = universe(ada)
    object.__setattr__(works.tools.limits, "members_per_universe", 0)

    with pytest.raises(QuotaReached):
        asked(do, made, ada)


@pytest.mark.databases
def test_the_list_is_for_members_and_only_the_owner_sees_who_was_asked(do, known, universe):
    ada, eve, bob = known("ada"), known("eve"), known("bob")
    made = universe(ada, visibility="public")
    asked(do, made, ada)
    do(sharing.accept, eve, made.id)
    asked(do, made, ada, "bob")

    def listed(who):
        page = do(sharing.listing, who, made.id, cursor=None, limit=50)
        return sorted((one.user.handle, one.role, one.offered) for one in page.items)

    assert listed(ada) == [("bob", None, "editor"), ("eve", "editor", None)]
    assert listed(eve) == [("eve", "editor", None)]
    for stranger in (bob, GUEST):
        with pytest.raises(Forbidden):
            listed(stranger)


@pytest.mark.databases
def test_the_list_has_pages(do, known, universe):
    ada = known("ada")
    made = universe(ada)
    for name in ("eve", "bob", "joe"):
        known(name)
        asked(do, made, ada, name)

    first = do(sharing.listing, ada, made.id, cursor=None, limit=2)
    second = do(sharing.listing, ada, made.id, cursor=first.next_cursor, limit=2)

    names = [one.user.handle for one in (*first.items, *second.items)]
    assert sorted(names) == ["bob", "eve", "joe"]
    assert second.next_cursor is None
