import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.document import BYTES_MAX, judge, parse
from app.errors import DocumentError, SyntaxFault, TooLarge
from app.utils.merge_patch import inverse

EXAMPLES = sorted((Path(__file__).parents[4] / "examples").glob("*.json"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_a_universe_with_a_title_and_a_few_sentences_about_it(path):
    data = parse(path.read_bytes()).data

    assert data["title"]
    assert 1 <= data["about"].count(".") <= 3


def test_one_content_has_one_text_however_it_was_spelled():
    one = parse('{"title": "a", "music": {"tempo": 1.2e2}, "seed": 0}')
    other = parse('{"seed":-0.0,"music":{"tempo":120.0},\n"title":"\\u0061"}')

    assert one.text == other.text == '{"music":{"tempo":120},"seed":0,"title":"a"}'
    assert one.sha256 == other.sha256 == hashlib.sha256(one.text.encode()).hexdigest()
    assert str(one.data) == str(parse(one.text).data)


def test_the_data_is_as_authored_without_defaults():
    assert parse("{}").data == {}


def test_a_value_is_what_was_said_or_the_worlds_or_the_tables():
    document = judge({"world": "space", "physics": {"friction": 0.4, "gravity": [1, 2, 3]}})

    assert document.value("physics.friction") == 0.4
    assert document.value("physics.gravity") == (1, 2, 3)
    assert document.value("physics.elasticity") == 1.0
    assert document.value("music.reverb.mix") == 0.3
    with pytest.raises(KeyError):
        document.value("physics.charm")


def test_the_three_ways_to_be_no_universe_have_errors_of_their_own():
    with pytest.raises(SyntaxFault, match="line 1"):
        parse("{")
    with pytest.raises(DocumentError):
        parse('{"mundi": 2}')
    with pytest.raises(TooLarge):
        parse(json.dumps({"about": "x" * 5 * BYTES_MAX}))


def test_the_limit_of_size_counts_the_canonical_text():
    rule = {"when": {"event": "appear"}, "note": {"voice": "bell", "degree": 1}}
    many = {f"r{number}": rule for number in range(200)}
    spaced = json.dumps({"rules": many}, indent=8)

    assert len(parse(spaced).text) < len(spaced)
    point = {"at": 1, "text": "x" * 2000}
    with pytest.raises(TooLarge, match=str(BYTES_MAX)):
        judge({"story": {f"p{number}": point for number in range(140)}})


def test_a_patch_makes_another_universe_and_leaves_this_one_alone():
    before = judge({"bodies": {"a": {"mass": 1}, "b": {}}})
    after = before.patched({"bodies": {"a": {"mass": 2}, "b": None, "zz-1": {"radius": 0.2}}})

    assert after.data == {"bodies": {"a": {"mass": 2}, "zz-1": {"radius": 0.2}}}
    assert before.data == {"bodies": {"a": {"mass": 1}, "b": {}}}


def test_a_patch_that_breaks_the_universe_is_refused():
    with pytest.raises(DocumentError) as caught:
        judge({}).patched({"music": {"tempo": 39}})

    assert [one.path for one in caught.value.problems] == ["$.music.tempo"]


def test_a_patch_deeper_than_any_document_is_refused_not_run_into():
    patch = {}
    for _ in range(5000):
        patch = {"a": patch}

    with pytest.raises(DocumentError, match="32 levels"):
        judge({}).patched(patch)


BODY = st.fixed_dictionaries(
    {},
    optional={
        "position": st.lists(st.floats(-5, 5), min_size=3, max_size=3),
        "radius": st.floats(0, 2),
        "mass": st.floats(0.1, 9),
        "rod": st.fixed_dictionaries({"length": st.floats(0.1, 2)}),
    },
)
BODIES = st.dictionaries(st.sampled_from(["a", "b", "c", "zz-9"]), BODY, max_size=3)
MUSIC = st.fixed_dictionaries(
    {}, optional={"tempo": st.integers(40, 200), "reverb": st.just({"mix": 0.5, "decay": 1})}
)
UNIVERSES = st.fixed_dictionaries({}, optional={"bodies": BODIES, "music": MUSIC})
SOME_BODIES = st.dictionaries(st.sampled_from(["a", "b", "d"]), st.none() | BODY, max_size=3)
PATCHES = st.fixed_dictionaries(
    {},
    optional={"bodies": st.none() | SOME_BODIES, "music": st.none() | MUSIC, "title": st.just("t")},
)


@given(data=UNIVERSES, patch=PATCHES)
@settings(max_examples=150, deadline=None)
def test_the_inverse_of_a_patch_takes_it_back(data, patch):
    before = judge(data)
    after = before.patched(patch)

    assert after.patched(inverse(before.data, patch)).text == before.text
