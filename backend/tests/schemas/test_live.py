import json
import runpy
from pathlib import Path
from typing import get_args
from uuid import uuid4

import jsonschema
import pytest

from app.schemas import live

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGES = runpy.run_path(str(DOCS / "live.py"))["pages"]()


@pytest.mark.parametrize("name", PAGES)
def test_the_published_schemas_are_those_of_the_code(name):
    assert (DOCS / name).read_text() == PAGES[name], "make docs"


def test_every_message_is_told_on_the_page():
    page = (DOCS / "LIVE.md").read_text()

    names = [one.model_fields["type"].annotation for one in (*get_args(live.Said), *live.TOLD)]
    for name in (get_args(one)[0] for one in names):
        assert f"`{name}" in page, name


def test_what_the_schema_takes_the_server_takes_and_the_reverse():
    schema = json.loads(PAGES["live.schema.json"])
    edit = {"$ref": "#/$defs/Edit", "$defs": schema["$defs"]}
    good = {"type": "edit", "op_id": str(uuid4()), "patch": {"bodies": None}}

    jsonschema.validate(good, edit)
    live.SAID.validate_python(good)
    for bad in ({**good, "patch": 5}, {**good, "more": 1}, {"type": "edit"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(bad, edit)
        with pytest.raises(ValueError, match="validation error"):
            live.SAID.validate_python(bad)
