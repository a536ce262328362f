"""Tokens: a signed one that says who asks for a quarter of an hour, and single-use others."""

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import jwt

from app.errors import Unauthenticated

ALGORITHM = "HS256"
ISSUER = "mundi"
AUDIENCE = "mundi-api"
TYPE = "at+jwt"
ACCESS_S = 15 * 60
REFRESH_IDLE = timedelta(days=14)
SIGN_IN_LONGEST = timedelta(days=90)
LONGEST = 4_096
_REFRESH = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Claims:
    """What an access token says: whose it is, from which sign-in, until when."""

    user_id: UUID
    session_id: UUID
    version: int
    expires_at: int  # seconds since 1970


class Tokens:
    """Makes and reads tokens under one key."""

    def __init__(self, key: bytes) -> None:
        # One secret, two keys: what signs access tokens never marks refresh tokens.
        self._access_key = hmac.digest(key, b"access", hashlib.sha256)
        self._refresh_key = hmac.digest(key, b"refresh", hashlib.sha256)

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

    def read(self, token: str) -> Claims:
        """Read an access token, or refuse it without saying what was wrong with it."""
        if len(token) > LONGEST:
            raise _refused()
        try:
            found = jwt.decode_complete(
                token,
                self._access_key,
                algorithms=[ALGORITHM],
                issuer=ISSUER,
                audience=AUDIENCE,
                options={"require": ["iss", "aud", "sub", "iat", "nbf", "exp"]},
            )
            return _claims(found["header"], found["payload"])
        except (jwt.InvalidTokenError, ValueError, TypeError, KeyError, OverflowError) as fault:
            raise _refused() from fault

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
        """Return what is kept of a refresh token; a malformed one is refused."""
        if not _REFRESH.fullmatch(token):
            raise Unauthenticated("the refresh token is not one of ours", code="invalid_token")
        return hashlib.sha256(token.encode()).hexdigest()


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _claims(header: dict[str, Any], payload: dict[str, Any]) -> Claims:
    if header.get("typ") != TYPE or type(payload["ver"]) is not int:
        raise ValueError("not an access token")
    return Claims(
        user_id=UUID(payload["sub"]),
        session_id=UUID(payload["sid"]),
        version=payload["ver"],
        expires_at=int(payload["exp"]),
    )


def _refused() -> Unauthenticated:
    return Unauthenticated("the access token is missing, expired or not ours", code="invalid_token")
