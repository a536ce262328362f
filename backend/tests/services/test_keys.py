from datetime import timedelta

import pytest

from app.errors import Forbidden, InputError, NotFound, QuotaReached, Unauthenticated, Unavailable
from app.models import APIKey, User
from app.services import keys, profiles
from app.utils import clock


def make(works, who, *scopes, **more):
    facts = {"name": "nightly", "scopes": scopes or ("exports",), "expires_at": None} | more
    return works.run(lambda work: keys.make(work, **facts), who)


def holder(works, secret):
    """Return who a key makes its holder, as the database knows it now."""
    return works.run(lambda work: work.caller, works.tools.tokens.credentials(secret))


@pytest.mark.databases
def test_a_key_is_its_makers_with_the_scopes_it_was_made_for(works, caller):
    ada = caller()
    made = make(works, ada, "exports", "universes:read")

    found = holder(works, made.secret)

    assert (found.kind, found.user_id, found.session_id) == ("key", ada.user_id, None)
    assert found.scopes == {"universes:read", "exports"}
    found.require_scope("exports")
    with pytest.raises(Forbidden) as refused:
        found.require_scope("universes:write")
    assert refused.value.code == "scope_missing"


def test_a_key_is_shown_once_and_kept_as_a_hash(works, caller):
    made = make(works, caller())

    with works.begin() as work:
        kept = work.session.query(APIKey).one()
        assert made.secret not in [str(value) for value in vars(kept).values()]
        assert made.secret.startswith(f"{kept.prefix}_")
    assert made.secret not in repr(made)


@pytest.mark.databases
def test_a_key_that_was_revoked_or_has_expired_or_whose_holder_is_gone_counts_no_more(
    works, caller, monkeypatch
):
    ada, eve = caller("ada"), caller("eve")
    revoked, gone = make(works, ada), make(works, eve)
    short = make(works, ada, expires_at=clock.now() + timedelta(hours=1))
    works.run(lambda work: keys.revoke(work, revoked.key.id), ada)
    with works.begin() as work:
        work.session.delete(work.session.get(User, eve.user_id))
    assert holder(works, short.secret)
    later = clock.now() + timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: later)

    for one in (revoked, gone, short):
        with pytest.raises(Unauthenticated) as refused:
            holder(works, one.secret)
        assert refused.value.code == "invalid_key"


def test_nobody_revokes_the_key_of_somebody_else(works, caller):
    made = make(works, caller("ada"))

    with pytest.raises(NotFound):
        works.run(lambda work: keys.revoke(work, made.key.id), caller("eve"))
    assert holder(works, made.secret)


def test_keys_are_few_and_end_in_the_future(works, caller):
    ada = caller()
    with pytest.raises(InputError):
        make(works, ada, expires_at=clock.now())
    for _ in range(works.tools.limits.keys_per_user):
        make(works, ada)

    with pytest.raises(QuotaReached):
        make(works, ada)
    assert len(works.run(keys.listing, ada)) == works.tools.limits.keys_per_user


def test_use_is_noted_to_the_minute_and_reading_does_not_write_each_time(
    works, caller, monkeypatch
):
    ada = caller()
    made = make(works, ada)
    noted = []
    real = keys.keys.note_use
    monkeypatch.setattr(
        keys.keys, "note_use", lambda *facts: noted.append(facts[1:]) or real(*facts)
    )
    assert works.run(keys.listing, ada)[0].last_used_at is None

    for _ in range(3):
        works.run(profiles.me, works.tools.tokens.credentials(made.secret), write=False)

    assert [one[0] for one in noted] == [made.key.id]
    assert works.run(keys.listing, ada)[0].last_used_at == noted[0][1]


def test_what_cannot_be_noted_does_not_spoil_what_the_key_was_used_for(works, caller, monkeypatch):
    made = make(works, caller())

    def busy(*_):
        raise Unavailable("the database is busy")

    monkeypatch.setattr(keys.keys, "note_use", busy)

    assert holder(works, made.secret).kind == "key"
