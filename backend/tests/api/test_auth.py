from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from app.utils import clock

STUDIO = {"X-Mundi-Client": "studio"}
ADA = {"email": "ada@example.org", "password": "correct horse battery"}


def refreshed(client, token, **more):
    return client.post("/api/v1/auth/refresh", json={"refresh_token": token}, **more)


@pytest.mark.databases
def test_registering_signs_in_and_one_can_sign_in_again(client):
    made = client.post("/api/v1/auth/register", json=ADA | {"display_name": "Ada"})
    again = client.post("/api/v1/auth/login", json=ADA)

    assert (made.status_code, again.status_code) == (201, 200)
    assert made.json["user"]["display_name"] == "Ada"
    assert made.json["token_type"] == "Bearer"
    assert "password" not in made.text


@pytest.mark.databases
def test_an_address_is_taken_whatever_its_case(client):
    client.post("/api/v1/auth/register", json=ADA)
    again = client.post("/api/v1/auth/register", json=ADA | {"email": "ADA@Example.org"})

    assert (again.status_code, again.json["code"]) == (409, "email_taken")


def test_one_address_registered_by_many_at_once_is_one_account(app):
    def register(_):
        return app.test_client().post("/api/v1/auth/register", json=ADA).status_code

    with ThreadPoolExecutor(4) as pool:
        found = sorted(pool.map(register, range(4)))

    assert found == [201, 409, 409, 409]


@pytest.mark.parametrize(
    "email", ["ada", "@b", "a@", "a b@c", "a@b@c", "a\u202e@b.c", "x" * 65 + "@b.c"]
)
def test_what_is_no_address_is_refused(client, email):
    assert client.post("/api/v1/auth/register", json=ADA | {"email": email}).status_code == 422


@pytest.mark.parametrize(
    "password", ["short", "password", "Password1", "x" * 129, "ada@example.org"]
)
def test_a_weak_or_endless_password_is_refused(client, password):
    body = ADA | {"password": password}

    assert client.post("/api/v1/auth/register", json=body).status_code == 422


def test_passwords_that_differ_in_the_73rd_byte_differ(client):
    client.post("/api/v1/auth/register", json=ADA | {"password": "x" * 72 + "a"})

    other = client.post("/api/v1/auth/login", json=ADA | {"password": "x" * 72 + "b"})

    assert other.status_code == 401


def test_a_wrong_password_and_an_unknown_address_are_told_alike(client):
    client.post("/api/v1/auth/register", json=ADA)

    wrong = client.post("/api/v1/auth/login", json=ADA | {"password": "not it at all"})
    nobody = client.post("/api/v1/auth/login", json=ADA | {"email": "eve@example.org"})

    assert wrong.status_code == nobody.status_code == 401
    assert wrong.json | {"request_id": ""} == nobody.json | {"request_id": ""}


def test_guessing_is_slowed_down_for_the_guesser_and_not_for_the_owner(app):
    app.test_client().post("/api/v1/auth/register", json=ADA)
    guesser = {"environ_overrides": {"REMOTE_ADDR": "203.0.113.9"}}
    spoofed = {"headers": {"X-Forwarded-For": "198.51.100.7"}} | guesser
    wrong = ADA | {"password": "not it at all"}
    client = app.test_client()
    for _ in range(10):
        assert client.post("/api/v1/auth/login", json=wrong, **guesser).status_code == 401

    refused = client.post("/api/v1/auth/login", json=ADA | {"email": "ADA@example.org"}, **spoofed)
    owner = client.post("/api/v1/auth/login", json=ADA)

    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert owner.status_code == 200


@pytest.mark.databases
def test_a_refresh_token_works_once_and_its_reuse_ends_the_family(client):
    first = client.post("/api/v1/auth/register", json=ADA).json
    second = refreshed(client, first["refresh_token"]).json

    reused = refreshed(client, first["refresh_token"])
    after = refreshed(client, second["refresh_token"])
    headers = {"Authorization": f"Bearer {second['access_token']}"}

    assert (reused.status_code, reused.json["code"]) == (401, "token_reused")
    assert (after.status_code, after.json["code"]) == (401, "session_ended")
    assert client.get("/api/v1/auth/me", headers=headers).json["code"] == "session_ended"


