import json
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[4] / "examples"


@pytest.fixture
def example():
    """Read an example's JSON by name."""
    return lambda name: json.loads((EXAMPLES / f"{name}.json").read_text())
