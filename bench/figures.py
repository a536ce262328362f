"""Measure the rows of the README's table on this machine: make figures.

Set-up and start are measured on a fresh clone in an empty home; renders and the click on this
checkout. Keep the machine quiet meanwhile: these are seconds, not ratios.
"""

import os
import re
import resource
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ("trappist-1", "pendulum-waves", "polyrhythm", "figure-eight", "gas")
HEARD_S = 60
PATIENCE_S = 60


def row(what: str, value: str, command: str) -> None:
    """Print a row of the table."""
    print(f"| {what} | {value} | `{command}` |", flush=True)


def fresh_set_up(place: Path) -> None:
    """Clone into an empty home, set up, and tell what it took."""
    clone, home = place / "mundi", place / "home"
    home.mkdir()
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin:/usr/local/bin", "LANG": "C.UTF-8"}
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "backend/bootstrap.py", "setup"],
        cwd=clone,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    whole_s = time.perf_counter() - began
    kernels = re.search(r"kernels ready: ([\d.]+) s of processor, ([\d.]+) s", done.stdout)
    row("set-up of a fresh clone, downloads included", f"{whole_s:.0f} s", "make setup")
    if kernels:
        value = f"{kernels[1]} s of processor, {kernels[2]} s of waiting"
        row("of which compiling kernels", value, "make setup")


def starts(clone: Path) -> None:
    """Start twice on one data folder and tell how long until ready."""
    data = clone.parent / "data"
    row("first start until `/readyz`", f"{start_s(clone, data):.1f} s", "make run")
    row("later starts until `/readyz`", f"{start_s(clone, data):.1f} s", "make run")


def start_s(clone: Path, data: Path) -> float:
    """Serve from a clone until ready, then stop; return the seconds it took."""
    port = free_port()
    environment = dict(os.environ, MUNDI_PORT=str(port), MUNDI_DATA=str(data))
    began = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "backend/bootstrap.py", "run"],
        cwd=clone,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until_ready(port, server)
        return time.perf_counter() - began
    finally:
        server.terminate()
        server.wait(PATIENCE_S)


def free_port() -> int:
    """Find a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(port: int, server: subprocess.Popen[bytes]) -> None:
    """Ask /readyz until it says yes."""
    until = time.perf_counter() + PATIENCE_S
    while time.perf_counter() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    raise SystemExit("the server did not get ready")


def renders(place: Path) -> Iterator[tuple[str, float, float]]:
    """Render a minute of each example; yield its name, wall seconds and processor seconds."""
    mundi = ROOT / ".venv" / "bin" / "mundi"
    for name in EXAMPLES:
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        universe, wav = ROOT / "examples" / f"{name}.json", place / f"{name}.wav"
        command = [mundi, "play", universe, "--seconds", str(HEARD_S), "--wav", wav]
        subprocess.run(command, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        yield name, time.perf_counter() - began, cpu_s


def main() -> None:
    """Print every row."""
    print("| what | measured | command |\n|---|--:|---|")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        fresh_set_up(place)
        starts(place / "mundi")
        for name, wall_s, cpu_s in renders(place):
            value = f"{HEARD_S / wall_s:.0f} x real time ({cpu_s:.1f} s of processor)"
            command = f"mundi play examples/{name}.json --seconds 60 --wav out.wav"
            row(f"a minute of {name}, start included", value, command)
    click = ROOT / "bench" / "click.py"
    if click.exists():
        told = subprocess.run([sys.executable, click], check=True, capture_output=True, text=True)
        row("from a click to its sound", told.stdout.strip().splitlines()[-1], "bench/click.py")


if __name__ == "__main__":
    main()
