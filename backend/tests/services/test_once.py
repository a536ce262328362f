from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest

from app.errors import Conflict, InputError, Unauthenticated
from app.models import IdempotencyKey
from app.services import universes
from app.services.once import Answer, once
from app.services.work import GUEST, SYSTEM, Works
from app.utils.vault import Vault


def fresh():
    return Answer(201, {"Location": "/there"}, uuid4().bytes)


def asked(works, who, key, request=b"r", route="copy", make=fresh):
    return works.run(lambda work: once(work, route, key, request, make), who)


@pytest.mark.databases
def test_the_same_request_under_the_same_key_has_the_same_answer(works, caller):
    ada = caller()

    first = asked(works, ada, "k")

    assert asked(works, ada, "k") == replace(first, replayed=True)
    assert not first.replayed
    assert asked(works, ada, "other") != first


def test_a_key_belongs_to_its_user_and_route(works, caller):
    ada, eve = caller("ada"), caller("eve")

    answers = [asked(works, ada, "k"), asked(works, eve, "k"), asked(works, ada, "k", route="x")]

    assert len({one.body for one in answers}) == 3


def test_a_key_that_came_with_another_request_is_refused(works, caller):
    ada = caller()
    asked(works, ada, "k", b"1")

    with pytest.raises(InputError) as refused:
        asked(works, ada, "k", b"2")
    assert refused.value.code == "idempotency_key_reused"


@pytest.mark.databases
def test_what_was_refused_may_be_asked_for_again(works, caller):
    ada = caller()

    def refuse():
        raise Conflict("not now")

    with pytest.raises(Conflict):
        asked(works, ada, "k", make=refuse)
    assert asked(works, ada, "k").replayed is False


@pytest.mark.databases
def test_of_many_at_one_moment_in_several_processes_one_is_done(works, services, caller, settings):
    """Each thread has an engine of its own, as a process would."""
    ada, doors = caller(), [Works(settings.url, works.tools) for _ in range(4)]

    def ask(door):
        def act(work):
            made = universes.create(work, title="Once")
            return Answer(201, {}, str(made.id).encode())

        return door.run(lambda work: once(work, "create", "k", b"r", lambda: act(work)), ada)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, doors * 2))
    for door in doors:
        door.close()

    assert len({one.body for one in answers}) == 1
    assert sum(not one.replayed for one in answers) == 1
    listed = works.run(lambda work: work.session.query(universes.Universe).count(), SYSTEM)
    assert listed == 1


def test_what_is_kept_tells_nothing_and_goes_with_the_servers_secret(works, caller):
    ada = caller()
    asked(works, ada, "k", make=lambda: Answer(201, {}, b"a key shown once"))

    with works.begin(SYSTEM, write=False) as work:
        (kept,) = work.session.query(IdempotencyKey).all()
    works.tools = replace(works.tools, vault=Vault(b"another secret of the server's.."))

    assert b"shown once" not in kept.answer
    with pytest.raises(Conflict) as lost:
        asked(works, ada, "k")
    assert lost.value.code == "idempotency_answer_lost"


@pytest.mark.parametrize("key", ["", "x" * 256, "é", "a\nb", "a b", "\x00"])
def test_a_key_is_visible_ascii(works, caller, key):
    with pytest.raises(InputError, match="visible ASCII"):
        asked(works, caller(), key)


def test_guests_have_no_keys(works):
    with pytest.raises(Unauthenticated):
        asked(works, GUEST, "k")


@pytest.mark.databases
def test_a_visitors_key_belongs_to_the_address_it_came_from(works):
    def ask(address, request=b"r"):
        def act(work):
            return once(work, "enter", "k", request, fresh, visitor=True)

        return works.run(act, address=address)

    first, again, other = (ask(one) for one in ("192.0.2.1", "192.0.2.1", "192.0.2.2"))

    assert first == replace(again, replayed=False)
    assert other.body != first.body
    with pytest.raises(InputError):
        ask("192.0.2.2", b"another")
