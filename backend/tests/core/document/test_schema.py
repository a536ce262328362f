import json
import runpy
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.document import judge, schema
from app.core.document.judge import misshapen
from app.core.parameters import PARAMETERS
from app.errors import DocumentError

HERE = Path(__file__).parent
CORPUS = runpy.run_path(str(HERE / "corpus.py"))
EXAMPLES = [
    json.loads(p.read_text()) for p in sorted((HERE.parents[3] / "examples").glob("*.json"))
]
SCHEMA = schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def paths(data):
    with pytest.raises(DocumentError) as caught:
        judge(data)
    return [one.path for one in caught.value.problems]


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("data", EXAMPLES, ids=lambda data: data["title"])
def test_an_example_keeps_to_the_schema(data):
    VALIDATOR.validate(data)


@pytest.mark.parametrize(("name", "data", "path"), CORPUS["SHAPE"])
def test_judge_and_schema_refuse_the_same_shapes(name, data, path):
    assert paths(data) == [path]
    assert not VALIDATOR.is_valid(data)


@pytest.mark.parametrize(("name", "data", "path"), CORPUS["MEANING"])
def test_the_judge_sees_what_a_schema_cannot(name, data, path):
    assert paths(data) == [path]
    assert VALIDATOR.is_valid(data)


def places(value, at=()):
    yield at
    parts = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, one in parts:
        yield from places(one, (*at, key))


def replaced(value, at, new):
    if not at:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[at[0]] = replaced(copy[at[0]], at[1:], new)
    return copy


ATOMS = st.sampled_from(
    [None, True, 0, 1, -1, 0.5, 7, 1e13, "", "x", "C4", "1/4 bar", "list", "bell", "body.x", "wall", [], [1],
     [1, 2], [1, 2, 3], ["C2", "C3"], {}, {"from": "body.x"}, {"from": 1, "step": 2}, {"per_minute": 3}]
)  # fmt: skip


@given(data=st.data())
@settings(max_examples=250, deadline=None)
def test_judge_and_schema_agree_on_the_shape_of_mutated_examples(data):
    value = data.draw(st.sampled_from(EXAMPLES))
    at = data.draw(st.sampled_from(list(places(value))))
    value = replaced(value, at, data.draw(ATOMS))

    assert VALIDATOR.is_valid(value) == (not misshapen(value))


def test_every_parameter_built_has_its_place_in_the_schema():
    from app.core.document.grammar.built import NOT_BUILT

    for path in PARAMETERS:
        here = SCHEMA
        for step in path.split("."):
            here = here.get("properties", {}).get(step, {})
        assert bool(here) != (path in NOT_BUILT), path


def test_the_schema_tells_what_a_parameter_does_and_is_by_itself():
    tempo = SCHEMA["properties"]["music"]["properties"]["tempo"]

    assert tempo["default"] == 120
    assert tempo["description"].endswith("In BPM.")
    assert (tempo["minimum"], tempo["maximum"]) == (40, 200)
