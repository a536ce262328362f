"""What a shape cannot say: that names are somebody's, that numbers go together.

Each check is handed a document whose named sections have the right shape, and says where in it
something points nowhere.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.document import bodies_judged, rules_judged, tunings
from app.core.document.groups import all_ids, members
from app.core.document.lookup import value_in
from app.core.document.wording import inside
from app.errors import Problem

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Sight:
    """What a check sees of an entry: what `of` gives, which these fields alone make."""

    fields: frozenset[str]
    of: Callable[[Any], Any]


@dataclass(frozen=True)
class Check:
    """A check and the sections it reads; the rest lets `amend` leave out what cannot matter.

    Entries of the sections in `alone` are judged one by one, whatever the others of these are. Of a
    section in `sees` only the ids matter, and some fields of each entry.
    """

    reads: frozenset[str]
    strays: Callable[[Data], Iterator[Problem]]
    alone: tuple[str, ...] = ()
    sees: Mapping[str, Sight] = field(default_factory=dict)


def strays(data: Data, broken: frozenset[str]) -> Iterator[Problem]:
    """Give what points nowhere, by every check none of whose sections is broken."""
    for check in CHECKS:
        if not check.reads & broken:
            yield from check.strays(data)


def _observer(data: Data) -> Iterator[Problem]:
    if "observer" in data and not any(data["observer"]):
        yield Problem("$.observer", "the observer's direction is nothing; [1, 0, 0] would do")


def _fields(data: Data) -> Iterator[Problem]:
    for name, said in data.get("fields", {}).items():
        if "toward" in said and not any(said["toward"]):
            where = inside(inside("$.fields", name), "toward")
            yield Problem(where, "its direction is nothing; [1, 0, 0] would do")


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
    if path == "physics.gravitation" and isinstance(value_in(data, path), str) != isinstance(
        after, str
    ):
        where = inside(inside(inside("$.story", name), "changes"), path)
        yield Problem(where, "cannot change between a number and natural")


def _tuned(data: Data) -> Iterator[Problem]:
    """Judge every tuning there is: the first one and those the story brings."""
    yield from tunings.faults(data, data.get("music", {}).get("tuning"), "$.music.tuning")
    for name, said in data.get("story", {}).items():
        path = inside(inside(inside("$.story", name), "changes"), "music.tuning")
        yield from tunings.faults(data, said.get("changes", {}).get("music.tuning"), path)


def _camera(data: Data) -> Iterator[Problem]:
    follow = value_in(data, "visual.camera.follow")
    if follow and follow not in bodies_judged.names(data):
        yield Problem("$.visual.camera.follow", f"{follow} is no body here")


def _palette(data: Data) -> Iterator[Problem]:
    if value_in(data, "visual.palette") == "custom" and not data["visual"].get("colours"):
        yield Problem("$.visual.palette", 'custom needs "colours": ["#ff8a5c", "#33ffaa"]')


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


def _check(
    strays: Callable[[Data], Iterator[Problem]],
    *reads: str,
    alone: tuple[str, ...] = (),
    sees: Mapping[str, Sight] | None = None,
) -> Check:
    return Check(frozenset(reads), strays, alone, sees or {})


def _values(*names: str) -> Sight:
    """See what these fields say."""
    return Sight(frozenset(names), lambda said: [said.get(name) for name in names])


def _presence(*names: str) -> Sight:
    """See whether these fields stand there."""
    return Sight(frozenset(names), lambda said: [name in said for name in names])


_MATTER = ("bodies", "series", "crowds")
_GROUND = ("physics", "world", "dimensions", "units", "clock", "music")
_NOTHING, _COUNT, _WAY = _values(), _values("n"), _presence("orbit", "rod")
_HANGING = Sight(frozenset(("rod", "n")), lambda said: ("rod" in said, said.get("n")))
_RAILED = _values("orbit", "locked", "fixed", "mass", "radius")
# Whoever speaks of bodies by name does not care where they are.
_IDS = {"bodies": _NOTHING, "series": _COUNT, "crowds": _COUNT}
# Tunings and presets ask whether anything is on rails, or hangs.
_MOVING = {"bodies": _WAY, "series": _WAY, "crowds": _NOTHING}
_VOICES = {"voices": _NOTHING}
CHECKS = (
    _check(_observer, "observer"),
    _check(_fields, "fields", alone=("fields",)),
    _check(_boundary, "boundary", "dimensions"),
    _check(
        _links, "links", *_MATTER, sees={"bodies": _HANGING, "series": _HANGING, "crowds": _COUNT}
    ),
    _check(_story, "story", "physics", "world", alone=("story",)),
    _check(_tuned, "music", "story", *_MATTER, sees=_MOVING),
    _check(_camera, "visual", *_MATTER, sees=_IDS),
    _check(_palette, "visual"),
    _check(bodies_judged.counted, *_MATTER, sees=_IDS),
    _check(rules_judged.unfit, *_MATTER, "mapping", sees=_MOVING),
    _check(bodies_judged.series, "series", alone=("series",)),
    _check(bodies_judged.placed, *_MATTER, *_GROUND, alone=_MATTER),
    _check(bodies_judged.railed, *_MATTER, *_GROUND, sees={"bodies": _RAILED, "crowds": _COUNT}),
    _check(bodies_judged.voiced, *_MATTER, "voices", alone=("bodies", "crowds"), sees=_VOICES),
    _check(rules_judged.named, *_MATTER, "rules", alone=("rules",), sees=_IDS),
    _check(rules_judged.mapped, "rules", alone=("rules",)),
    _check(rules_judged.watched, *_MATTER, "rules", "mapping", sees=_IDS),
    _check(rules_judged.voiced, "rules", "voices", alone=("rules",), sees=_VOICES),
)
