"""What Schemathesis is told of this API: who asks, which identifiers exist, what came of it.

It reads MUNDI_DATA and MUNDI_DATABASE_URL like the server it tests, since a few makers finish a
job as a worker would, and writes which operations succeeded into OUTSIDE_REACHED.
"""

import atexit
import itertools
import json
import os
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote

import httpx
import schemathesis
from makers import MAKERS, World

from app.errors import Conflict
from app.factory import make_services, read_settings

BASE = os.environ["OUTSIDE_URL"]
PASSWORD = "correct horse battery"
reached: dict[str, int] = {}
addresses = itertools.count()
services = make_services(read_settings())
http = httpx.Client(base_url=f"{BASE}/api/v1/", trust_env=False, timeout=60)


class Person:
    """Somebody with an account, for the makers: a request in, an answer with `json` out."""

    def __init__(self, name: str) -> None:
        account = {"email": f"{name}@example.org", "password": PASSWORD}
        # Everybody comes from somewhere else: so many accounts of one address are refused.
        number = next(addresses)
        home = {"X-Forwarded-For": f"198.51.{number // 256}.{number % 256}"}
        made = http.post("auth/register", json=account, headers=home)
        assert made.status_code == 201, made.text
        told = made.json()
        self.id, self.token = told["user"]["id"], told["access_token"]
        self.refresh_token = told["refresh_token"]

    def __call__(self, method: str, path: str, **more: object) -> SimpleNamespace:
        """Ask as this person."""
        given = {name: value for name, value in more.items() if value is not None}
        if "query_string" in given:
            given["params"] = given.pop("query_string")
        headers = {"Authorization": f"Bearer {self.token}"} | dict(given.pop("headers", {}))
        reply = http.request(method, path, headers=headers, **given)
        told = reply.json() if "json" in reply.headers.get("content-type", "") else None
        return SimpleNamespace(
            json=told, status_code=reply.status_code, headers=reply.headers, text=reply.text
        )


class Now:
    """The world of the moment; a new one when its person can act no more."""

    world: World | None = None

    def get(self) -> World:
        """Return the world that requests are made in."""
        self.world = self.world or World(Person, services.works)
        return self.world


now = Now()


@schemathesis.auth(refresh_interval=None)
class SignedIn:
    """Every request comes from the person of the moment."""

    def get(self, case: schemathesis.Case, context: schemathesis.AuthContext) -> str:
        """Return their token."""
        return now.get().ada.token

    def set(self, case: schemathesis.Case, data: str, context: schemathesis.AuthContext) -> None:
        """Put it into a request."""
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def before_call(context: schemathesis.HookContext, case: schemathesis.Case, **_: object) -> None:
    """Name things that exist, in three requests of four; made-up ones are not found."""
    name = case.operation.definition.raw["operationId"]
    turn = reached.get("calls", 0)
    reached["calls"] = turn + 1
    if str(phase(case)) == "stateful" or turn % 4 == 3:
        return
    if case.path_parameters and not negative(case, "path"):
        put_in(name, case.path_parameters)
    world = now.get()
    if takes(case, "If-Match") and not negative(case, "header"):
        case.headers["If-Match"] = newest(world, case.formatted_path)
    if isinstance(case.body, dict) and not negative(case, "body"):
        put_in(name, case.body)


@schemathesis.hook
def after_call(
    context: schemathesis.HookContext, case: schemathesis.Case, response: schemathesis.Response
) -> None:
    """Note what succeeded, and forget what is gone."""
    name = case.operation.definition.raw["operationId"]
    reached[name] = reached.get(name, 0) + (200 <= response.status_code < 300)
    if response.status_code == 401 and now.world:
        if http.get("auth/me", headers=bearer(now.world)).status_code != 200:
            now.world = None
    elif now.world and (
        response.status_code == 404 or case.method == "DELETE" or name.startswith("auth_")
    ):
        now.world.known.clear()  # letters' links count once


def put_in(name: str, parts: dict[str, object]) -> None:
    """Name what exists wherever a maker knows how to make it."""
    for key in parts:
        if not {f"{name}.{key}", f"{name.partition('_')[0]}.{key}", key} & MAKERS.keys():
            continue
        try:
            parts[key] = now.get().made(name, key)
        except (Conflict, KeyError, TypeError, StopIteration):
            # They reached a limit, or are gone: somebody new has theirs before them.
            now.world = None
            parts[key] = now.get().made(name, key)


def bearer(world: World) -> dict[str, str]:
    """Return a person's header."""
    return {"Authorization": f"Bearer {world.ada.token}"}


def phase(case: schemathesis.Case) -> str:
    """Return which phase of a run a case belongs to."""
    return str(case.meta.phase.name.value) if case.meta else ""


def negative(case: schemathesis.Case, where: str) -> bool:
    """Tell whether a part of a case is wrong on purpose."""
    if not case.meta:
        return False
    return any(
        str(kind.value).startswith(where) and info.mode.is_negative
        for kind, info in case.meta.components.items()
    )


def takes(case: schemathesis.Case, header: str) -> bool:
    """Tell whether an operation reads a header."""
    told = case.operation.definition.raw.get("parameters", ())
    return any(one["name"] == header for one in told)


def newest(world: World, path: str) -> str:
    """Return the revision of what a path names, or of the universe it belongs to."""
    where = unquote(path).removeprefix("/api/v1/")
    if not where.isprintable():
        return '"1"'
    tag = world.ada("GET", where).headers.get("ETag")
    if tag is None and where.startswith("universes/"):
        tag = world.ada("GET", "/".join(where.split("/")[:2])).headers.get("ETag")
    return tag or '"1"'


@atexit.register
def _tell() -> None:
    Path(os.environ["OUTSIDE_REACHED"]).write_text(json.dumps(reached))
