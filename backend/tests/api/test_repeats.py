"""Requests sent again under an idempotency key, over HTTP."""

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from app.models import User, VisitorKey
from app.services import post

ONCE = {"Idempotency-Key": "0f0e8f4e-7c5a-4a57-8f0a-6f1b0c9d2e11"}


@pytest.mark.databases
def test_two_that_come_at_one_moment_make_one_universe(person):
    ada = person()

    def make(_):
        return ada("POST", "universes", json={"title": "Once"}, headers=ONCE)

    with ThreadPoolExecutor(2) as pool:
        first, other = pool.map(make, range(2))

    assert (first.status_code, other.status_code) == (201, 201)
    assert first.data == other.data
    marks = sorted(one.headers.get("Idempotent-Replayed", "") for one in (first, other))
    assert marks == ["", "true"]
    assert [first.headers[name] for name in ("ETag", "Location", "Content-Type")] == [
        other.headers[name] for name in ("ETag", "Location", "Content-Type")
    ]
    assert len(ada("GET", "universes").json["items"]) == 1


@pytest.mark.databases
def test_fifty_requests_under_one_key_are_one_render(person):
    ada = person()
    body = {"universe_id": ada("POST", "universes", json={}).json["id"], "seconds": 1}

    def ask(_):
        return ada("POST", "audio/renders", json=body, headers=ONCE).data

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(ask, range(50)))

    assert len(answers) == 1
    assert len(ada("GET", "audio/renders").json["items"]) == 1


@pytest.mark.databases
def test_a_key_shown_once_is_shown_again_to_who_did_not_hear(person):
    ada = person()
    body = {"name": "a script", "scopes": ["exports"]}

    first, again = (ada("POST", "auth/keys", json=body, headers=ONCE) for _ in range(2))

    assert first.json["secret"] == again.json["secret"]
    assert len(ada("GET", "auth/keys").json["items"]) == 1


def test_how_a_body_is_laid_out_makes_no_difference_and_what_it_says_does(person):
    ada = person()
    json = {"content_type": "application/json", "headers": ONCE}

    first = ada("POST", "universes", data='{"title":"A","visibility":"public"}', **json)
    same = ada("POST", "universes", data='{ "visibility": "public", "title": "A" }', **json)
    other = ada("POST", "universes", data='{"title":"B","visibility":"public"}', **json)

    assert first.data == same.data
    assert (other.status_code, other.json["code"]) == (422, "idempotency_key_reused")


def test_another_query_is_another_request(person):
    ada = person()
    file = {"data": b'{"title": "A"}', "content_type": "application/json", "headers": ONCE}

    first, again = (ada("POST", "universes/import?title=B", **file) for _ in range(2))
    other = ada("POST", "universes/import?title=C", **file)

    assert first.data == again.data
    assert (other.status_code, other.json["code"]) == (422, "idempotency_key_reused")


def test_what_was_refused_is_judged_anew(person):
    ada = person()
    bad = {"document": {"music": {"tempo": -1}}}

    refused, again = (ada("POST", "universes", json=bad, headers=ONCE) for _ in range(2))
    good = ada("POST", "universes", json={}, headers=ONCE)

    assert (refused.status_code, again.status_code, good.status_code) == (422, 422, 201)
    assert "Idempotent-Replayed" not in again.headers


def test_whose_right_has_ended_hears_nothing_again(person):
    ada = person()
    ada("POST", "universes", json={}, headers=ONCE)
    ada("POST", "auth/logout")

    assert ada("POST", "universes", json={}, headers=ONCE).status_code == 401


NEW = {"email": "eve@example.org", "password": "correct horse battery"}


def registered(client, headers=ONCE, **other):
    return client.post("/api/v1/auth/register", json=NEW | other, headers=headers)


def rows(works, table):
    with works.begin() as work:
        return [dict(row) for row in work.session.execute(select(table)).mappings()]


