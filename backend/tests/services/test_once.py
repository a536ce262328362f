from uuid import uuid4

import pytest

from app.errors import InputError, Unauthenticated
from app.services.once import once
from app.services.work import GUEST


def asked(works, who, key, request="r", route="copy"):
    return works.run(lambda work: once(work, route, key, request, uuid4), who)


@pytest.mark.databases
def test_the_same_request_under_the_same_key_has_the_same_result(works, caller):
    ada = caller()

    assert asked(works, ada, "k") == asked(works, ada, "k")
    assert asked(works, ada, "k") != asked(works, ada, "other")


def test_a_key_belongs_to_its_user_and_route(works, caller):
    ada, eve = caller("ada"), caller("eve")

    assert (
        len({asked(works, ada, "k"), asked(works, eve, "k"), asked(works, ada, "k", route="x")})
        == 3
    )


def test_a_key_that_came_with_another_request_is_refused(works, caller):
    ada = caller()
    asked(works, ada, "k", {"ticks": 1})

    with pytest.raises(InputError) as refused:
        asked(works, ada, "k", {"ticks": 2})
    assert refused.value.code == "idempotency_key_reused"


def test_without_a_key_each_request_counts(works, caller):
    ada = caller()

    assert asked(works, ada, None) != asked(works, ada, None)


@pytest.mark.parametrize("key", ["", "x" * 256, "é", "a\nb", "a b", "\x00"])
def test_a_key_is_visible_ascii(works, caller, key):
    with pytest.raises(InputError, match="visible ASCII"):
        asked(works, caller(), key)


def test_guests_have_no_keys(works):
    with pytest.raises(Unauthenticated):
        asked(works, GUEST, "k")
