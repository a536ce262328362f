"""A real Chromium, the studio's files on a port of their own, and a real server for the long walks."""

import contextlib
import functools
import http.server
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[3]
STUDIO = ROOT / "studio"
ARGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--autoplay-policy=document-user-activation-required",
    # Pages of a test that are not in front must go on drawing.
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
]
START_MOST_S = 120


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


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def answers(address: str) -> bool:
    """Tell whether an address answers with 200."""
    try:
        with urllib.request.urlopen(address, timeout=2) as reply:
            return bool(reply.status == 200)
    except OSError:
        return False


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server with its own data folder, warm."""
    folder = tmp_path_factory.mktemp("served")
    address = f"http://127.0.0.1:{(port := free_port())}"
    environment = os.environ | {
        "MUNDI_PORT": str(port),
        "MUNDI_DATA": str(folder / "data"),
        "MUNDI_STUDIO": str(STUDIO),
        "MUNDI_EXAMPLES": str(ROOT / "examples"),
    }
    command = [str(Path(sys.executable).parent / "mundi"), "serve"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
        )
    try:
        await_ready(process, address, folder / "log")
        yield address
    finally:
        stop(process)


def await_ready(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Wait until the kernels are warm; tell the log where that does not come."""
    deadline = time.monotonic() + START_MOST_S
    while not answers(f"{address}/readyz"):
        late = time.monotonic() > deadline or process.poll() is not None
        assert not late, f"the server did not get ready:\n{log.read_text()[-4000:]}"
        time.sleep(0.1)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the server and whatever it started."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


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
