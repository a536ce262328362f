"""What starting costs: every kernel of the physics compiled cold, and taken from the cache."""

import subprocess
import sys
import tempfile

import scene  # finds the app, too

BACKEND = sys.path[0]
WARM = """
import sys, time, pathlib, resource
sys.path.insert(0, {backend!r})
from app.core.numbers import kernel
kernel.FOLDER = pathlib.Path({folder!r})
began = time.perf_counter()
from app.core.physics.warm import warm
warm()
usage = resource.getrusage(resource.RUSAGE_SELF)
print(usage.ru_utime + usage.ru_stime, time.perf_counter() - began)
"""

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        code = WARM.format(backend=BACKEND, folder=folder)
        for name, asked_s, waits in (("cold compile", 60, False), ("cached start", 1, True)):
            done = subprocess.run(
                [sys.executable, "-c", code], capture_output=True, text=True, check=True
            )
            busy_s, wait_s = map(float, done.stdout.split())
            note = f"{busy_s:.1f} s of processor, {wait_s:.1f} s of waiting"
            scene.said(name, note, f"{asked_s} s", (wait_s if waits else busy_s) <= asked_s)
