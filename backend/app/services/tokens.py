"""Tokens: a signed one that says who asks for a quarter of an hour, and opaque others."""

import base64
import hashlib
import hmac
import json
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import jwt

from app.errors import Unauthenticated
from app.utils import clock

ALGORITHM = "HS256"
ISSUER = "mundi"
AUDIENCE = "mundi-api"
TYPE = "at+jwt"
ACCESS_S = 15 * 60
REFRESH_IDLE = timedelta(days=14)
SIGN_IN_LONGEST = timedelta(days=90)
LONGEST = 4_096
KNOWN_MAX = 4_096
_OPAQUE = re.compile(r"[A-Za-z0-9_-]{43}")
GUEST = "guest_"  # begins what a guest shows in place of an access token
_KEY = re.compile(r"mundi_[a-z2-7]{8}_[A-Za-z0-9_-]{43}")
_HEADER = {"alg": ALGORITHM, "typ": TYPE}


@dataclass(frozen=True, slots=True)
class Claims:
    """What an access token says: whose it is, from which sign-in, until when."""

    user_id: UUID
    session_id: UUID
    version: int
    expires_at: int  # seconds since 1970


@dataclass(frozen=True, slots=True)
class KeyClaim:
    """That somebody holds an API key: all there is to it is the key's hash."""

    hash: str


@dataclass(frozen=True, slots=True)
class GuestClaim:
    """What a guest's token says: which seat, by its hash. Whether there is one, the rows know."""

    hash: str


Proof = Claims | KeyClaim | GuestClaim | None  # what somebody has shown of who they are


class Tokens:
    """Makes and reads tokens under one key."""

    def __init__(self, key: bytes) -> None:
        # One secret, three keys: what signs access tokens never marks refresh tokens or letters.
        self._access_key = hmac.digest(key, b"access", hashlib.sha256)
        self._refresh_key = hmac.digest(key, b"refresh", hashlib.sha256)
        self._mail_key = hmac.digest(key, b"mail", hashlib.sha256)
        self._known: dict[str, Claims] = {}
        self._head = f"{_text(json.dumps(_HEADER, separators=(',', ':')).encode())}."

    def access(self, *, user_id: UUID, session_id: UUID, version: int, now: datetime) -> str:
        """Sign who somebody is, for a quarter of an hour. It carries no rights."""
        issued = int(now.timestamp())
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": str(user_id),
            "sid": str(session_id),
            "ver": version,
            "iat": issued,
            "nbf": issued,
            "exp": issued + ACCESS_S,
        }
        return jwt.encode(claims, self._access_key, ALGORITHM, headers={"typ": TYPE})

    def credentials(self, token: str) -> Claims | KeyClaim | GuestClaim:
        """Read an access token, an API key or a guest's token, or refuse it."""
        if token.startswith(GUEST):
            return self.guest_claim(token)
        if _KEY.fullmatch(token):
            return KeyClaim(hashlib.sha256(token.encode()).hexdigest())
        return self.read(token)

    def read(self, token: str) -> Claims:
        """Read an access token, or refuse it without saying what was wrong with it."""
        claims = self._known.get(token)
        if claims is None or claims.expires_at <= clock.now().timestamp():
            return self._verified(token)
        return claims

    def _verified(self, token: str) -> Claims:
        """Verify a token that was not shown of late, and know it until it expires.

        A signature once found good stays good; whether the sign-in does, the rows are asked each time.
        """
        # Our header is always the same, so no other is looked into: no algorithm, key or address
        # that a stranger names there is ever read.
        if len(token) > LONGEST or not token.startswith(self._head):
            raise _refused()
        try:
            payload = jwt.decode(
                token,
                self._access_key,
                algorithms=[ALGORITHM],
                issuer=ISSUER,
                audience=AUDIENCE,
                options={"require": ["iss", "aud", "sub", "iat", "nbf", "exp"]},
            )
            if not self._ours(token, payload):
                raise _refused()
            claims = _claims(payload)
        except (jwt.InvalidTokenError, ValueError, TypeError, KeyError, OverflowError) as fault:
            raise _refused() from fault
        if len(self._known) >= KNOWN_MAX:
            self._known.clear()
        self._known[token] = claims
        return claims

    def _ours(self, token: str, payload: dict[str, Any]) -> bool:
        """Tell whether a token is written as we write it: a claim twice, or loose bits, are not."""
        text, _, mark = token.rpartition(".")
        written = _text(json.dumps(payload, separators=(",", ":")).encode())
        return text == f"{self._head}{written}" and _text(_bytes(mark)) == mark

    def key(self) -> tuple[str, str, str]:
        """Make an API key; return it, the part of it that may be shown, and its hash."""
        shown = f"mundi_{base64.b32encode(secrets.token_bytes(5)).decode().lower()}"
        whole = f"{shown}_{secrets.token_urlsafe(32)}"
        return whole, shown, hashlib.sha256(whole.encode()).hexdigest()

    def mailed(self, token_id: UUID) -> str:
        """Return the single-use token that a letter's link carries.

        It is a function of the row that waits for it, so that the row itself need not hold it.
        """
        return _text(hmac.digest(self._mail_key, token_id.bytes, hashlib.sha256))

    def guest_claim(self, token: str) -> GuestClaim:
        """Read a guest's token, or refuse it."""
        return GuestClaim(self.fingerprint(token.removeprefix(GUEST)))

    def guest(self) -> str:
        """Make the token of a guest."""
        return GUEST + self.secret()

    def secret(self) -> str:
        """Make a secret nobody can guess, whose fingerprint is kept."""
        return secrets.token_urlsafe(32)

    def refresh(self) -> str:
        """Make the first refresh token of a sign-in."""
        return secrets.token_urlsafe(32)

    def successor(self, token: str) -> str:
        """Return the one refresh token that may follow another.

        It is a function of the one before, so two tabs that refresh in the same moment are given
        the same, and nothing but hashes has to be kept.
        """
        mark = hmac.new(self._refresh_key, token.encode(), hashlib.sha256).digest()
        return _text(mark)

    def fingerprint(self, token: str) -> str:
        """Return what is kept of an opaque token; a malformed one is refused."""
        if not _OPAQUE.fullmatch(token):
            raise Unauthenticated("the token is not one of ours", code="invalid_token")
        return hashlib.sha256(token.encode()).hexdigest()


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _claims(payload: dict[str, Any]) -> Claims:
    # PyJWT takes the text "9" or 9.5 for a moment; we wrote whole numbers.
    if any(type(payload[name]) is not int for name in ("ver", "iat", "nbf", "exp")):
        raise ValueError("not an access token of ours")
    if not 0 < payload["exp"] - payload["iat"] <= ACCESS_S:
        raise ValueError("an access token of ours lasts a quarter of an hour")
    return Claims(
        user_id=UUID(payload["sub"]),
        session_id=UUID(payload["sid"]),
        version=payload["ver"],
        expires_at=payload["exp"],
    )


def _refused() -> Unauthenticated:
    return Unauthenticated("the access token is missing, expired or not ours", code="invalid_token")
