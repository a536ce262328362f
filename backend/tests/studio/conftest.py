"""A real Chromium, the studio's files on a port of their own, and a real server for the long walks."""

import functools
import http.server
import shutil
import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from served import STUDIO, served

ARGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--autoplay-policy=document-user-activation-required",
    # Pages of a test that are not in front must go on drawing.
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
]


def chromium() -> str:
    """Find the browser that the set-up installs."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    assert found, "Chromium is missing: apt-get install chromium"
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a file of tests; each test has windows of its own."""
    # Not for the session: Playwright keeps an event loop running while it is open, and the tests
    # after it could start none of their own.
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=ARGS)
        yield started
        started.close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves the studio's files, and says nothing about it."""

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="session")
def files() -> Iterator[str]:
    """The address of the studio's files alone, for its modules one by one."""
    handler = functools.partial(Quiet, directory=str(STUDIO))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def module_page(browser: Browser, files: str) -> Iterator[Page]:
    """A page from which the studio's modules can be imported."""
    page = browser.new_page()
    page.goto(f"{files}/icon.svg")
    yield page
    page.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server with its own data folder, warm."""
    with served(tmp_path_factory.mktemp("served")) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """A function that opens the studio as another visitor; errors of its console fail the test."""
    opened: list[Page] = []
    complaints: list[str] = []

    def come(name: str = "", *, width: int = 900, height: int = 640) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height})
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{error}\n{error.stack}"))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else 0)
        page.goto(f"{server}/#{name}")
        page.wait_for_function("() => window.mundi?.tick > 12", timeout=60_000)
        opened.append(page)
        return page

    yield come
    for page in opened:
        page.context.close()
    assert complaints == []
