"""The one ASGI application: studio, API, downloads, sockets and health on one port."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import MundiError
from app.services.work import Works
from app.stage.process import Spawned
from app.websocket import problems
from app.websocket.bridge import WSGI, Bridge
from app.websocket.desk import Desk
from app.websocket.downloads import Downloads
from app.websocket.endpoint import Endpoint
from app.websocket.hub import Hub
from app.websocket.studio import Studio

READY_WITHIN_S = 2.0


class Helper(Protocol):
    """Something that works beside the server: the renders' worker."""

    def start(self) -> None:
        """Begin."""

    def stop(self) -> None:
        """End."""


@dataclass(slots=True)
class Shell:
    """What the server serves, and what it needs for that."""

    works: Works
    api: WSGI
    studio: Path
    stage_command: list[str]
    stage: Spawned  # the first child, which warms up already
    hosts: Sequence[str]
    origins: Sequence[str] = ()
    helpers: Sequence[Helper] = ()
    draining: bool = False
    hub: Hub = field(init=False)
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.desk = Desk(self.works)
        self.hub = Hub(self.desk, self.stage_command, self.stage)

    def drain(self) -> None:
        """Fail readiness from now on."""
        self.draining = True

    def application(self) -> ASGIApp:
        """Assemble the application."""
        routes: list[BaseRoute] = [
            Route("/healthz", self._health),
            Route("/readyz", self._ready),
            WebSocketRoute("/ws", Endpoint(self.hub, self._origin_known)),
            Route("/api/v1/audio/renders/{job_id}/file", Downloads(self.works, "wav")),
            Route("/api/v1/visualizations/stills/{job_id}/file", Downloads(self.works, "png")),
            Mount("/api", _Whole(Bridge(self.api))),
            Mount("/", Studio(self.studio)),
        ]
        inner = Starlette(routes=routes, lifespan=self._life)
        return _Guard(inner, self._host_known)

    @asynccontextmanager
    async def _life(self, _: Starlette) -> AsyncIterator[None]:
        self.works.listen(self.hub.announced)
        self.hub.start()
        for helper in self.helpers:
            helper.start()
        try:
            yield
        finally:
            await self.hub.stop()
            for helper in self.helpers:
                await asyncio.to_thread(helper.stop)

    async def _health(self, _: Request) -> Response:
        """Say that the server is up."""
        return _told(200, {"status": "ok"})

    async def _ready(self, _: Request) -> Response:
        """Say whether rooms and API can serve: kernels warm in the stage, database there."""
        checks = {
            "stage": self.hub.stage.ready,
            "database": await self._database_answers(),
            "draining": self.draining,
        }
        ready = checks["stage"] and checks["database"] and not self.draining
        status = "ready" if ready else "waiting"
        return _told(200 if ready else 503, {"status": status, **checks})

    async def _database_answers(self) -> bool:
        try:
            await asyncio.wait_for(self.desk.ready(), READY_WITHIN_S)
        except (MundiError, TimeoutError):
            return False
        return True

    def _host_known(self, host: str) -> bool:
        name = (urlsplit(f"//{host}").hostname or "").lower()
        return name in self.hosts or f"[{name}]" in self.hosts

    def _origin_known(self, scope: Scope) -> bool:
        """Let our own pages and listed ones connect; scripts send no origin and have no cookies."""
        headers = Headers(scope=scope)
        if len(headers.getlist("origin")) > 1:
            return False
        origin = headers.get("origin")
        if origin is None or origin in self.origins:
            return True
        told = urlsplit(origin)
        same = told.netloc.lower() == headers.get("host", "").lower()
        return same and told.scheme in ("http", "https")


class _Guard:
    """Answers only to the names this server has, health being asked by address, and to plain paths."""

    def __init__(self, inner: ASGIApp, known: Callable[[str], bool]) -> None:
        self._inner = inner
        self._known = known

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or scope["path"] in ("/healthz", "/readyz"):
            await self._inner(scope, receive, send)
            return
        hosts = Headers(scope=scope).getlist("host")
        if len(hosts) != 1 or not self._known(hosts[0]):
            refused = problems.problem(
                421, "unknown_host", "this server does not answer to that host name"
            )
        elif not scope["path"].isprintable():
            # No route has a line break in it, and the router's patterns end at one.
            refused = problems.problem(404, "not_found", "no address here has control characters")
        else:
            await self._inner(scope, receive, send)
            return
        await refused(scope, receive, send)


class _Whole:
    """Gives a mounted application the whole path, as if it stood at the root."""

    def __init__(self, inner: ASGIApp) -> None:
        self._inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._inner({**scope, "root_path": ""}, receive, send)


def _told(status: int, facts: dict[str, object]) -> Response:
    return JSONResponse(facts, status, problems.COMMON | {"cache-control": "no-store"})
