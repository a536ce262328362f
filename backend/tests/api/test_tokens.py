"""Every token that is not one of ours, untouched and in its time, is refused with 401."""

import base64
import hashlib
import hmac
import json

import jwt
import pytest

from app.utils import clock

NOBODY = "00000000-0000-7000-8000-000000000000"


def encoded(value):
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


class Forger:
    """Somebody with a good token, and where it says so, even with the server's own key."""

    def __init__(self, person, services):
        self.ada = person()
        self.good = self.ada.token
        self.head, self.payload, self.mark = self.good.split(".")
        self.claims = jwt.decode(self.good, options={"verify_signature": False})
        self.key = services.works.tools.tokens._access_key
        self.now = int(clock.now().timestamp())

    def signed(self, head=None, payload=None, key=None, digest="sha256"):
        """Sign whatever is given, by hand: no library refuses to write it."""
        head = {"alg": "HS256", "typ": "at+jwt"} if head is None else head
        payload = self.claims if payload is None else payload
        parts = [one if isinstance(one, bytes) else json.dumps(one, separators=(",", ":")).encode()
                 for one in (head, payload)]  # fmt: skip
        text = ".".join(map(encoded, parts))
        mark = hmac.digest(self.key if key is None else key, text.encode(), digest)
        return f"{text}.{encoded(mark)}"

    def headed(self, **head):
        return self.signed({"alg": "HS256", "typ": "at+jwt"} | head)

    def claiming(self, **changes):
        kept = {name: value for name, value in (self.claims | changes).items() if value != "LEFT"}
        return self.signed(payload=kept)

    def raw(self, old, new):
        text = json.dumps(self.claims, separators=(",", ":"))
        assert old in text
        return self.signed(payload=text.replace(old, new, 1).encode())


def unsigned(forger, algorithm):
    head = encoded(json.dumps({"alg": algorithm, "typ": "at+jwt"}).encode())
    return f"{head}.{forger.payload}."


def flipped(text, at):
    return text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]


VECTORS = {
    # without our signature
    "alg none": lambda one: unsigned(one, "none"),
    "alg None": lambda one: unsigned(one, "None"),
    "alg nOnE": lambda one: unsigned(one, "nOnE"),
    "alg none with a signature": lambda one: one.headed(alg="none"),
    "no alg": lambda one: one.signed({"typ": "at+jwt"}),
    "signature stripped": lambda one: f"{one.head}.{one.payload}.",
    "signature gone": lambda one: f"{one.head}.{one.payload}",
    "signature of nothing": lambda one: one.signed(key=b""),
    "signature flipped at its start": lambda one: f"{one.head}.{one.payload}.{flipped(one.mark, 0)}",
    "signature with loose bits": lambda one: one.good[:-1] + chr(ord(one.good[-1]) + 1),
    "signature padded": lambda one: one.good + "=",
    "payload flipped": lambda one: f"{one.head}.{flipped(one.payload, 9)}.{one.mark}",
    # another algorithm, another key
    "HS384": lambda one: one.signed({"alg": "HS384", "typ": "at+jwt"}, digest="sha384"),
    "HS512": lambda one: one.signed({"alg": "HS512", "typ": "at+jwt"}, digest="sha512"),
    "RS256 signed with HMAC": lambda one: one.headed(alg="RS256"),
    "EdDSA signed with HMAC": lambda one: one.headed(alg="EdDSA"),
    "signed with the refresh key": lambda one: one.signed(key=b"refresh"),
    "signed with a public word": lambda one: one.signed(key=b"mundi"),
    "signed with the empty secret's key": lambda one: one.signed(
        key=hmac.digest(b"", b"access", hashlib.sha256)
    ),
    # a header that leads elsewhere, though signed by us
    "kid a path": lambda one: one.headed(kid="../../dev/null"),
    "kid a query": lambda one: one.headed(kid="' OR 1=1 --"),
    "kid a number": lambda one: one.headed(kid=0),
    "kid with NUL": lambda one: one.headed(kid="a\0b"),
    "jwk": lambda one: one.headed(jwk={"kty": "oct", "k": encoded(one.key)}),
    "jku": lambda one: one.headed(jku="https://evil.example/keys"),
    "x5u": lambda one: one.headed(x5u="https://evil.example/cert"),
    "x5c": lambda one: one.headed(x5c=["MIIB"]),
    "crit": lambda one: one.headed(crit=["exp"]),
    "b64 false": lambda one: one.headed(b64=False, crit=["b64"]),
    "zip": lambda one: one.headed(zip="DEF"),
    "typ JWT": lambda one: one.headed(typ="JWT"),
    "no typ": lambda one: one.signed({"alg": "HS256"}),
    "alg twice": lambda one: one.signed(b'{"alg":"none","alg":"HS256","typ":"at+jwt"}'),
    "a header that is a list": lambda one: one.signed([]),
    "a header that is no JSON": lambda one: one.signed(b"{"),
    # claims, though signed by us
    "expired": lambda one: one.claiming(exp=one.now - 1),
    "exp as text": lambda one: one.claiming(exp=str(one.now + 900)),
    "exp a fraction": lambda one: one.claiming(exp=one.now + 900.5),
    "exp infinite": lambda one: one.raw(str(one.claims["exp"]), "1e999"),
    "exp NaN": lambda one: one.raw(str(one.claims["exp"]), "NaN"),
    "exp true": lambda one: one.claiming(exp=True),
    "exp null": lambda one: one.claiming(exp=None),
    "exp endless": lambda one: one.raw(str(one.claims["exp"]), "9" * 400),
    "no exp": lambda one: one.claiming(exp="LEFT"),
    "not yet": lambda one: one.claiming(nbf=one.now + 60),
    "no nbf": lambda one: one.claiming(nbf="LEFT"),
    "issued later": lambda one: one.claiming(iat=one.now + 3600),
    "another audience": lambda one: one.claiming(aud="other"),
    "audience among others": lambda one: one.claiming(aud=[]),
    "no audience": lambda one: one.claiming(aud="LEFT"),
    "another issuer": lambda one: one.claiming(iss="eve"),
    "no issuer": lambda one: one.claiming(iss="LEFT"),
    "sub nobody": lambda one: one.claiming(sub=NOBODY),
    "sub no id": lambda one: one.claiming(sub="ada"),
    "sub a number": lambda one: one.claiming(sub=1),
    "sub a list": lambda one: one.claiming(sub=[one.claims["sub"]]),
    "sub null": lambda one: one.claiming(sub=None),
    "no sub": lambda one: one.claiming(sub="LEFT"),
    "sub twice": lambda one: one.raw('"sub":', f'"sub":"{NOBODY}","sub":'),
    "exp twice": lambda one: one.raw('"exp":', '"exp":1,"exp":'),
    "sid of nobody": lambda one: one.claiming(sid=NOBODY),
    "no sid": lambda one: one.claiming(sid="LEFT"),
    "ver another": lambda one: one.claiming(ver=7),
    "ver text": lambda one: one.claiming(ver="0"),
    "ver false": lambda one: one.claiming(ver=False),
    "a claim more": lambda one: one.raw("{", '{ '),
    "claims that are a list": lambda one: one.signed(payload=[]),
    "claims that are no JSON": lambda one: one.signed(payload=b"\xff"),
    "claims nested deep": lambda one: one.signed(payload=b"[" * 2000),
    # not a token of this kind at all
    "a refresh token": lambda one: one.ada.refresh_token,
    "an API key that never was": lambda one: f"mundi_{'a' * 8}_{'A' * 43}",
    "half an API key": lambda one: f"mundi_{'a' * 8}_",
    "64 KB": lambda one: "x" * 65_536,
    "64 KB that begin well": lambda one: f"{one.head}.{'A' * 65_536}.{one.mark}",
    "nothing": lambda one: "",
    "dots": lambda one: "..",
    "more dots": lambda one: f"{one.good}.{one.mark}",
    "five parts": lambda one: f"{one.head}....",
    "not ASCII": lambda one: one.good + "\u00e9",
}  # fmt: skip


