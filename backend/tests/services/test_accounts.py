import statistics
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.errors import LimitReached, Unauthenticated
from app.models import RefreshToken, User
from app.services import accounts
from app.services.signins import Device

ADA = {"email": "Ada@Example.org", "password": "correct horse battery"}


def register(works, **more):
    facts = ADA | {"display_name": None, "device": Device()} | more
    return works.run(lambda work: accounts.register(work, **facts))


def login(works, **more):
    facts = ADA | {"device": Device()} | more
    return works.run(lambda work: accounts.login(work, **facts))


def test_nothing_that_opens_a_door_is_kept_as_it_is(works):
    view = register(works)

    with works.begin() as work:
        user = work.session.query(User).one()
        token = work.session.query(RefreshToken).one()
    assert user.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert view.refresh_token not in (token.hash, user.password_hash)
    assert (user.email, user.email_canonical) == ("Ada@Example.org", "ada@example.org")


def test_an_unknown_address_takes_as_long_as_a_wrong_password(works):
    register(works)

    def took_s(email):
        began = time.process_time()
        with pytest.raises(Unauthenticated):
            login(works, email=email, password="wrong horse battery")
        return time.process_time() - began

    pairs = [(took_s("ada@example.org"), took_s("eve@example.org")) for _ in range(8)]
    known, unknown = (statistics.median(column) for column in zip(*pairs, strict=True))

    # Without the hash for nobody the unknown address takes a tenth of the time.
    assert 0.5 < unknown / known < 2


def test_a_disabled_account_is_told_as_a_wrong_password(works):
    view = register(works)
    with works.begin() as work:
        work.session.get(User, view.user.id).disabled_at = work.now

    with pytest.raises(Unauthenticated, match="wrong"):
        login(works)


def test_an_outdated_hash_is_made_anew_at_the_next_sign_in(works):
    from argon2 import PasswordHasher

    view = register(works)
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(ADA["password"])
    with works.begin() as work:
        work.session.get(User, view.user.id).password_hash = old

    login(works)

    with works.begin() as work:
        assert "m=19456,t=2,p=1" in work.session.get(User, view.user.id).password_hash


def test_a_burst_of_guesses_gets_no_more_tries_than_one_after_another(works):
    works.run(lambda work: accounts.register(work, **ADA, display_name=None, device=Device()))

    def guess(number):
        wrong = ADA | {"password": f"not it at all {number}"}
        try:
            works.run(
                lambda work: accounts.login(work, **wrong, device=Device()), address="203.0.113.9"
            )
        except (Unauthenticated, LimitReached) as refused:
            return refused.code
        raise AssertionError("a guess was right")

    with ThreadPoolExecutor(16) as pool:
        told = Counter(pool.map(guess, range(32)))

    assert told == {"wrong_credentials": 10, "rate_limited": 22}
