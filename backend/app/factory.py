"""Reads the settings, builds the tools and wires the doors, once. No logic lives here.

Whatever is heavy is imported where it is used: `mundi check` does not wait for Flask.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli import command_line
from app.config import Settings
from app.errors import InputError, Unavailable

if TYPE_CHECKING:
    from flask import Flask

    from app.services.rooms import Rooms
    from app.services.work import Works


@dataclass(frozen=True, slots=True)
class Services:
    """What the doors of a process act through."""

    works: "Works"  # begins units of work; `works.listen` hears of every commit here
    rooms: "Rooms"  # the performer's port to journals and leases
    settings: Settings


def make_services(settings: Settings) -> Services:
    """Open the database, which must be migrated already, and build the tools."""
    from app.services.passwords import Passwords
    from app.services.rooms import Rooms
    from app.services.throttle import Rates, Throttle
    from app.services.tokens import Tokens
    from app.services.tools import Tools
    from app.services.work import Works
    from app.utils.seal import Seal

    key = make_secret(settings)
    settings.files.mkdir(parents=True, exist_ok=True)
    rates = Rates(requests=f"{settings.requests_per_minute}/minute")
    tools = Tools(
        tokens=Tokens(key),
        passwords=Passwords(),
        throttle=Throttle(rates),
        seal=Seal(key),
        files=settings.files,
    )
    works = Works(settings.url, tools)
    return Services(works, Rooms(works, holder=settings.node), settings)


def make_secret(settings: Settings) -> bytes:
    """Return the server's secret; a weak one stops the start."""
    from app.utils.secret_file import judged, secret_of

    try:
        if settings.secret:
            return judged(settings.secret)
        make_data(settings)
        return secret_of(settings.data / "secret")
    except ValueError as fault:
        raise InputError(f"MUNDI_SECRET: {fault}") from fault


def make_data(settings: Settings) -> Path:
    """Make the data folder if it is not there; others on this machine may not look in."""
    try:
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as fault:
        raise InputError(f"MUNDI_DATA {settings.data}: {fault.strerror}") from fault
    return settings.data


def migrate(settings: Settings) -> str:
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
    from app.worker.loop import work_forever

    settings = Settings()
    migrate(settings)
    work_forever(make_services(settings).works, holder=f"{settings.node}-worker")


def main() -> None:
    """The console script."""
    command_line(serve=serve, worker=run_worker, migrate=lambda: migrate(Settings()))()


def serve() -> None:
    """Serve the studio, the API and the rooms on one port."""
    raise Unavailable("the live part is wired here")
