import contextlib
import copy
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.document import judge, parse
from app.core.document.judge import PROBLEMS_MAX, depth_of
from app.errors import DocumentError, InputError

EXAMPLES = [
    json.loads(path.read_text())
    for path in sorted((Path(__file__).parents[4] / "examples").glob("*.json"))
]
PLAIN = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(
        ["1/4 bar", "bell", "C4", "body.x", "star", "list", "ratio", "wall", 0, 1, -1]
    )
)
WORDS = sorted(
    {
        word
        for text in map(json.dumps, EXAMPLES)
        for word in text.replace("{", '"').split('"')
        if word.strip(" :,[]0123456789.")
    }
)
JSON = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(WORDS) | st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


def survives(value):
    """Judge anything: a document, or faults each with a path and a message, and nothing else."""
    document, found = None, None
    try:
        document = judge(value)
    except InputError as error:
        found = error.problems
    assert document is not None or found
    assert all(one.path.startswith("$") and one.message for one in found or ())
    return document


@given(value=JSON)
@settings(max_examples=300, deadline=None)
def test_no_json_value_makes_the_judge_fall_over(value):
    survives(value)


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


@given(data=st.data())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_mutated_example_makes_the_judge_or_the_views_fall_over(data):
    value = data.draw(st.sampled_from(EXAMPLES))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.sampled_from(list(places(value))))
        value = replaced(value, at, data.draw(JSON))
    document = survives(value)
    if document is not None:
        resolve(document)


def resolve(document):
    """Work out all views: what the judge lets pass, the engine must be able to start from."""
    from app.core.document import bodies, music, points, rules, visual, worlds

    for view in (
        bodies.roster, bodies.crowds, rules.rules, music.music, points.points, visual.visual,
        worlds.physics, worlds.clock, worlds.boundary,
    ):  # fmt: skip
        view(document)


@given(text=st.text(max_size=40) | st.binary(max_size=40))
def test_no_text_makes_the_reader_fall_over(text):
    with contextlib.suppress(InputError):
        parse(text)


def test_all_faults_are_told_at_once_in_every_section():
    with pytest.raises(InputError) as caught:
        judge(
            {
                "titel": "x",
                "physics": {"friction": 2},
                "bodies": {"a": {"voice": "zither"}},
                "rules": {
                    "r": {"when": {"event": "transit"}, "note": {"voice": "kazoo", "degree": 0}}
                },
            }
        )

    assert {one.path for one in caught.value.problems} == {
        "$.titel",
        "$.physics.friction",
        "$.bodies.a.voice",
        "$.rules.r.when",
        "$.rules.r.note.voice",
    }


def test_a_flood_of_faults_is_cut_off():
    bodies = {f"b{number}": {"voice": "kazoo"} for number in range(200)}
    with pytest.raises(InputError) as caught:
        judge({"bodies": bodies, **{f"x{number}": 1 for number in range(60)}})

    assert len(caught.value.problems) == PROBLEMS_MAX


def test_depth_counts_levels_and_stops_counting():
    deep = []
    for _ in range(100_000):
        deep = [deep]

    assert depth_of(1) == 0
    assert depth_of({"a": [1]}) == 2
    assert depth_of(deep) == 33


FULL = {
    "clock": {"rate": 2, "epoch": 3}, "boundary": {"box": [6, 7, 8]}, "observer": [1, 2, 3],
    "physics": {"gravity": [0, -9, 0], "softening": 1, "temperature": 4, "floor": -1,
                "medium": {"fluid_density": 3, "viscosity": 0.5}},
    "bodies": {"s": {"fixed": True, "mass": 2}, "a": {"position": [1, 2, 3], "mass": 1, "charge": 2},
               "p": {"orbit": {"about": "s", "period": 2, "eccentricity": 0.5}},
               "b": {"rod": {"length": 2, "angle": 20}}},
    "series": {"m": {"n": 2, "x": {"from": 4, "step": 1}, "radius": [1, 2]}},
    "crowds": {"c": {"sow": "box", "n": 3, "extent": 2, "speed": 1}},
    "links": {"l": {"kind": "spring", "between": ["a", "s"], "stiffness": 4, "breaks": 9}},
    "fields": {"f": {"kind": "radial", "position": [0, 1, 0], "strength": 4, "radius": 3}},
}  # fmt: skip


def numbers(value, path="$"):
    """Give the path of every number in a document and the way to it."""
    if isinstance(value, dict | list):
        named = value.items() if isinstance(value, dict) else enumerate(value)
        for key, one in named:
            step = f"[{key}]" if isinstance(value, list) else f".{key}"
            yield from ((p, (key, *way)) for p, way in numbers(one, path + step))
    elif not isinstance(value, bool | str):
        yield path, ()


@pytest.mark.parametrize("wrong", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize(("path", "way"), [*numbers(FULL)])
def test_no_number_anywhere_may_be_infinite_or_none_at_all(path, way, wrong):
    said = copy.deepcopy(FULL)
    inner = said
    for key in way[:-1]:
        inner = inner[key]
    inner[way[-1]] = wrong
    with pytest.raises(DocumentError) as caught:
        judge(said)

    assert caught.value.problems[0].path == path
