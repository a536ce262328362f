"""The page on how to write a universe says what the engine does."""

import re
from pathlib import Path

import pytest

from app.core.document import parse
from app.core.document.grammar import UNIVERSE
from app.core.document.grammar.rules import EVENTS, LOOK_CHANNELS, NOTE_CHANNELS, SCALES
from app.core.document.quantities import MEASURES
from app.core.parameters import WORLDS
from app.core.parameters.music import VOICES

PAGE = (Path(__file__).parents[2] / "docs" / "universe.md").read_text()
BLOCKS = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("text", BLOCKS, ids=range(len(BLOCKS)))
def test_every_universe_on_the_page_is_one(text):
    assert parse(text)


def test_every_word_of_the_grammar_is_on_the_page():
    names = {
        *UNIVERSE.fields, *EVENTS, *SCALES, *NOTE_CHANNELS, *LOOK_CHANNELS, *WORLDS, *VOICES,
        *(name for group in MEASURES.values() for name in group),
    } - {"mundi"}  # fmt: skip
    missing = sorted(name for name in names if f"`{name}`" not in PAGE)

    assert not missing
