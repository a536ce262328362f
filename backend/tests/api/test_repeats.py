"""Requests sent again under an idempotency key, over HTTP."""

from concurrent.futures import ThreadPoolExecutor

import pytest

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
