"""Measure from a click in one browser to its sound at the ear in another: bench/click.py [clicks].

A real server, two real Chromiums' pages in one room of a silent universe. The clock starts at the press
in the first page and stops when the first loud sample leaves the second page's audio output, its own
latency included (the browser's word for it). Both pages run on one machine: no network is in the figure.
"""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
CLICKS = 21
PATIENCE_S = 120
ARGS = ["--no-sandbox", "--disable-background-networking", "--disable-renderer-backgrounding"]
SILENT = {
    "title": "A silent sky",
    "world": "space",
    "dimensions": 2,
    "boundary": {"box": [20, 20]},
    "bodies": {"a": {"position": [-6, -6, 0], "radius": 0.5}},
    "music": {"reverb": {"mix": 0}},
}
IN_ROOM = "() => window.mundi?.mode === 'room' && window.mundi.tick > 12"
QUIET = "() => window.mundi.player.quiet > 24000"
NOTE_PRESS = """() => addEventListener('pointerup', (event) => {
  window.pressed = performance.timeOrigin + event.timeStamp;
}, { once: true, capture: true })"""


def free_port() -> int:
    """Find a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(folder: Path, port: int) -> subprocess.Popen[bytes]:
    """Start a server on an empty data folder and wait until it is ready."""
    environment = os.environ | {"MUNDI_PORT": str(port), "MUNDI_DATA": str(folder)}
    command = [str(Path(sys.executable).parent / "mundi"), "serve"]
    server = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)
    until = time.perf_counter() + PATIENCE_S
    while time.perf_counter() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1):
                return server
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise SystemExit("the server did not get ready")


def owner(browser: Browser, address: str) -> tuple[Page, str]:
    """Register somebody with a silent universe; their page in its room, and its id."""
    context = browser.new_context(viewport={"width": 900, "height": 640})
    person = {"email": "ada@example.org", "password": "correct horse battery"}
    headers = {"X-Mundi-Client": "studio", "Origin": address}
    api = f"{address}/api/v1"
    entered = context.request.post(f"{api}/auth/register", data=person, headers=headers).json()
    token = {"Authorization": f"Bearer {entered['access_token']}"}
    body = {"document": SILENT, "visibility": "unlisted"}
    name = context.request.post(f"{api}/universes", data=body, headers=token).json()["id"]
    context.add_init_script("localStorage.setItem('mundi.was-in', '1')")
    return come(context.new_page(), address, name), name


def come(page: Page, address: str, name: str) -> Page:
    """Enter a room and listen."""
    page.goto(f"{address}/#{name}")
    page.wait_for_function(IN_ROOM, timeout=60_000)
    page.click("#listen")
    page.wait_for_function("() => window.mundi.player?.plays", timeout=30_000)
    return page


def click(first: Page, second: Page, number: int) -> list[float]:
    """Milliseconds from one press to its sound, in the page it was made in and in the other."""
    pages = (first, second)
    for page in pages:
        page.wait_for_function(QUIET, timeout=30_000)
    before = [page.evaluate("window.mundi.player.onset") for page in pages]
    first.evaluate(NOTE_PRESS)
    # Clicks fall at every phase of the 50 ms slices, and never twice on one place.
    first.wait_for_timeout(13 * (number % 5))
    first.mouse.click(360 + 23 * (number % 9), 90 + 19 * (number % 7))
    heard = []
    for page, last in zip(pages, before, strict=True):
        page.wait_for_function(
            "(last) => window.mundi.player.onset !== last", arg=last, timeout=15_000
        )
        heard.append(page.evaluate("performance.timeOrigin + window.mundi.onset"))
    pressed = first.evaluate("window.pressed")
    return [moment - pressed for moment in heard]


def main() -> None:
    """Click so often, and print the median last."""
    clicks = int(sys.argv[1]) if len(sys.argv) > 1 else CLICKS
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = serve(Path(folder) / "data", port := free_port())
        try:
            browser = playwright.chromium.launch(executable_path=chromium, args=ARGS)
            address = f"http://127.0.0.1:{port}"
            first, name = owner(browser, address)
            second = come(browser.new_page(), address, name)
            first.wait_for_timeout(2000)
            waits = [click(first, second, number) for number in range(clicks)]
            latency_ms = 1000 * second.evaluate("window.mundi.latency")
            lead_ms = second.evaluate("window.mundi.transport.lead_ms")
            browser.close()
        finally:
            server.terminate()
            server.wait(30)
    report(waits, latency_ms=latency_ms, lead_ms=lead_ms)


def report(waits: list[list[float]], *, latency_ms: float, lead_ms: float) -> None:
    """Print each place's spread, and the median as the last line."""
    for place, column in zip(("own", "neighbour's"), zip(*waits, strict=True), strict=True):
        print(
            f"in one's {place} browser:" if place == "own" else f"in the {place} browser:", end=" "
        )
        print(", ".join(f"{wait:.0f}" for wait in sorted(column)), "ms")
    middle = statistics.median(theirs for _, theirs in waits)
    print(
        f"{middle:.0f} ms in the neighbour's browser (median of {len(waits)}; the room's lead "
        f"{lead_ms:.0f} ms and the audio output's own {latency_ms:.0f} ms are in it)"
    )


if __name__ == "__main__":
    main()
