"""Every figure of the physics in one run: python bench/physics."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

for name in ("gas", "gravity", "piles", "rooms", "dense", "start"):
    subprocess.run([sys.executable, str(HERE / f"{name}.py")], check=True)
