"""Judging only what a patch touches gives what judging all of it gives."""

import json
import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from app.core.document import amend, judge, parse
from app.core.document.bodies import roster
from app.core.document.grammar import UNIVERSE
from app.core.document.references import CHECKS
from app.errors import MundiError
from app.utils.merge_patch import merged

EXAMPLES = sorted((Path(__file__).parents[4] / "examples").glob("*.json"))
RICH = {
    "title": "Everything", "world": "earth", "physics": {"floor": -1, "gravitation": 1},
    "bodies": {
        "sun": {"fixed": True, "mass": 5}, "earth": {"orbit": {"about": "sun", "period": 3}},
        "moon": {"orbit": {"about": "earth", "semi_major_axis": 0.1}, "voice": "own"},
        "ball": {"bounce": "1/4 bar"}, "bob": {"rod": {"swing": "1 bar"}, "mass": 1},
        "dust": {"mass": 0, "collide": False, "position": [1, 2, 3]},
    },
    "series": {"row": {"n": 3, "x": {"from": 0, "step": 1}, "radius": [0.1, 0.2, 0.3]}},
    "crowds": {"gas": {"sow": "ball", "n": 4, "voice": "bell"}},
    "links": {"bond": {"kind": "spring", "between": ["ball", "dust"]}},
    "voices": {"own": {"like": "bell"}},
    "rules": {
        "hits": {"when": {"event": "collision", "of": ["ball", "row"]}, "note": {"degree": 0}},
        "passes": {"when": {"event": "transit", "about": "sun"},
                   "note": {"voice": "own", "degree": {"from": "body.x", "domain": [0, 1]}}},
    },
    "story": {"end": {"at": "bar 4", "changes": {"physics.temperature": 10}}},
}  # fmt: skip
SPARE = [
    None, 0, -0.0, 2.0, 1, 3, 1e9, True, "sun", "bell", "no-such", "1/3 bar", [], [0, 0, 0],
    [0, -9.81, 0], [0, 0, 2], {}, {"about": "moon", "period": 2}, {"at": 1}, {"n": 2},
    {"fixed": True}, {"mass": 0}, {"orbit": None}, {"rod": {"length": 1}}, "natural", 0.5,
    {"when": {"event": "apsis"}, "note": {"degree": 1}}, {"kind": "rod", "between": ["sun", "bob"]},
    {"a" * 33: {}}, {"A": {}}, "\x00", "é\ud7ff", float("nan"),
]  # fmt: skip


def outcome(make):
    """Give the content that came out, or every fault."""
    try:
        document = make()
    except MundiError as error:
        return type(error), [(one.path, one.message) for one in getattr(error, "problems", ())]
    return document.text, document.sha256, document.data


def paths(value, here=()):
    yield here
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from paths(inner, (*here, key))


def at(value, path):
    for key in path:
        value = value[key]
    return value


def random_patch(draw, data, pool):
    """Change, remove or copy something that is there, or put something odd somewhere."""
    patch = {}
    for _ in range(draw.choice([1, 1, 1, 2, 5])):
        path = draw.choice([one for one in paths(data) if one])
        kind = draw.random()
        if kind < 0.25:  # beside it, the same under another name
            value, path = at(data, path), (*path[:-1], draw.choice(["new", "sun", "b-2", "é"]))
        elif kind < 0.45:
            value = None
        elif kind < 0.6 and isinstance(at(data, path), int | float):
            value = draw.choice([at(data, path) * 1.5, -at(data, path), at(data, path) + 0.25])
        elif kind < 0.9:
            value = draw.choice(pool.get(path[-1], SPARE))
        else:
            value = draw.choice(SPARE)
        for key in reversed(path):
            value = {key: value}
        patch = value if not patch else merge_patches(patch, value)
    return patch


def merge_patches(one, other):
    if not (isinstance(one, Mapping) and isinstance(other, Mapping)):
        return other
    return {**one, **{k: merge_patches(one.get(k), v) for k, v in other.items()}}


def universes():
    return [RICH, *(json.loads(path.read_text()) for path in EXAMPLES)]


@pytest.mark.parametrize("number", range(7))
def test_a_patch_gives_what_judging_the_whole_gives(number):
    draw, pool = random.Random(number), {}
    for one in universes():
        for path in paths(one):
            pool.setdefault(path[-1] if path else "", []).append(at(one, path))
    document, quick = judge(universes()[number % len(universes())]), 0
    for _ in range(150):
        patch = random_patch(draw, document.data, pool)
        whole = outcome(lambda d=document, p=patch: judge(merged(d.data, p)))

        assert outcome(lambda d=document, p=patch: d.patched(p)) == whole, patch

        if len(whole) == 3:
            quick += amend.amended(document.data, amend.pieces_of(document.data), patch) is not None
            roster(document)
            document = document.patched(patch)
            assert roster(document) == roster(parse(document.text)), patch
            if draw.random() < 0.1:
                document = judge(universes()[number % len(universes())])
    assert quick > 20


def test_what_comes_out_can_be_read_again():
    document = judge(RICH)
    for place in range(20):
        document = document.patched({"bodies": {f"b-{place}": {"x": place / 7}, "bob": None}})

    assert parse(document.text) == document
    assert list(document.data["bodies"]) == sorted(document.data["bodies"])


class Watched(dict):
    """A universe that notes which of its sections are looked at."""

    def __init__(self, data, seen):
        super().__init__(data)
        self.seen = seen

    def get(self, key, default=None):
        self.seen.add(key)
        return super().get(key, default)

    def __getitem__(self, key):
        self.seen.add(key)
        return super().__getitem__(key)

    def __contains__(self, key):
        self.seen.add(key)
        return super().__contains__(key)


def test_a_check_looks_at_no_section_it_does_not_name():
    # Defaults hang on these two, and a change of either has all judged anyway.
    grounds = {"world", "mapping"}
    for data in universes():
        for check in CHECKS:
            seen = set()
            list(check.strays(Watched(data, seen)))
            assert seen <= check.reads | grounds | {"dimensions"}, check


@pytest.mark.parametrize("patch", [
    {"bodies": {"dust": {"position": [3, 2, 1]}}},
    {"bodies": {"dust": None}, "links": None},
    {"physics": {"gravity": [0, -3, 0]}},
    {"rules": {"hits": {"note": {"degree": 4}}}},
    {"story": {"end": {"title": "The end"}}},
    {"music": {"tempo": 90}},
    {"bodies": {"ball": {"voice": "own"}}},
    {"bodies": {"sun": {"mass": 6}}},
])  # fmt: skip
def test_common_edits_are_not_judged_whole(patch):
    document = judge(RICH)

    assert amend.amended(document.data, amend.pieces_of(document.data), patch) is not None


def test_a_check_sees_no_field_of_an_entry_that_it_does_not_name():
    draw, seen = random.Random(1), 0
    sights = [(name, one) for check in CHECKS for name, one in check.sees.items()]
    for name, sight in sights:
        for entry in (one for data in universes() for one in data.get(name, {}).values()):
            other = {key: said for key, said in entry.items() if key in sight.fields}
            other |= {key: draw.choice(SPARE) for key in entry if key not in sight.fields}
            assert sight.of(other) == sight.of(entry), (name, sight.fields)
            seen += len(other) > len(sight.fields)
    assert seen > 50


def test_every_section_it_changes_is_one_of_the_grammar():
    assert {check for one in CHECKS for check in (*one.alone, *one.sees)} <= set(UNIVERSE.fields)
    assert all({*one.alone, *one.sees} <= one.reads for one in CHECKS)
