"""The same read as `GET /api/v1/universes/{id}`, as a FastAPI application would do it.

Served by uvicorn (uvloop, httptools), a plain function in the thread pool, SQLAlchemy with one
joined statement built once, PyJWT, Pydantic writing the reply. It does what ours does on the way:
host list, protective headers, request id, a line of log, who the sign-in belongs to, what they may
see, ETag and If-None-Match.
"""

import os
import time
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

import jwt
import structlog
from app.models import Member, SignIn, Star, Universe, User
from app.models.engine import WRITES, open_engine
from fastapi import Depends, FastAPI, HTTPException, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict
from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import contains_eager, joinedload, sessionmaker
from starlette.datastructures import MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

KEY = bytes.fromhex(os.environ["PEER_KEY"])
log = structlog.get_logger("peer")
engine = open_engine(os.environ["PEER_URL"]).execution_options(**{WRITES: False})
sessions = sessionmaker(engine, expire_on_commit=False)
READ = (
    select(Universe, SignIn, Member.role, Star.user_id)
    .select_from(Universe)
    .join(
        SignIn,
        and_(
            SignIn.id == bindparam("session"),
            SignIn.revoked_at.is_(None),
            SignIn.expires_at > bindparam("now"),
        ),
    )
    .join(SignIn.user)
    .outerjoin(Member, and_(Member.universe_id == Universe.id, Member.user_id == SignIn.user_id))
    .outerjoin(Star, and_(Star.universe_id == Universe.id, Star.user_id == SignIn.user_id))
    .options(contains_eager(SignIn.user), joinedload(Universe.owner))
    .where(Universe.id == bindparam("id"), User.disabled_at.is_(None))
)
PROTECTION = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cache-control": "private, no-cache",
    "vary": "Authorization, Origin",
}


class Person(BaseModel):
    """Somebody."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    display_name: str
    handle: str | None


class Out(BaseModel):
    """A universe without its document."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    title: str
    owner: Person | None
    visibility: str
    link_role: str
    rev: int
    role: str
    example: str | None
    about: str
    tags: list[str]
    licence: str
    template: bool
    stars: int
    starred: bool
    parent: UUID | None
    created_at: datetime
    updated_at: datetime


class Around:
    """Headers and the line of log, as a plain ASGI layer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, name = time.monotonic(), str(uuid4())

        async def leave(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(PROTECTION | {"x-request-id": name})
                log.info(
                    "request",
                    method=scope["method"],
                    path=scope["path"],
                    status=message["status"],
                    ms=round(1000 * (time.monotonic() - began), 1),
                    request_id=name,
                )
            await send(message)

        await self.app(scope, receive, leave)


app = FastAPI()
app.add_middleware(Around)
app.add_middleware(TrustedHostMiddleware, allowed_hosts=["localhost", "127.0.0.1"])
bearer = HTTPBearer()


def claims(given: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]) -> dict[str, Any]:
    """Read the access token."""
    try:
        return jwt.decode(
            given.credentials,
            KEY,
            algorithms=["HS256"],
            issuer="mundi",
            audience="mundi-api",
            options={"require": ["iss", "aud", "sub", "iat", "nbf", "exp"]},
        )
    except jwt.InvalidTokenError as fault:
        raise HTTPException(401) from fault


@app.get("/api/v1/universes/{universe_id}")
def read(
    universe_id: UUID, request: Request, who: Annotated[dict[str, Any], Depends(claims)]
) -> Response:
    """Read a universe the caller may see."""
    with sessions() as session:
        found = session.execute(
            READ, {"id": universe_id, "session": UUID(who["sid"]), "now": datetime.now(UTC)}
        ).one_or_none()
        if found is None:
            raise HTTPException(404)
        universe, sign_in, member, star = found
        if sign_in.user.token_version != who["ver"]:
            raise HTTPException(401)
        own = universe.owner_id == sign_in.user_id
        if not own and member is None and universe.visibility == "private":
            raise HTTPException(404)
        etag = f'"{universe.document_rev}"'
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers={"etag": etag})
        facts = vars(universe) | {
            "role": "owner" if own else member or "viewer",
            "tags": universe.tags.split(),
            "starred": star is not None,
            "parent": universe.copied_from,
        }
        head = Out.model_validate(facts).model_dump_json()
        text = f'{head[:-1]},"document":{universe.document}}}'
    return Response(text, media_type="application/json", headers={"etag": etag})
