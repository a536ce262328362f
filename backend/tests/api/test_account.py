"""Profiles, devices, letters, keys and leaving, as a client meets them."""

import io
import json
import zipfile

import pytest
from makers import png

from app.services import post

ADA = {"email": "ada@example.org", "password": "correct horse battery"}
STUDIO = {"X-Mundi-Client": "studio"}
HANDLES = ["ab", "-ada", "ada-", "Ada", "a" * 33, "a_b", "ädä", "a b", "", 7, ["ada"]]


def told(reply):
    """Return what an answer tells, but for what no two answers share."""
    headers = {name: value for name, value in reply.headers if name != "X-Request-ID"}
    body = reply.json or {}
    return reply.status_code, headers, body | {"request_id": "", "sent_to": ""}


def opening(mailbox, password=ADA["password"]):
    """Return what opens the account of the newest letter."""
    return {"token": mailbox.token("confirm"), "password": password}


@pytest.mark.databases
def test_with_a_mail_server_an_account_opens_by_letter(client, mailbox, works):
    promised = client.post("/api/v1/auth/register", json=ADA, headers=STUDIO)
    before = client.post("/api/v1/auth/login", json=ADA)
    post.deliver(works)
    link = {"token": mailbox.token("confirm"), "password": ADA["password"]}
    opened = client.post("/api/v1/auth/confirm", json=link, headers=STUDIO)
    again = client.post("/api/v1/auth/confirm", json=link)

    assert (promised.status_code, promised.json["sent_to"]) == (202, ADA["email"])
    assert "Set-Cookie" not in promised.headers
    assert before.status_code == 401
    assert (opened.status_code, opened.json["user"]["email_confirmed"]) == (200, True)
    assert "HttpOnly" in opened.headers["Set-Cookie"]
    assert (again.status_code, again.json["code"]) == (422, "invalid_link")
    assert client.post("/api/v1/auth/login", json=ADA).status_code == 200


def test_nothing_that_sends_a_letter_tells_who_has_an_account(client, mailbox, works):
    client.post("/api/v1/auth/register", json=ADA)
    post.deliver(works)
    client.post("/api/v1/auth/confirm", json=opening(mailbox))
    known, unknown = ADA["email"], "eve@example.org"

    for path, body in (
        ("register", {"password": "another horse battery"}),
        ("password/forgotten", {}),
    ):
        answers = [
            told(client.post(f"/api/v1/auth/{path}", json={"email": email, **body}))
            for email in (known, unknown)
        ]
        lengths = [int(headers.pop("Content-Length")) for _, headers, _ in answers]
        assert answers[0] == answers[1]
        assert lengths[0] - lengths[1] == len(known) - len(unknown)
    post.deliver(works)
    assert "account already" in str([letter["Subject"] for letter in mailbox.letters])


@pytest.mark.databases
def test_whose_mailbox_it_is_opens_no_account_that_a_stranger_can_enter(client, mailbox, works):
    """A stranger asks for an account at Ada's address; she follows the letter, and registers."""
    stranger = ADA | {"password": "an attacker's battery"}
    client.post("/api/v1/auth/register", json=stranger)
    post.deliver(works)
    theirs = mailbox.token("confirm")

    tricked = client.post("/api/v1/auth/confirm", json=opening(mailbox))
    client.post("/api/v1/auth/register", json=ADA)
    post.deliver(works)
    opened = client.post("/api/v1/auth/confirm", json=opening(mailbox))
    late = client.post(
        "/api/v1/auth/confirm", json={"token": theirs, "password": stranger["password"]}
    )

    assert (tricked.status_code, tricked.json["code"]) == (403, "wrong_password")
    assert opened.status_code == 200
    assert (late.status_code, late.json["code"]) == (422, "invalid_link")
    assert client.post("/api/v1/auth/login", json=stranger).status_code == 401
    assert client.post("/api/v1/auth/login", json=ADA).status_code == 200


