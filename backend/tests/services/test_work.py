from concurrent.futures import ThreadPoolExecutor

import pytest

from app.errors import Conflict, NotFound, Unauthenticated, Unavailable
from app.models import User
from app.models.trouble import Again
from app.services.work import GUEST, SYSTEM, Caller


@pytest.fixture
def heard(works):
    news = []
    works.listen(news.append)
    return news


def test_what_is_announced_is_told_after_the_commit_in_order(works, heard):
    with works.begin() as work:
        work.announce("one")
        work.announce("two")
        assert heard == []

    assert heard == ["one", "two"]


def test_what_was_rolled_back_is_told_to_nobody(works, heard):
    def fail(work):
        work.session.add(User(email="a", email_canonical="a", display_name="a", token_version=0))
        work.session.flush()
        work.announce("never")
        raise NotFound("gone")

    with pytest.raises(NotFound):
        works.run(fail)

    with works.begin() as work:
        assert work.session.query(User).count() == 0
    assert heard == []


def test_what_was_released_before_an_error_is_committed_and_told(works, heard):
    def half(work):
        work.announce("done")
        work.release()
        work.announce("not done")
        raise NotFound("gone")

    with pytest.raises(NotFound):
        works.run(half)

    assert heard == ["done"]


def test_a_guest_is_nobody_and_is_asked_to_sign_in(works):
    with works.begin() as work:
        assert work.caller == GUEST
        with pytest.raises(Unauthenticated):
            _ = work.caller.required_id
    with works.begin(SYSTEM) as work:
        assert work.caller.kind == "system"


def test_claims_count_only_while_their_sign_in_lasts(works, person):
    ada = person()
    claims = works.tools.tokens.read(ada.token)

    with works.begin(claims) as work:
        assert work.caller == Caller("user", claims.user_id, claims.session_id, "ada")
    ada("POST", "auth/logout")
    with works.begin(claims) as work, pytest.raises(Unauthenticated, match="has ended"):
        _ = work.caller


def test_raising_the_token_version_ends_every_session(works, person):
    ada = person()
    claims = works.tools.tokens.read(ada.token)
    with works.begin() as work:
        work.session.get(User, claims.user_id).token_version += 1

    assert ada("GET", "auth/me").status_code == 401


@pytest.mark.databases
def test_an_act_that_collides_is_done_again_and_then_sees_the_other(works):
    def register(_):
        def act(work):
            known = work.session.query(User).filter_by(email_canonical="a").one_or_none()
            if known:
                raise Conflict("taken", code="email_taken")
            user = User(email="a", email_canonical="a", display_name="a", token_version=0)
            work.session.add(user)
            work.session.flush()

        try:
            works.run(act)
        except Conflict as fault:
            return fault.code
        return "made"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(register, range(4))) == ["email_taken"] * 3 + ["made"]


def test_an_act_is_tried_five_times_when_the_database_asks_for_it(works):
    tries = []

    def act(_work):
        tries.append(1)
        raise Again("deadlock")

    with pytest.raises(Unavailable):
        works.run(act)

    assert len(tries) == 5
