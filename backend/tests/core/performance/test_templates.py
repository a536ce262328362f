"""What people begin with is heard within its first seconds."""

from pathlib import Path

import pytest

from app.core.document import parse
from app.core.performance.take import play

TEMPLATES = sorted((Path(__file__).parents[4] / "examples" / "templates").glob("*.json"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_sounds(path):
    document = parse(path.read_bytes())
    notes = [note for piece in play(document, ticks=480) for note in piece.notes]

    assert len(notes) >= 3
    assert 20 < len(document.data["about"]) < 200
