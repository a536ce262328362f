"""A real `mundi serve` tested from outside by Schemathesis: every check, every phase."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import httpx

HERE = Path(__file__).resolve().parent
BIN = Path(sys.executable).parent
PATIENCE_S = 150


def faults(
    folder: Path, url: str, *, port: int, seed: int, examples: int, seconds: int | None
) -> str:
    """Test a server on a migrated database; return what went wrong, nothing if all is well.

    With `seconds` every phase is run, again until the time is over, and an operation that never
    succeeded is a fault; without, a few requests to each operation have to do.
    """
    extent = ["--max-time", str(seconds)] if seconds else ["--phases", "examples,fuzzing"]
    base = f"http://localhost:{port}"
    said = os.environ | {
        "MUNDI_DATA": str(folder),
        "MUNDI_DATABASE_URL": url,
        "MUNDI_PORT": str(port),
        "MUNDI_LOG_LEVEL": "error",
        "MUNDI_PROXIES": "1",  # hooks.py says where people come from
        "MUNDI_WORKERS": "0",  # whoever needs a finished export finishes it: see makers.py
        "OUTSIDE_URL": base,
        "OUTSIDE_REACHED": str(folder.with_suffix(".json")),
        "SCHEMATHESIS_HOOKS": "hooks",
        "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent / "api")]),
    }
    with folder.with_suffix(".log").open("w") as log:
        server = subprocess.Popen([BIN / "mundi", "serve"], env=said, stdout=log, stderr=log)
        try:
            ready(base, server)
            told = subprocess.run(
                [
                    BIN / "schemathesis", "--config-file", HERE / "schemathesis.toml", "run",
                    f"{base}/api/v1/openapi.json", "--checks", "all", "--seed", str(seed),
                    "--max-examples", str(examples), *extent, "--no-color",
                    "--continue-on-failure", "--suppress-health-check", "all",
                ],
                env=said, cwd=folder.parent, capture_output=True, text=True, check=False,
            )  # fmt: skip
        finally:
            server.terminate()
            server.wait(30)
    wrong = "" if told.returncode == 0 else told.stdout + told.stderr
    silent = unreached(folder.with_suffix(".json"), told.stdout) if seconds else []
    return wrong + (f"\nnever answered 2xx: {', '.join(silent)}" if silent else "")


def ready(base: str, server: "subprocess.Popen[bytes]") -> None:
    """Wait until a server answers."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and server.poll() is None:
        try:
            if httpx.get(f"{base}/readyz", trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise SystemExit("the server did not get ready")


def unreached(path: Path, output: str) -> list[str]:
    """Name the operations that were called and never succeeded."""
    if not path.exists():
        return [f"nothing was called:\n{output[-2000:]}"]
    told = json.loads(path.read_text())
    return sorted(name for name, count in told.items() if not count)
