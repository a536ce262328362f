"""What a shape cannot say: that names are somebody's, that numbers go together.

Each check is handed a document whose named sections have the right shape, and says where in it
something points nowhere.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.document import bodies_judged, rules_judged
from app.core.document.groups import all_ids, members
from app.core.document.lookup import value_in
from app.core.document.wording import inside
from app.errors import Problem

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Check:
    """A check and the sections it reads."""

    reads: frozenset[str]
    strays: Callable[[Data], Iterator[Problem]]


def strays(data: Data, broken: frozenset[str]) -> Iterator[Problem]:
    """Give what points nowhere, by every check none of whose sections is broken."""
    for check in CHECKS:
        if not check.reads & broken:
            yield from check.strays(data)


def _observer(data: Data) -> Iterator[Problem]:
    if "observer" in data and not any(data["observer"]):
        yield Problem("$.observer", "the observer's direction is nothing; [1, 0, 0] would do")


def _boundary(data: Data) -> Iterator[Problem]:
    said = data.get("boundary", "open")
    if said == "open":
        return
    kind = "box" if "box" in said else "periodic"
    if len(said[kind]) < data.get("dimensions", 3):
        yield Problem(f"$.boundary.{kind}", "a world of three dimensions needs three lengths")


def _story(data: Data) -> Iterator[Problem]:
    for name, said in data.get("story", {}).items():
        for path, after in said.get("changes", {}).items():
            yield from _change(data, name, path, after)


def _change(data: Data, name: str, path: str, after: Any) -> Iterator[Problem]:
    before = value_in(data, path)
    if isinstance(before, str) != isinstance(after, str) and path == "physics.gravitation":
        where = inside(inside(inside("$.story", name), "changes"), path)
        yield Problem(where, "cannot change between a number and natural")


def _camera(data: Data) -> Iterator[Problem]:
    follow = value_in(data, "visual.camera.follow")
    if follow and follow not in bodies_judged.names(data):
        yield Problem("$.visual.camera.follow", f"{follow} is no body here")


def _links(data: Data) -> Iterator[Problem]:
    """Judge that links join two bodies that are there, and that rods and strings have a length."""
    ids = set(all_ids(data))
    swinging = set(members(data, _on_rods(data)))
    for name, said in data.get("links", {}).items():
        where = inside("$.links", name)
        for number, end in enumerate(said["between"]):
            if end not in ids:
                yield Problem(f"{where}.between[{number}]", f"{end} is no body here")
            elif end in swinging and said["kind"] != "spring":
                problem = f"{end} hangs on a rod of its own already"
                yield Problem(f"{where}.between[{number}]", problem)
        if said["between"][0] == said["between"][1]:
            yield Problem(f"{where}.between", "a link joins two bodies, not one to itself")
        if said["kind"] != "spring" and said.get("length") == 0:
            yield Problem(f"{where}.length", f"a {said['kind']} has a length of more than 0")


def _on_rods(data: Data) -> list[str]:
    matter = {**data.get("bodies", {}), **data.get("series", {})}
    return [name for name, said in matter.items() if "rod" in said]


def _check(strays: Callable[[Data], Iterator[Problem]], *reads: str) -> Check:
    return Check(frozenset(reads), strays)


_MATTER = ("bodies", "series", "crowds")
CHECKS = (
    _check(_observer, "observer"),
    _check(_boundary, "boundary", "dimensions"),
    _check(_links, "links", "bodies", "series", "crowds"),
    _check(_story, "story", "physics", "world"),
    _check(_camera, "visual", *_MATTER),
    _check(bodies_judged.counted, *_MATTER),
    _check(rules_judged.unfit, *_MATTER, "mapping"),
    _check(bodies_judged.series, "series"),
    _check(
        bodies_judged.placed, *_MATTER, "physics", "world", "dimensions", "units", "clock", "music"
    ),
    _check(bodies_judged.voiced, *_MATTER, "voices"),
    _check(rules_judged.named, *_MATTER, "rules"),
    _check(rules_judged.mapped, "rules"),
    _check(rules_judged.watched, *_MATTER, "rules", "mapping"),
    _check(rules_judged.voiced, "rules", "voices"),
)