@pytest.fixture
def forger(person, services):
    return Forger(person, services)


def asked(forger, token):
    headers = {"Authorization": f"Bearer {token}"}
    return forger.ada.client.get("/api/v1/auth/me", headers=headers)


def test_what_the_forger_writes_by_hand_counts_while_it_is_true(forger):
    assert forger.signed() == forger.good
    assert asked(forger, forger.good).status_code == 200


def test_a_token_that_is_wrong_in_one_thing_is_refused(forger):
    wrong = []
    for name, forged in VECTORS.items():
        reply = asked(forger, forged(forger))
        told = (
            reply.status_code,
            reply.content_type,
            "Bearer" in reply.headers.get("WWW-Authenticate", ""),
        )
        code = reply.json["code"] in ("invalid_token", "session_ended", "invalid_key")
        if told != (401, "application/problem+json", True) or not code:
            wrong.append(f"{name}: {told} {reply.text[:100]}")

    assert not wrong, "\n".join(wrong)


@pytest.mark.databases
@pytest.mark.parametrize("how", ["signed out", "ended elsewhere", "left", "disabled", "password"])
def test_a_good_token_ends_with_what_it_stood_for(forger, person, how, works):
    from app.models import User

    ada, body = forger.ada, {"email": "ada@example.org", "password": "correct horse battery"}
    other = {"Authorization": f"Bearer {ada('POST', 'auth/login', json=body).json['access_token']}"}
    if how == "signed out":
        ada("POST", "auth/logout")
    elif how == "ended elsewhere":
        ada("DELETE", "auth/sessions", headers=other)
    elif how == "left":
        left = ada("POST", "auth/me/deletion", json={"password": body["password"]})
        assert left.status_code == 204
    elif how == "password":
        change = {"current": body["password"], "new": "staple the battery horse"}
        ada("POST", "auth/password", json=change, headers=other)
    else:
        with works.begin() as work:
            work.session.query(User).update({"disabled_at": work.now})

    assert asked(forger, forger.good).status_code == 401


def test_a_token_counts_only_in_its_header_and_only_once(person):
    ada = person()
    twice = [("Authorization", f"Bearer {ada.token}"), ("Authorization", f"Bearer {ada.token}")]

    assert ada.client.get(f"/api/v1/auth/me?access_token={ada.token}").status_code == 401
    assert ada.client.get("/api/v1/auth/me", headers=twice).status_code == 401
    for scheme in ("Basic", "Token", ""):
        headers = {"Authorization": f"{scheme} {ada.token}".strip()}
        assert ada.client.get("/api/v1/auth/me", headers=headers).status_code == 401


def test_an_access_token_refreshes_nothing(person):
    ada = person()

    reply = ada("POST", "auth/refresh", json={"refresh_token": ada.token[:128]}, headers={})

    assert reply.status_code == 401