@pytest.mark.databases
def test_who_registers_again_under_one_key_signs_in_anew_to_the_same_account(client, works):
    first, again = registered(client), registered(client)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json["user"]["id"] == again.json["user"]["id"]
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert first.json["refresh_token"] != again.json["refresh_token"]
    for one in (first, again):
        bearer = {"Authorization": f"Bearer {one.json['access_token']}"}
        assert client.get("/api/v1/auth/me", headers=bearer).status_code == 200
    assert len(rows(works, User.__table__)) == 1


@pytest.mark.databases
def test_two_who_register_at_one_moment_under_one_key_are_both_let_in(app, works):
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda _: registered(app.test_client()), range(2)))

    assert [one.status_code for one in both] == [201, 201]
    assert len(rows(works, User.__table__)) == 1


def test_a_registration_heard_again_says_nothing_to_who_lacks_the_password(client):
    made = registered(client).json
    bearer = {"Authorization": f"Bearer {made['access_token']}"}
    wrong = registered(client, password="not it, not at all")
    other = registered(client, email="ada@example.org")
    change = {"current": NEW["password"], "new": "a fresh horse battery"}
    client.post("/api/v1/auth/password", json=change, headers=bearer)
    outdated = registered(client)

    assert {(one.status_code, one.json["code"]) for one in (wrong, other)} == {
        (422, "idempotency_key_reused")
    }
    assert (outdated.status_code, outdated.json["code"]) == (401, "wrong_credentials")
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}  # a key belongs to whom it came from
    taken = client.post("/api/v1/auth/register", json=NEW, headers=ONCE, environ_base=elsewhere)
    assert (taken.status_code, taken.json["code"]) == (409, "email_taken")


def test_no_copy_of_the_database_tells_what_was_answered_or_from_where(client, works):
    told = registered(client).json

    (kept,) = rows(works, VisitorKey.__table__)
    everything = b" ".join(repr(value).encode() for value in kept.values())
    plain = hashlib.sha256(NEW["password"].encode()).hexdigest()
    for secret in (told["access_token"], told["refresh_token"], NEW["password"], plain, "127.0.0"):
        assert secret.encode() not in everything
    opened = works.tools.vault.open(
        f"once visitor {kept['holder']} {kept['route']} {kept['key']}", kept["answer"]
    )
    assert told["access_token"].encode() not in opened


@pytest.mark.databases
def test_a_promise_is_made_once_and_said_again(client, works, mailbox):
    first, again = registered(client), registered(client)
    post.deliver(works)

    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json["sent_to"] == again.json["sent_to"]
    assert 0 <= first.json["expires_in_s"] - again.json["expires_in_s"] < 60
    assert len(mailbox.letters) == 1


def link_of(owner):
    path = f"universes/{owner('POST', 'universes', json={}).json['id']}"
    body = {"role": "viewer", "guests": True, "expires_in_s": 600, "uses_max": 1}
    return path, owner("POST", f"{path}/links", json=body).json


@pytest.mark.databases
def test_a_guest_who_asks_twice_under_one_key_takes_one_seat(person, client):
    ada = person()
    path, link = link_of(ada)
    asked = {"token": link["token"], "name": "Kepler"}

    first, again = (client.post("/api/v1/links/enter", json=asked, headers=ONCE) for _ in range(2))
    other = client.post("/api/v1/links/enter", json=asked | {"name": "Tycho"}, headers=ONCE)
    fresh = client.post("/api/v1/links/enter", json=asked, headers={"Idempotency-Key": "other"})

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json == again.json
    assert (other.status_code, other.json["code"]) == (422, "idempotency_key_reused")
    assert (fresh.status_code, fresh.json["code"]) == (409, "link_used_up")
    ada("DELETE", f"{path}/links/{link['id']}")
    ended = client.post("/api/v1/links/enter", json=asked, headers=ONCE)
    assert (ended.status_code, ended.json["code"]) == (404, "link_ended")
