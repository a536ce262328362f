import json

import pytest

from app.core.parameters import PARAMETERS
from app.errors import DocumentError, Forbidden, InputError, NotFound, RevisionMissing, Stale
from app.services import parts, universes
from app.services.conditions import at

WHOLE = {
    "seed": 1,
    "physics": {"gravity": [0, -3, 0]},
    "music": {"tempo": 90, "reverb": {"mix": 0.5}, "scale": "dorian"},
    "bodies": {"a": {"position": [1, 2, 3], "mass": 2}},
    "rules": {"r": {"when": {"event": "collision"}, "note": {"degree": 0}}},
}
PARTS = ("physics", "music", "visual", "mappings", "bodies", "story")


@pytest.fixture
def ada(caller):
    return caller("ada")


@pytest.fixture
def view(ada, universe):
    return universe(ada, document=WHOLE, visibility="public")


def read(works, who, view, part, **more):
    return works.run(lambda work: parts.read(work, view.id, part, **more), who).value


def change(works, who, view, part, patch, rev):
    return works.run(lambda work: parts.change(work, view.id, part, patch, condition=at(rev)), who)


def whole(works, who, view):
    return json.loads(works.run(lambda work: universes.read(work, view.id), who).document)


def test_a_part_is_told_as_it_is_written(works, ada, view):
    assert read(works, ada, view, "music") == WHOLE["music"]
    assert read(works, ada, view, "mappings") == {"rules": WHOLE["rules"]}
    assert read(works, ada, view, "story") == {}


@pytest.mark.parametrize("part", parts.TABLED)
def test_a_filled_part_has_every_parameter_of_the_table(works, ada, view, part):
    filled = read(works, ada, view, part, filled=True)

    for path in PARAMETERS:
        steps = path.split(".")
        if steps[0] == part:
            here = filled
            for step in steps[1:]:
                here = here[step]
    assert parts.PartView(1, filled).text
    if part == "music":
        assert (filled["tempo"], filled["reverb"]["mix"], filled["volume"]) == (90, 0.5, 0.7)


@pytest.mark.databases
@pytest.mark.parametrize(
    ("part", "patch"),
    [
        ("physics", {"elasticity": 1}),
        ("music", {"tempo": None, "volume": 0.5}),
        ("visual", {"glow": 0.1}),
        ("mappings", {"rules": {"r": {"note": {"degree": 4}}}, "voices": {"v": {"like": "pad"}}}),
        ("bodies", {"a": None, "b": {"mass": 1}}),
        ("story", {"end": {"at": 3}}),
    ],
)
def test_a_part_is_changed_and_the_others_are_not(works, ada, view, part, patch):
    before = {one: read(works, ada, view, one) for one in PARTS}

    changed = change(works, ada, view, part, patch, 1)
    after = {one: read(works, ada, view, one) for one in PARTS}

    assert changed.document_rev == 2
    assert after[part] == changed.value != before[part]
    assert {one for one in PARTS if before[one] != after[one]} == {part}


@pytest.mark.parametrize(("rev", "error"), [(None, RevisionMissing), (0, Stale), (2, Stale)])
def test_a_change_names_the_revision_it_has_seen(works, ada, view, rev, error):
    for act in (
        lambda work: parts.change(work, view.id, "music", {}, condition=at(rev)),
        lambda work: parts.put_entry(work, view.id, "bodies", "a", {}, condition=at(rev)),
        lambda work: parts.remove_entry(work, view.id, "bodies", "a", condition=at(rev)),
        lambda work: parts.reset(work, view.id, "music.tempo", condition=at(rev)),
    ):
        with pytest.raises(error):
            works.run(act, ada)


def test_what_is_wrong_is_told_and_nothing_is_changed(works, ada, view):
    with pytest.raises(DocumentError) as refused:
        change(works, ada, view, "music", {"tempo": 999, "volume": 0.1}, 1)
    with pytest.raises(InputError, match="seed is no mapping"):
        change(works, ada, view, "mappings", {"seed": 2}, 1)

    assert [one.path for one in refused.value.problems] == ["$.music.tempo"]
    assert whole(works, ada, view) == WHOLE


def test_viewers_read_parts_and_do_not_change_them(works, ada, view, caller):
    eve = caller("eve")

    assert read(works, eve, view, "music") == WHOLE["music"]
    with pytest.raises(Forbidden):
        change(works, eve, view, "music", {"tempo": 80}, 1)


@pytest.mark.databases
def test_a_body_is_put_whole_changed_and_taken_away(works, ada, view):
    said = {"position": [0, 0, 0], "colour": "#ff0000"}
    put = works.run(
        lambda work: parts.put_entry(work, view.id, "bodies", "a", said, condition=at(1)), ada
    )
    changed = works.run(
        lambda work: parts.change_entry(
            work, view.id, "bodies", "a", {"colour": None, "mass": 3}, condition=at(2)
        ),
        ada,
    )
    works.run(lambda work: parts.remove_entry(work, view.id, "bodies", "a", condition=at(3)), ada)

    assert (put.value, changed.value) == (said, {"position": [0, 0, 0], "mass": 3})
    with pytest.raises(NotFound):
        works.run(lambda work: parts.entry(work, view.id, "bodies", "a"), ada)


@pytest.mark.parametrize("name", ["b", "A", "", "a" * 99])
def test_a_body_that_is_not_there_is_not_changed_or_removed(works, ada, view, name):
    for act in (
        lambda work: parts.change_entry(
            work, view.id, "bodies", name, {"mass": 1}, condition=at(1)
        ),
        lambda work: parts.remove_entry(work, view.id, "bodies", name, condition=at(1)),
    ):
        with pytest.raises(NotFound):
            works.run(act, ada)


def test_a_reset_parameter_has_its_default_and_leaves_nothing_behind(works, ada, view):
    def reset(path, rev):
        return works.run(lambda work: parts.reset(work, view.id, path, condition=at(rev)), ada)

    (tempo,) = reset("music.tempo", 1).items
    reset("music.reverb.mix", 2)
    (gravity,) = reset("physics.gravity", 3).items
    unsaid = reset("music.delay.mix", 4)

    assert (tempo.value, tempo.said) == (120, False)
    assert gravity.value == [0, -9.81, 0]
    assert whole(works, ada, view)["music"] == {"scale": "dorian"}
    assert "physics" not in whole(works, ada, view)
    assert unsaid.document_rev == 4  # there was nothing to change, so nothing was


def test_every_parameter_is_told_with_its_value(works, ada, view):
    found = works.run(lambda work: parts.settings(work, view.id), ada).items
    tempo = next(one for one in found if one.parameter.path == "music.tempo")

    assert [one.parameter.path for one in found] == list(PARAMETERS)
    assert (tempo.value, tempo.said, tempo.parameter.default) == (90, True, 120)
    with pytest.raises(NotFound):
        works.run(lambda work: parts.reset(work, view.id, "music.tmpo", condition=at(1)), ada)
