"""What starting costs: every kernel of the physics compiled cold, and taken from the cache."""

import subprocess
import sys
import tempfile

import scene  # noqa: F401  # finds the app

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
print(f"{{usage.ru_utime + usage.ru_stime:.1f}} s of processor, {{time.perf_counter() - began:.1f}} s")
"""

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        code = WARM.format(backend=BACKEND, folder=folder)
        for name in ("cold compile", "cached start"):
            done = subprocess.run(
                [sys.executable, "-c", code], capture_output=True, text=True, check=True
            )
            sys.stdout.write(f"{name}: {done.stdout}")