def test_a_wrong_password_leaves_the_letters_link_and_guesses_are_counted(client, mailbox, works):
    client.post("/api/v1/auth/register", json=ADA)
    post.deliver(works)

    def tried(password):
        return client.post("/api/v1/auth/confirm", json=opening(mailbox, password)).status_code

    assert [tried("not it at all") for _ in range(9)] == [403] * 9
    assert tried(ADA["password"]) == 200
    assert [tried("not it at all") for _ in range(2)] == [422] * 2


def test_who_registers_where_an_account_is_does_not_touch_it(client, mailbox, works):
    client.post("/api/v1/auth/register", json=ADA)
    post.deliver(works)
    client.post("/api/v1/auth/confirm", json=opening(mailbox))

    client.post("/api/v1/auth/register", json=ADA | {"password": "an attacker's battery"})
    post.deliver(works)

    assert client.post("/api/v1/auth/login", json=ADA).status_code == 200
    assert "confirm=" not in mailbox.letters[-1].get_content()


def test_letters_to_one_mailbox_are_few_and_the_answer_says_when_to_come_back(client, mailbox):
    body = {"email": "eve@example.org"}
    found = [client.post("/api/v1/auth/password/forgotten", json=body) for _ in range(4)]

    assert [reply.status_code for reply in found] == [202, 202, 202, 429]
    assert 0 < int(found[-1].headers["Retry-After"]) <= 3600


def test_a_link_never_leads_where_a_request_says_it_came_to(client, mailbox, works):
    host = {"Host": "127.0.0.1", "X-Forwarded-Host": "evil.example"}
    client.post("/api/v1/auth/register", json=ADA, headers=host)
    post.deliver(works)

    assert "https://mundi.example/#confirm=" in mailbox.letters[0].get_content()
    assert "evil" not in bytes(mailbox.letters[0]).decode()


def test_devices_are_listed_and_ended(person):
    ada = person()
    other = ada.client.post(
        "/api/v1/auth/login",
        json=ADA,
        headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"},
    ).json["access_token"]
    found = ada("GET", "auth/sessions").json["items"]
    lost = next(one for one in found if not one["current"])

    assert lost["label"] == "Firefox on Linux"
    assert sum(one["current"] for one in found) == 1
    assert ada("DELETE", f"auth/sessions/{lost['id']}").status_code == 204
    headers = {"Authorization": f"Bearer {other}"}
    assert ada.client.get("/api/v1/auth/me", headers=headers).status_code == 401
    assert ada("DELETE", f"auth/sessions/{lost['id']}").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        *({"handle": one} for one in HANDLES),
        {"colour": "red"},
        {"colour": "#FFF"},
        {"bio": "x" * 501},
        {"bio": None},
        {"bio": "turned \u202e round"},
        {"display_name": "two\nlines"},
        {"display_name": " "},
        {"preferences": {"theme": "neon"}},
        {"preferences": {"language": "x"}},
        {"preferences": {"motion": None}},
        {"preferences": None},
        {"email": "eve@example.org"},
        {"email_confirmed": True},
        {"avatar": "/etc/passwd"},
        {"password_hash": "x"},
        {"token_version": 9},
    ],
)
def test_a_profile_takes_what_it_has_in_its_range_and_nothing_else(person, body):
    ada = person()
    before = ada("GET", "auth/me").json

    assert ada("PATCH", "auth/me", json=body).status_code == 422
    assert ada("GET", "auth/me").json == before


def test_a_handle_finds_somebody_without_their_address(person, client):
    ada = person()
    change = {"handle": "ada", "bio": "I tune gases.\nAnd bells.", "colour": "#ffd9a0"}
    assert ada("PATCH", "auth/me", json=change).status_code == 200

    found = client.get("/api/v1/users/ada").json

    assert found["bio"] == change["bio"]
    assert set(found) == {"id", "handle", "display_name", "bio", "colour", "avatar"}
    assert client.get("/api/v1/users/nobody").status_code == 404
    assert ada("PATCH", "auth/me", json={"handle": None, "colour": None}).json["colour"] is None
    assert client.get("/api/v1/users/ada").status_code == 404


