"""What the README promises to a stranger is true."""

import re
from pathlib import Path

import pytest

from app.config import Settings
from app.core.document import parse
from app.core.performance import Performance

ROOT = Path(__file__).resolve().parent.parent.parent
README = (ROOT / "README.md").read_text()


def test_its_universe_plays_in_the_three_rhythms_it_says():
    (universe,) = re.findall(r"```json\n(.*?)```", README, re.DOTALL)

    notes = Performance(parse(universe)).run(120 * 8).notes

    # Four bars of two seconds: twelve, sixteen and twenty landings, the first half a bounce in.
    landings = [sum(note.bodies[0] == body for note in notes) for body in "abc"]
    assert landings == [
        pytest.approx(12, abs=1),
        pytest.approx(16, abs=1),
        pytest.approx(20, abs=1),
    ]


def test_every_file_and_folder_it_links_to_is_there():
    links = re.findall(r"\]\(([^)#]+)\)", README)
    missing = [link for link in links if "://" not in link and not (ROOT / link).exists()]

    assert not missing


def test_every_target_it_names_can_be_made():
    made = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert set(re.findall(r"\bmake (run|test|figures|setup|[a-z]+)\b(?=[ `])", README)) <= made


def test_every_setting_named_in_it_and_in_deploy_exists():
    pages = [README, *(path.read_text() for path in (ROOT / "deploy").iterdir())]
    named = set(re.findall(r"\bMUNDI_([A-Z_]+)\b", "\n".join(pages)))
    own = {"SITE"}  # of the compose file, for the proxy

    assert named - own <= {name.upper() for name in Settings.model_fields}
