"""A real server on a free port, with a data folder of its own, for as long as it is needed."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
STUDIO = ROOT / "studio"
START_MOST_S = 120


@contextlib.contextmanager
def served(folder: Path, **settings: str) -> Iterator[str]:
    """Serve until the block ends; gives the address, warm."""
    address = f"http://127.0.0.1:{(port := free_port())}"
    environment = os.environ | {
        "MUNDI_PORT": str(port),
        "MUNDI_DATA": str(folder / "data"),
        "MUNDI_STUDIO": str(STUDIO),
        "MUNDI_EXAMPLES": str(ROOT / "examples"),
        **settings,
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
