"""What must hold in a rule: that it names what is there, and that its scales can be run."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.core.document.bodies_judged import listed, names
from app.core.document.groups import all_ids, members
from app.core.document.pitches import is_pitch
from app.core.document.quantities import WALLS
from app.core.document.wording import inside
from app.core.parameters.music import VOICES
from app.errors import Problem

Data = Mapping[str, Any]
# Bodies and pairs to look at in a tick, over all rules.
WATCHES_MAX = 10_000


def named(data: Data) -> Iterator[Problem]:
    """Judge that the bodies rules speak of are there."""
    known, single = names(data), set(all_ids(data))
    for path, rule in _rules(data):
        when = rule.get("when", {})
        for where, said in ((path, rule), (inside(path, "when"), when)):
            yield from _unknown(said.get("of"), known, inside(where, "of"))
        there = known | {"wall", *WALLS}
        yield from _unknown(when.get("with"), there, inside(path, "when") + ".with")
        yield from _unknown(when.get("about"), single, inside(path, "when") + ".about")
        for where, value in _mapped(path, rule):
            yield from _unknown(value.get("body"), single, inside(where, "body"))


def unfit(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Judge that a universe has what its mapping preset listens to."""
    name = data.get("mapping")
    there = [*data.get("bodies", {}).values(), *data.get("series", {}).values()]
    if name in ("orbits", "kepler") and not any("orbit" in said for said in there):
        yield Problem("$.mapping", f'{name} listens to bodies on rails; give one an "orbit"')
    if name == "pendulum" and not any("rod" in said for said in there):
        yield Problem("$.mapping", 'pendulum listens to what swings; give a body a "rod"')


def mapped(data: Data) -> Iterator[Problem]:
    """Judge that each event has what it needs and each scale can be run."""
    for path, rule in _rules(data):
        yield from _event(inside(path, "when"), rule)
        for where, value in _mapped(path, rule):
            yield from _scale(where, value)


def watched(data: Data) -> Iterator[Problem]:
    """Judge that rules do not ask for more to be watched than a room can look at in time."""
    everyone = len(all_ids(data))
    total = sum(_looks(data, rule, everyone) for _, rule in _rules(data))
    # No preset looks at anything but single bodies and neighbours, in three rules at most.
    total += 3 * everyone if data.get("mapping") in ("orbits", "kepler", "pendulum") else 0
    if total > WATCHES_MAX:
        message = f"the rules watch {total} bodies and pairs; at most {WATCHES_MAX} can be watched"
        yield Problem("$.rules", f'{message}: name fewer with "of"')


def _looks(data: Data, rule: Data, everyone: int) -> int:
    """Give how many bodies or pairs one rule must look at in every tick."""
    when = rule.get("when", {})
    event = when.get("event", "")
    if event not in ("crossing", "transit", "conjunction", "apsis") and "while" not in when:
        return 0
    count = len(members(data, when.get("of", rule.get("of")))) or everyone
    paired = event == "conjunction" or when.get("measure", "").startswith("pair.")
    return count * (count - 1) // 2 if paired and when.get("pairs") != "neighbours" else count


def voiced(data: Data) -> Iterator[Problem]:
    """Judge that the voices rules call for are there."""
    known = {*VOICES, *data.get("voices", {})}
    for path, rule in _rules(data):
        voice = rule.get("note", {}).get("voice")
        where = f"{path}.note.voice"
        called = [(where, voice)]
        if isinstance(voice, Mapping):
            called = [
                (inside(f"{where}.list", place), one)
                for place, one in enumerate(voice.get("list", ()))
            ]
            if "list" not in voice:
                yield Problem(where, "voices are words; map to them with scale list and a list")
        for here, one in called:
            if one is not None and one not in known:
                yield Problem(here, f"{one} is no voice; there are {listed(known)}")


def _rules(data: Data) -> Iterator[tuple[str, Data]]:
    for name, rule in data.get("rules", {}).items():
        yield inside("$.rules", name), rule


def _mapped(path: str, rule: Data) -> Iterator[tuple[str, Data]]:
    """Give every mapped value of a rule with its path."""
    for kind in ("note", "look", "set"):
        for channel, value in rule.get(kind, {}).items():
            if isinstance(value, Mapping):
                yield inside(inside(path, kind), channel), value


def _unknown(said: Any, known: set[str], path: str) -> Iterator[Problem]:
    for name in [said] if isinstance(said, str) else said or ():
        if name not in known:
            yield Problem(path, f"{name} is not here; there are {listed(known)}")


def _event(path: str, rule: Data) -> Iterator[Problem]:
    when = rule.get("when")
    if when is None:
        if "note" in rule:
            yield Problem(path.removesuffix(".when"), '"when" is missing: what sets the note off')
        return
    event = when.get("event", "")
    needs = {"crossing": ("measure", "at"), "transit": ("about",), "conjunction": ("about",)}
    for key in needs.get(event, ()):
        if key not in when:
            yield Problem(path, f'a {event} needs "{key}"')
    for key in ("measure", "at"):
        if key in when and event != "crossing":
            yield Problem(inside(path, key), "only a crossing has this")


def _scale(path: str, value: Data) -> Iterator[Problem]:
    scale = value.get("scale", "")
    yield from _domain(path, value, positive=scale == "log")
    if scale == "list" and "list" not in value:
        yield Problem(path, 'the scale list needs a "list"')
    if "list" in value and scale != "list":
        yield Problem(inside(path, "list"), 'a list needs "scale": "list"')
    if scale == "ratio" and not ("is" in value and ("body" in value or "value" in value)):
        yield Problem(path, 'the scale ratio needs "is", and a "body" or a "value"')
    if scale == "pow" and "power" not in value:
        yield Problem(path, 'the scale pow needs a "power"')
    if scale == "quantize" and "step" not in value:
        yield Problem(path, 'the scale quantize needs a "step"')
    for key in ("range", "fold"):
        pair = value.get(key, ())
        if len({is_pitch(one) for one in pair}) > 1:
            yield Problem(inside(path, key), "give two pitch names or two numbers")


def _domain(path: str, value: Data, *, positive: bool) -> Iterator[Problem]:
    where = inside(path, "domain")
    if "domain" not in value:
        return
    low, high = value["domain"]
    if isinstance(low, str) != isinstance(high, str):
        yield Problem(where, "give two numbers or two percentiles")
        return
    if isinstance(low, str):
        low, high = float(low[:-1]), float(high[:-1])
    elif positive and (low <= 0 or high <= 0):
        yield Problem(where, "a log has no value at 0 or below; start the domain above it")
    if low == high:
        yield Problem(where, "the domain has no width")
    elif low > high:
        yield Problem(where, 'the domain runs from low to high; turn it round with "invert": true')
