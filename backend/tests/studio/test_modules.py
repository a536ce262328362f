"""What one module of the studio takes from another is there: a browser would show nothing at all."""

import re
from pathlib import Path

import pytest

STUDIO = Path(__file__).resolve().parents[3] / "studio"
TAKES = re.compile(r"^import\s*\{([^}]*)\}\s*from\s*'(\.[^']*)'", re.M)
GIVES = re.compile(r"^export\s+(?:async\s+)?(?:function\*?|class|const|let)\s+([\w$]+)", re.M)
LISTS = re.compile(r"^export\s*\{([^}]*)\}", re.M)


def names(words):
    return {word.strip().split(" as ")[0] for word in words.split(",") if word.strip()}


def given(path):
    text = path.read_text()
    listed = {
        one.strip().split(" as ")[-1] for words in LISTS.findall(text) for one in words.split(",")
    }
    return {*GIVES.findall(text), *listed}


@pytest.mark.parametrize("path", sorted(STUDIO.rglob("*.js")), ids=lambda path: path.name)
def test_whatever_a_module_takes_another_gives(path):
    for words, where in TAKES.findall(path.read_text()):
        other = (path.parent / where).resolve()
        assert other.is_file(), where
        assert names(words) <= given(other), f"{where} gives no {names(words) - given(other)}"
