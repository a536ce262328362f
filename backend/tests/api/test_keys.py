"""An API key may do what it was made for, everywhere, and never touches an account."""

import re

import pytest

from app.api import scopes

NOBODY = "00000000-0000-7000-8000-000000000000"
EVERY = ["universes:read", "universes:write", "exports"]


@pytest.fixture
def keyed(person):
    """Somebody, and a function that asks with a fresh key of theirs."""
    ada = person()

    def made(*wanted):
        body = {"name": "a script", "scopes": list(wanted)}
        fresh = ada("POST", "auth/keys", json=body)
        assert fresh.status_code == 201, fresh.text
        secret = fresh.json["secret"]

        def ask(method, path, **more):
            headers = {"Authorization": f"Bearer {secret}"} | more.pop("headers", {})
            where = f"/api/v1/{path}"
            return ada.client.open(where, method=method, headers=headers, buffered=True, **more)

        return ask

    return ada, made


def filled(path, operation):
    """Name things that are not there, in the form a path takes."""
    kinds = {one["name"]: one["schema"].get("type") for one in operation.get("parameters", ())}
    return re.sub(r"{(\w+)}", lambda one: "1" if kinds[one[1]] == "integer" else NOBODY, path)


def test_every_operation_asks_a_key_for_its_scope(keyed, client):
    _, made = keyed
    spec = client.get("/api/v1/openapi.json").json
    asks = {tuple(one): made(*one) for one in ([scope] for scope in EVERY)}
    wrong = []
    for path, item in spec["paths"].items():
        for method, operation in item.items():
            where = filled(path.removeprefix("/api/v1/"), operation)
            needed = [one["key"] for one in operation["security"] if "key" in one]
            for held, ask in asks.items():
                reply = ask(method.upper(), where)
                refused = reply.status_code == 403 and reply.json["code"] == "scope_missing"
                allowed = needed and set(needed[0]) <= set(held)
                # What is wrong with a request's shape is told before anybody is asked for.
                if refused == bool(allowed) and reply.status_code not in (400, 415, 422):
                    wrong.append(f"{method} {path} {held}: {reply.status_code}")

    assert not wrong, "\n".join(wrong)


def test_a_key_with_every_scope_manages_no_account(keyed):
    ada, made = keyed
    ask = made(*EVERY)
    key = ada("GET", "auth/keys").json["items"][0]["id"]
    attempts = [
        ("GET", "auth/me", None),
        ("PATCH", "auth/me", {"display_name": "Eve"}),
        ("GET", "auth/me/export", None),
        ("POST", "auth/me/deletion", {"password": "correct horse battery"}),
        ("POST", "auth/keys", {"name": "another", "scopes": EVERY}),
        ("GET", "auth/keys", None),
        ("DELETE", f"auth/keys/{key}", None),
        ("GET", "auth/sessions", None),
        ("DELETE", "auth/sessions", None),
        ("POST", "auth/password", {"current": "correct horse battery", "new": "x" * 20}),
        ("POST", "auth/email", {"email": "eve@x.org", "password": "correct horse battery"}),
    ]
    for method, path, body in attempts:
        reply = ask(method, path, json=body) if body else ask(method, path)
        assert (reply.status_code, reply.json["code"]) == (403, "scope_missing"), path


@pytest.mark.databases
def test_a_key_works_with_universes_as_its_holder_and_says_so(keyed):
    ada, made = keyed
    write = made("universes:read", "universes:write")
    universe = write("POST", "universes", json={"title": "By a script"})
    events = ada("GET", f"universes/{universe.json['id']}/events").json["items"]

    assert (universe.status_code, universe.json["role"]) == (201, "owner")
    assert events[-1]["actor"]["kind"] == "key"
    assert made("universes:read")("GET", "universes").json["items"][0]["title"] == "By a script"
    assert made("universes:read")("POST", "universes", json={}).status_code == 403


@pytest.mark.databases
def test_a_revoked_key_ends_at_once_and_its_use_was_noted(keyed):
    ada, made = keyed
    ask = made("universes:read")
    assert ask("GET", "universes").status_code == 200
    (key,) = ada("GET", "auth/keys").json["items"]
    assert key["last_used_at"] is not None
    assert "secret" not in key

    assert ada("DELETE", f"auth/keys/{key['id']}").status_code == 204

    gone = ask("GET", "universes")
    assert (gone.status_code, gone.json["code"]) == (401, "invalid_key")


@pytest.mark.parametrize(
    "body",
    [
        {"name": "k", "scopes": []},
        {"name": "k", "scopes": ["account"]},
        {"name": "k", "scopes": ["*"]},
        {"name": "", "scopes": EVERY},
        {"name": "k", "scopes": "exports"},
        {"name": "k", "scopes": EVERY, "expires_at": "2020-01-01T00:00:00Z"},
        {"name": "k", "scopes": EVERY, "expires_at": "2100-01-01T00:00:00"},
        {"name": "k", "scopes": EVERY, "expires_at": "9999-12-31T23:59:59-23:59"},
        {"name": "k", "scopes": EVERY, "expires_at": 4102444800},
        {"name": "k", "scopes": EVERY, "user_id": NOBODY},
    ],
)
def test_a_key_that_cannot_be_is_not_made(keyed, body):
    ada, _ = keyed

    assert ada("POST", "auth/keys", json=body).status_code == 422
    assert ada("GET", "auth/keys").json["items"] == []


def test_a_room_that_is_not_named_is_of_universes():
    assert scopes.needed("anything", "GET") == "universes:read"
    assert scopes.needed("anything", "PUT") == "universes:write"
    assert scopes.needed("auth", "GET") == scopes.needed("keys", "POST") == scopes.ACCOUNT
