"""A real application on a real database for every test that asks for one.

`database` is SQLite; with `@pytest.mark.databases` a test also runs on a real Postgres, where the
machine has one. Nothing heavy is imported before a test asks.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest


def postgres_programs() -> Path | None:
    """Find the folder of initdb and pg_ctl."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    return next((path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")), None)


def pytest_addoption(parser):
    parser.addoption("--proof", action="store_true", help="run the long forms, for `make proof`")
    parser.addoption(
        "--postgres",
        action="store_true",
        help="run every test that asks for a database on Postgres",
    )


def pytest_configure(config):
    config.addinivalue_line("markers", "databases: the test runs on SQLite and on Postgres")
    config.addinivalue_line("markers", "sqlite: the test is of a database that is a file")
    config.addinivalue_line("markers", "proof: the test has a long form, run by `make proof`")


@pytest.fixture(scope="session")
def proof(request) -> bool:
    """Whether a promise is to be proved at length."""
    return request.config.getoption("--proof")


def pytest_report_header():
    found = os.environ.get("TEST_DATABASE_URL") or postgres_programs()
    return f"postgres: {'used for tests marked databases' if found else 'not installed, not used'}"


def pytest_generate_tests(metafunc):
    marks = {one.name for one in metafunc.definition.iter_markers()}
    both = "databases" in marks or ("proof" in marks and metafunc.config.getoption("--proof"))
    if "database" not in metafunc.fixturenames:
        return
    if metafunc.config.getoption("--postgres") and "sqlite" not in marks:
        metafunc.parametrize("database", ["postgres"], indirect=True)
    elif both:
        real = os.environ.get("TEST_DATABASE_URL") or postgres_programs()
        metafunc.parametrize(
            "database", ["sqlite", "postgres"] if real else ["sqlite"], indirect=True
        )


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory) -> Path:
    """A migrated SQLite database, made once and copied for each test."""
    from app.services import tables

    path = tmp_path_factory.mktemp("template") / "mundi.sqlite"
    tables.bring_up(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a server of our own, in memory as far as safety goes; %s is the database."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given.rsplit("/", 1)[0] + "/%s"
        return
    programs = postgres_programs()
    assert programs is not None
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        # It refuses to run as root, and a socket's path may have 107 characters.
        user = "postgres" if os.geteuid() == 0 else None
        if user:
            shutil.chown(folder, user)
        said: dict[str, Any] = {"user": user, "cwd": folder, "stdout": subprocess.DEVNULL}
        subprocess.run(
            f"{programs}/initdb -D {folder}/data -U mundi -A trust --no-sync "
            "--no-instructions -E UTF8 --locale=C".split(),
            check=True,
            **said,
        )
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off"
        control = [programs / "pg_ctl", "-D", f"{folder}/data", "-w", "-l", f"{folder}/log"]
        subprocess.run([*control, "-o", options, "start"], check=True, **said)
        try:
            yield f"postgresql+psycopg://mundi@/%s?host={folder}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=True, **said)


@pytest.fixture(scope="session")
def empty_postgres(postgres) -> str:
    """The name of a migrated Postgres database, made once and copied for each test."""
    from app.services import tables

    run_on_postgres(postgres, "CREATE DATABASE template_mundi")
    tables.bring_up(postgres % "template_mundi")
    return "template_mundi"


def run_on_postgres(server: str, statement: str) -> None:
    """Run one statement outside any transaction."""
    from sqlalchemy import create_engine, text

    engine = create_engine(server % "postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture
def database(request, tmp_path) -> Iterator[str]:
    """The address of a migrated database of the test's own."""
    if getattr(request, "param", "sqlite") == "sqlite":
        path = tmp_path / "mundi.sqlite"
        shutil.copy(request.getfixturevalue("empty_sqlite"), path)
        yield f"sqlite:///{path}"
        return
    server, template = (request.getfixturevalue(name) for name in ("postgres", "empty_postgres"))
    name = f"test_{uuid4().hex}"
    run_on_postgres(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield server % name
    run_on_postgres(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def settings(database, tmp_path):
    """Settings of a server on the test's own folder."""
    from app.config import Settings

    return Settings(
        data=tmp_path, database_url=database, secret="0123456789abcdefghijklmnopqrstuv-tests"
    )


@pytest.fixture
def services(settings):
    """The services on the test's own database."""
    from app import factory

    made = factory.make_services(settings)
    yield made
    made.works.close()


@pytest.fixture
def works(services):
    """What begins units of work."""
    return services.works


@pytest.fixture
def app(services):
    """The HTTP API."""
    from app import factory
    from app.utils import logs

    logs.configure(level="error")
    return factory.make_api(services)


@pytest.fixture
def client(app):
    """A guest."""
    return app.test_client()


@dataclass
class Person:
    """Somebody signed in, with a client of their own that sends their token."""

    client: Any
    id: str
    token: str
    refresh_token: str
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.headers = {"Authorization": f"Bearer {self.token}"}

    def __call__(self, method: str, path: str, **more: Any) -> Any:
        headers = self.headers | more.pop("headers", {})
        where = f"/api/v1/{path}"
        return self.client.open(where, method=method, headers=headers, buffered=True, **more)


@pytest.fixture
def person(app):
    """A function that registers somebody by name."""

    def registered(name: str = "ada") -> Person:
        client = app.test_client()
        body = {"email": f"{name}@example.org", "password": "correct horse battery"}
        made = client.post("/api/v1/auth/register", json=body)
        assert made.status_code == 201, made.text
        reply = made.json
        return Person(client, reply["user"]["id"], reply["access_token"], reply["refresh_token"])

    return registered


class Mailbox:
    """A carrier that keeps letters; set `broken` to an error, and it fails."""

    def __init__(self) -> None:
        self.letters: list[Any] = []
        self.broken: Exception | None = None
        self.tries = 0

    def carry(self, letter: Any) -> None:
        self.tries += 1
        if self.broken is not None:
            raise self.broken
        self.letters.append(letter)

    def token(self, kind: str) -> str:
        """Return the token of the newest letter of a kind."""
        texts = [letter.get_content() for letter in reversed(self.letters)]
        found = next(text for text in texts if f"#{kind}=" in text)
        return found.split(f"#{kind}=")[1].split()[0]


@pytest.fixture
def mailbox(works) -> Mailbox:
    """A mail server: accounts are confirmed first; `post.deliver(works)` fills the box."""
    from dataclasses import replace

    from app.services.letters import Post

    box = Mailbox()
    office = Post(box, address="https://mundi.example", confirms=True)
    works.tools = replace(works.tools, post=office)
    return box
