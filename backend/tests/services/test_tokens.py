from datetime import UTC, datetime, timedelta
from uuid import uuid4

import jwt
import pytest

from app.errors import Unauthenticated
from app.services import tokens as module
from app.services.tokens import Tokens
from app.utils import clock

tokens = Tokens(b"k" * 40)
WHO = {"user_id": uuid4(), "session_id": uuid4(), "version": 3}


def test_a_token_says_who_for_a_quarter_of_an_hour_and_nothing_of_rights():
    token = tokens.access(**WHO, now=clock.now())

    claims = tokens.read(token)

    assert (claims.user_id, claims.session_id, claims.version) == tuple(WHO.values())
    assert 880 < claims.expires_at - clock.now().timestamp() <= 900
    assert set(jwt.decode(token, options={"verify_signature": False})) == {
        *("iss", "aud", "sub", "sid", "ver", "iat", "nbf", "exp")
    }


@pytest.mark.parametrize("moment", [timedelta(seconds=-901), timedelta(seconds=60)])
def test_a_token_counts_neither_before_nor_after_its_time(moment):
    with pytest.raises(Unauthenticated):
        tokens.read(tokens.access(**WHO, now=clock.now() + moment))


def test_a_token_that_is_known_counts_no_longer_than_one_that_is_not(monkeypatch):
    tokens, begun = Tokens(b"k" * 32), clock.now()
    token = tokens.access(**WHO, now=begun)
    assert tokens.read(token) is tokens.read(token)

    monkeypatch.setattr(clock, "now", lambda: begun + timedelta(seconds=901))
    asked = []  # PyJWT, which would refuse it, has a clock of its own
    monkeypatch.setattr(tokens, "_verified", asked.append)
    tokens.read(token)
    assert asked == [token]


def test_what_is_known_is_bounded(monkeypatch):
    monkeypatch.setattr(module, "KNOWN_MAX", 3)
    tokens = Tokens(b"k" * 32)
    for _ in range(10):
        tokens.read(tokens.access(**WHO | {"session_id": uuid4()}, now=clock.now()))

    assert len(tokens._known) <= 3


def test_another_key_reads_nothing():
    with pytest.raises(Unauthenticated):
        Tokens(b"x" * 40).read(tokens.access(**WHO, now=clock.now()))


@pytest.mark.parametrize("value", [1e999, "soon", None, [1], -1])
def test_an_expiry_that_is_no_time_is_refused(value):
    payload = jwt.decode(
        tokens.access(**WHO, now=datetime.now(UTC)), options={"verify_signature": False}
    )
    token = jwt.encode(payload | {"exp": value}, tokens._access_key, headers={"typ": "at+jwt"})

    with pytest.raises(Unauthenticated):
        tokens.read(token)


def test_a_refresh_token_has_256_bits_and_one_successor():
    first, other = tokens.refresh(), tokens.refresh()

    assert first != other
    assert len(first) == len(tokens.successor(first)) == 43
    assert tokens.successor(first) == tokens.successor(first) != tokens.successor(other)
    assert Tokens(b"x" * 40).successor(first) != tokens.successor(first)


def test_only_the_hash_of_a_refresh_token_is_kept():
    token = tokens.refresh()

    assert len(tokens.fingerprint(token)) == 64
    assert token not in tokens.fingerprint(token)


@pytest.mark.parametrize("token", ["", "x" * 42, "x" * 44, "é" * 43, "a b" + "x" * 40])
def test_what_has_another_form_is_no_refresh_token(token):
    with pytest.raises(Unauthenticated):
        tokens.fingerprint(token)