@pytest.mark.databases
def test_twenty_refreshes_at_once_give_at_most_one_successor(app):
    token = app.test_client().post("/api/v1/auth/register", json=ADA).json["refresh_token"]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: refreshed(app.test_client(), token), range(20)))
    given = {reply.json["refresh_token"] for reply in found if reply.status_code == 200}

    assert len(given) <= 1
    assert {reply.status_code for reply in found} <= {200, 401}


def test_two_tabs_that_refresh_together_are_given_the_same_successor(app):
    browser = app.test_client()
    browser.post("/api/v1/auth/register", json=ADA, headers=STUDIO)
    cookie = browser.get_cookie("mundi_refresh", path="/api/v1/auth").value

    def tab():
        other = app.test_client()
        other.set_cookie("mundi_refresh", cookie, path="/api/v1/auth")
        reply = other.post("/api/v1/auth/refresh", headers=STUDIO)
        assert reply.status_code == 200, reply.text
        return other.get_cookie("mundi_refresh", path="/api/v1/auth").value

    assert tab() == tab() != cookie


def test_a_browser_gets_its_refresh_token_in_a_cookie_no_script_can_read(client):
    reply = client.post("/api/v1/auth/register", json=ADA, headers=STUDIO)
    cookie = reply.headers["Set-Cookie"]

    assert "refresh_token" not in reply.json
    assert all(word in cookie for word in ("HttpOnly", "SameSite=Strict", "Path=/api/v1/auth"))
    assert reply.headers["Cache-Control"] == "no-store"


def test_the_cookie_counts_only_with_the_header_no_form_can_send(client):
    client.post("/api/v1/auth/register", json=ADA, headers=STUDIO)

    assert client.post("/api/v1/auth/refresh").status_code == 401


def test_a_page_of_another_origin_may_not_use_the_cookie(client):
    client.post("/api/v1/auth/register", json=ADA, headers=STUDIO)
    evil = STUDIO | {"Origin": "http://localhost.evil.example"}

    reply = client.post("/api/v1/auth/refresh", headers=evil)
    own = client.post("/api/v1/auth/refresh", headers=STUDIO | {"Origin": "http://localhost"})

    assert (reply.status_code, reply.json["code"]) == (403, "wrong_origin")
    assert own.status_code == 200


@pytest.mark.databases
def test_signing_out_ends_both_tokens_at_once(person):
    ada = person()

    done = ada("POST", "auth/logout")

    assert done.status_code == 204
    assert ada("GET", "auth/me").status_code == 401
    assert refreshed(ada.client, ada.refresh_token).status_code == 401


def test_signing_out_with_the_refresh_token_alone_works_too(person, app):
    ada = person()

    body = {"refresh_token": ada.refresh_token}
    done = app.test_client().post("/api/v1/auth/logout", json=body)

    assert done.status_code == 204
    assert ada("GET", "auth/me").status_code == 401


def test_a_profile_is_read_and_changed_by_its_owner(person):
    ada = person()

    changed = ada("PATCH", "auth/me", json={"display_name": "Countess"})

    assert changed.status_code == 200
    assert ada("GET", "auth/me").json["display_name"] == "Countess"
    assert ada("PATCH", "auth/me", json={"id": ada.id}).status_code == 422
    assert ada("PATCH", "auth/me", json={"display_name": None}).status_code == 422


def test_a_sign_in_ends_after_two_idle_weeks(client, monkeypatch):
    token = client.post("/api/v1/auth/register", json=ADA).json["refresh_token"]
    later = clock.now() + timedelta(days=15)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert refreshed(client, token).json["code"] == "invalid_token"
