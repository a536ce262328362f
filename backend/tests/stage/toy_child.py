"""A stage that plays toys: run by the tests of its server's end."""

import sys
from pathlib import Path

import conftest

from app.stage import child

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    child.run(int(sys.argv[2]), lambda: conftest.theatre(folder, conftest.ToyBook()))
