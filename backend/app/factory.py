"""Reads the settings, builds the tools and wires the doors, once. No logic lives here.

Whatever is heavy is imported where it is used: `mundi check` does not wait for Flask.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli import command_line
from app.errors import InputError

if TYPE_CHECKING:
    from socket import socket

    from flask import Flask

    from app.config import Settings
    from app.services.letters import Post
    from app.services.rooms import Rooms
    from app.services.work import Works
    from app.stage.process import Spawned
    from app.stage.theatre import Theatre
    from app.websocket.shell import Shell


@dataclass(frozen=True, slots=True)
class Services:
    """What the doors of a process act through."""

    works: "Works"  # begins units of work; `works.listen` hears of every commit here
    rooms: "Rooms"  # the performer's port to journals and leases
    settings: "Settings"


def read_settings(**given: Any) -> "Settings":
    """Read the environment; what cannot be taken is named."""
    from pydantic import ValidationError
    from pydantic_settings import SettingsError

    from app.config import Settings

    try:
        return Settings(**given)
    except ValidationError as fault:
        said = [f"MUNDI_{str(one['loc'][0]).upper()}: {one['msg']}" for one in fault.errors()]
        raise InputError("; ".join(said)) from fault
    except SettingsError as fault:
        raise InputError(f'a list is written as JSON, \'["a", "b"]\': {fault}') from fault


def make_services(settings: "Settings") -> Services:
    """Open the database, which must be migrated already, and build the tools."""
    from app.services import farewell, keys
    from app.services.passwords import Passwords
    from app.services.rooms import Rooms
    from app.services.throttle import Rates, Throttle
    from app.services.tokens import Tokens
    from app.services.tools import Tools
    from app.services.work import Works
    from app.utils.seal import Seal
    from app.utils.vault import Vault

    key = make_secret(settings)
    settings.files.mkdir(parents=True, exist_ok=True)
    rates = Rates(requests=f"{settings.requests_per_minute}/minute")
    tools = Tools(
        tokens=Tokens(key),
        passwords=Passwords(),
        throttle=Throttle(rates, settings.redis_url),
        seal=Seal(key),
        vault=Vault(key),
        files=settings.files,
        post=make_post(settings),
    )
    works = Works(settings.url, tools)
    works.listen(keys.noting(works))
    works.listen(farewell.cleaning(works))
    return Services(works, Rooms(works, holder=settings.node), settings)


def make_post(settings: "Settings") -> "Post":
    """Return how letters leave this server."""
    from app.services.letters import Post
    from app.utils.carriers import carrier_of

    try:
        carrier = carrier_of(settings.mail)
    except ValueError as fault:
        raise InputError(f"MUNDI_MAIL: {fault}") from fault
    return Post(carrier, settings.mail_from, settings.public_address, settings.confirms)


def make_secret(settings: "Settings") -> bytes:
    """Return the server's secret; a weak one stops the start."""
    from app.utils.secret_file import judged, secret_of

    try:
        if settings.secret:
            return judged(settings.secret)
        make_data(settings)
        return secret_of(settings.data / "secret")
    except ValueError as fault:
        raise InputError(f"MUNDI_SECRET: {fault}") from fault


def make_data(settings: "Settings") -> Path:
    """Make the data folder if it is not there; others on this machine may not look in."""
    try:
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as fault:
        raise InputError(f"MUNDI_DATA {settings.data}: {fault.strerror}") from fault
    return settings.data


def migrate(settings: "Settings") -> str:
    """Bring the database to the tables of this version and say its revision."""
    from app.services import tables

    make_data(settings)
    return tables.bring_up(settings.url)


def make_api(services: Services) -> "Flask":
    """Build the WSGI application of the HTTP API."""
    from app.api.app import build

    settings = services.settings
    return build(
        services.works,
        hosts=settings.allowed_hosts,
        origins=settings.origins,
        proxies=settings.proxies,
        secure=settings.secure_cookies,
    )


def run_worker() -> None:
    """Render what people have asked for until told to stop."""
    from app.utils import logs
    from app.worker.loop import work_forever

    settings = read_settings()
    logs.configure(as_json=settings.log_json, level=settings.log_level)
    migrate(settings)
    works = make_services(settings).works
    work_forever(works, holder=f"{settings.node}-worker", at_once=max(1, settings.workers))


def serve(**given: Any) -> None:
    """Serve the studio, the API and the rooms on one port until told to stop."""
    from app.stage.process import spawn
    from app.utils import logs
    from app.utils.folder_lock import lock_folder
    from app.websocket.port import listening

    settings = read_settings(**given)
    logs.configure(as_json=settings.log_json, level=settings.log_level)
    try:
        lock = lock_folder(make_data(settings))
    except BlockingIOError as fault:
        raise InputError(f"{fault}; end that one, or set MUNDI_DATA to another folder") from fault
    with lock, listening(settings.host, settings.port) as line:
        make_secret(settings)
        # The stage warms up while this process imports what it serves with.
        stage = spawn(STAGE)
        try:
            serve_rooms(settings, line, stage)
        finally:
            stage.line.close()


def serve_rooms(settings: "Settings", line: "socket", stage: "Spawned") -> None:
    """Serve on a port that is ours, with a stage that has been started."""
    from app.services import examples
    from app.websocket import server

    migrate(settings)
    services = make_services(settings)
    examples.plant(services.works, settings.examples)
    shell = make_shell(services, stage)
    server.serve(
        shell.application(),
        line,
        opened=lambda: announce(settings, line.getsockname()[1]),
        draining=shell.drain,
    )
    services.works.close()


def make_shell(services: Services, stage: "Spawned") -> "Shell":
    """Build the ASGI application with everything behind it."""
    from app.websocket.shell import Shell
    from app.worker.loop import Worker
    from app.worker.postman import Postman

    settings = services.settings
    worker = Worker(services.works, holder=settings.node, at_once=settings.workers)
    postman = Postman(services.works)
    return Shell(
        works=services.works,
        api=make_api(services),
        studio=settings.studio,
        stage_command=STAGE,
        stage=stage,
        hosts=settings.allowed_hosts,
        origins=settings.origins,
        helpers=[worker, postman],
    )


def announce(settings: "Settings", port: int) -> None:
    """Say where to go."""
    host = "localhost" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104 -- compared
    print(f"Mundi plays at http://{host}:{port}  (Ctrl-C ends it)", flush=True)  # noqa: T201 -- for people


# What the stage's process runs; the pipe's number stands behind it.
PERFORM = "import sys; from app.factory import perform; perform(int(sys.argv[1]))"
STAGE = [sys.executable, "-P", "-c", PERFORM]


def perform(descriptor: int) -> None:
    """Be the stage: play every room the server opens, until the server ends."""
    from app.stage import child
    from app.utils import logs

    settings = read_settings()
    logs.configure(as_json=settings.log_json, level=settings.log_level)
    child.run(descriptor, lambda: make_theatre(settings))


def make_theatre(settings: "Settings") -> "Theatre":
    """Build what performers need, with database connections of their own."""
    from app.websocket.stagecraft import theatre

    return theatre(make_services(settings).rooms, settings.data / "cache" / "checkpoints")


def main() -> None:
    """The console script."""
    command_line(serve=serve, worker=run_worker, migrate=lambda: migrate(read_settings()))()