def test_a_picture_is_served_small_to_everybody_and_kept_by_caches(person, client):
    ada = person()
    sent = ada("PUT", "auth/me/avatar", data=png(), headers={"Content-Type": "image/png"})
    where = sent.json["avatar"]
    served = client.get(where)
    again = client.get(where, headers={"If-None-Match": served.headers["ETag"]})
    plain = client.get(where.partition("?")[0])

    assert (sent.status_code, served.status_code, again.status_code) == (200, 200, 304)
    assert served.content_type == "image/webp"
    assert served.data.startswith(b"RIFF")
    assert "immutable" in served.headers["Cache-Control"]
    assert plain.headers["Cache-Control"] == "public, no-cache"
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    assert served.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert ada("DELETE", "auth/me/avatar").status_code == 204
    assert client.get(where).status_code == 404
    assert ada("GET", "auth/me").json["avatar"] is None


@pytest.mark.parametrize(
    ("kind", "content", "status", "code"),
    [
        ("image/gif", b"GIF89a", 415, "unsupported_media_type"),
        ("image/svg+xml", b"<svg/>", 415, "unsupported_media_type"),
        ("application/json", b"{}", 415, "unsupported_media_type"),
        ("image/png", b"", 422, "invalid_picture"),
        ("image/png", b"<html>", 422, "invalid_picture"),
        ("image/webp", b"\0" * (1 << 20), 422, "invalid_picture"),
        ("image/jpeg", b"\0" * ((1 << 20) + 1), 413, "too_large"),
    ],
)
def test_what_is_no_picture_is_refused(person, kind, content, status, code):
    ada = person()
    reply = ada("PUT", "auth/me/avatar", data=content, headers={"Content-Type": kind})

    assert (reply.status_code, reply.json["code"]) == (status, code)
    assert ada("GET", "auth/me").json["avatar"] is None


def test_an_archive_of_everything_can_be_taken_along(person):
    ada = person()
    ada("POST", "universes", json={"title": "Mine"})

    reply = ada("GET", "auth/me/export")

    assert (reply.status_code, reply.content_type) == (200, "application/zip")
    assert "attachment" in reply.headers["Content-Disposition"]
    assert reply.headers["Cache-Control"] == "no-store"
    archive = zipfile.ZipFile(io.BytesIO(reply.data))
    assert json.loads(archive.read("account.json"))["profile"]["email"] == ADA["email"]
    assert len([name for name in archive.namelist() if name.startswith("universes/")]) == 1


def test_leaving_takes_the_password_and_a_word_about_the_universes(person, client):
    ada = person()
    ada("POST", "universes", json={})
    body = {"password": ADA["password"]}
    wrong = ada("POST", "auth/me/deletion", json=body | {"password": "x"})
    unsaid = ada("POST", "auth/me/deletion", json=body)
    both = ada("POST", "auth/me/deletion", json=body | {"heir": "eve", "delete_universes": True})
    done = ada("POST", "auth/me/deletion", json=body | {"delete_universes": True})

    assert (wrong.status_code, wrong.json["code"]) == (403, "wrong_password")
    assert (unsaid.status_code, unsaid.json["code"]) == (409, "universes_left")
    assert both.status_code == 422
    assert done.status_code == 204
    assert ada("GET", "auth/me").status_code == 401
    assert client.post("/api/v1/auth/login", json=ADA).status_code == 401


@pytest.mark.databases
def test_letters_come_in_the_language_one_has_chosen(client, works, mailbox):
    body = {"email": "ada@example.org", "password": "correct horse battery"}
    french = {"Accept-Language": "fr-CH, de;q=0.5"}
    client.post("/api/v1/auth/register", json=body, headers=french)
    post.deliver(works)
    access = client.post("/api/v1/auth/confirm", json=opening(mailbox)).json["access_token"]
    me = {"headers": {"Authorization": f"Bearer {access}"}}
    for language in ("de-AT", "ja"):
        chosen = {"preferences": {"language": language}}
        assert client.patch("/api/v1/auth/me", json=chosen, **me).status_code == 200
        client.post(
            "/api/v1/auth/password/forgotten", json={"email": body["email"]}, headers=french
        )
        post.deliver(works)

    assert [letter["Subject"] for letter in mailbox.letters] == [
        "Confirmez votre compte",
        "Wähle ein neues Passwort",
        "Choose a new password",
    ]
