"""Faults of a JSON value as a shape sees it, each at its path."""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from app.core.document.shapes import (
    Either,
    Fields,
    Flag,
    Keyed,
    List,
    Named,
    Number,
    Shape,
    Text,
    Told,
    Words,
)
from app.core.document.wording import inside, is_number, kind_of, name_of, nearest, quoted
from app.errors import Problem

ID = r"^[a-z0-9-]{1,32}$"
ID_HINT = "1 to 32 of a-z, 0-9 and -"
_id = re.compile(ID)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
# Fields listed in a message at most; beyond that the nearest one is named, if any.
_LISTED_MAX = 24


def faults(shape: Shape, value: Any, path: str) -> Iterator[Problem]:
    """Give every fault of a value that stands at a JSON path."""
    if isinstance(shape, Named | Told):
        yield from faults(shape.shape, value, path)
    elif isinstance(shape, Either):
        found = _chosen(shape, value)
        if found is None:
            yield Problem(path, f"{kind_of(value)} is not {hint(shape)}")
        else:
            yield from faults(found, value, path)
    elif not takes(shape, value):
        yield Problem(path, f"{kind_of(value)} is not {_wanted(shape)}")
    else:
        yield from _JUDGES[type(shape)](shape, value, path)


def is_id(name: Any) -> bool:
    """Tell whether a key may name a body, a rule, a point."""
    return isinstance(name, str) and _id.fullmatch(name) is not None


def takes(shape: Shape, value: Any) -> bool:
    """Tell whether a value is of a shape's kind at all, faulty or not."""
    match shape:
        case Named() | Told():
            return takes(shape.shape, value)
        case Either():
            return any(takes(one, value) for one in shape.shapes)
        case Number():
            return is_number(value)
        case Words() | Text():
            return isinstance(value, str)
        case Flag():
            return isinstance(value, bool)
        case List():
            return isinstance(value, list | tuple)
    return isinstance(value, Mapping)


def _chosen(shape: Either, value: Any) -> Shape | None:
    """Give the alternative meant: of its kind, and of several the one its first part fits."""
    kin = [one for one in shape.shapes if takes(one, value)]
    return next((one for one in kin if _fits(one, value)), kin[0] if kin else None)


def _fits(shape: Shape, value: Any) -> bool:
    match shape:
        case Named() | Told():
            return _fits(shape.shape, value)
        case Either():
            return any(_fits(one, value) for one in shape.shapes if takes(one, value))
        case List():
            return bool(value) and takes(shape.of, value[0])
        case Fields():
            return any(name in value for name in shape.fields)
    return True


def hint(shape: Shape) -> str:
    """Say in a few words what would do."""
    match shape:
        case Named() | Told():
            return hint(shape.shape)
        case Either():
            return shape.says or " or ".join(hint(one) for one in shape.shapes)
        case Number():
            start = f"more than {shape.low:.16g}, up to" if shape.beyond else f"{shape.low:.16g} to"
            kind = "a whole number, " if shape.whole else ""
            return f"{kind}{start} {shape.high:.16g} {shape.unit}".rstrip()
        case Words():
            return f"one of {', '.join(shape.choices)}"
        case Flag():
            return "true or false" if shape.only is None else str(shape.only).lower()
        case List():
            count = str(shape.least) if shape.least == shape.most else f"up to {shape.most}"
            return shape.says or f"a list of {count}, each {hint(shape.of)}"
    return shape.says


def _wanted(shape: Shape) -> str:
    return f"a number, {hint(shape)}" if isinstance(shape, Number) else hint(shape)


def _number(shape: Number, value: Any, path: str) -> Iterator[Problem]:
    beneath = value <= shape.low if shape.beyond else value < shape.low
    if isinstance(value, float) and not math.isfinite(value):
        yield Problem(path, f"{value} is not finite; it may be {hint(shape)}")
    elif beneath or value > shape.high or (shape.whole and value != int(value)):
        yield Problem(path, f"{name_of(path)} is {kind_of(value)}; it may be {hint(shape)}")


def _words(shape: Words, value: str, path: str) -> Iterator[Problem]:
    if value in shape.refused:
        yield Problem(path, f"{quoted(value)} {shape.refused[value]}; here works {hint(shape)}")
    elif value not in shape.choices:
        close = nearest(value, shape.choices)
        yield Problem(path, f"{quoted(value)} is not {hint(shape)}{close}")


def _text(shape: Text, value: str, path: str) -> Iterator[Problem]:
    if not shape.least <= len(value) <= shape.longest:
        bounds = f"{shape.least} to {shape.longest}"
        yield Problem(path, f"{len(value)} characters; it may have {bounds}")
    elif shape.pattern and re.fullmatch(shape.pattern, value) is None:
        yield Problem(path, f"{quoted(value)} is not {shape.says}")
    elif _CONTROL.search(value.replace("\r", "") if shape.lines else value):
        yield Problem(path, "the text has control characters in it")


def _flag(shape: Flag, value: bool, path: str) -> Iterator[Problem]:
    if shape.only not in (None, value):
        yield Problem(path, f"{kind_of(value)} is not {hint(shape)}")


def _list(shape: List, value: list[Any], path: str) -> Iterator[Problem]:
    if not shape.least <= len(value) <= shape.most:
        yield Problem(path, f"a list of {len(value)} is not {hint(shape)}")
    for place, one in enumerate(value[: shape.most]):
        yield from faults(shape.of, one, inside(path, place))


def _fields(shape: Fields, value: Mapping[str, Any], path: str) -> Iterator[Problem]:
    for name in shape.required:
        if name not in value:
            yield Problem(path, f"{quoted(name)} is missing")
    for group in (*shape.one_of, *shape.needed):
        there = [name for name in group if name in value]
        if len(there) > 1:
            yield Problem(inside(path, there[1]), f"stands beside {there[0]}; only one of them may")
        elif not there and group in shape.needed:
            yield Problem(path, f"one of {', '.join(group)} is missing")
    for name, one in value.items():
        yield from _field(shape, name, one, path)


def _field(shape: Fields, name: Any, value: Any, path: str) -> Iterator[Problem]:
    if not isinstance(name, str):
        yield Problem(path, "a key is not text")
    elif name in shape.fields:
        yield from faults(shape.fields[name], value, inside(path, name))
    elif name in shape.refused:
        yield Problem(inside(path, name), f"{quoted(name)} {shape.refused[name]}")
    else:
        known = tuple(shape.fields)
        listed = f"; known are {', '.join(known)}" if len(known) <= _LISTED_MAX else ""
        close = nearest(name, known) or listed
        yield Problem(inside(path, name), f"{quoted(name)} is no field here{close}")


def _keyed(shape: Keyed, value: Mapping[str, Any], path: str) -> Iterator[Problem]:
    if len(value) > shape.most:
        yield Problem(path, f"{len(value)} are too many; at most {shape.most} may be here")
        return
    for name, one in value.items():
        if not is_id(name):
            yield Problem(inside(path, str(name)), f"{quoted(str(name))} is no id: {ID_HINT}")
        else:
            yield from faults(shape.of, one, inside(path, name))


_JUDGES: Mapping[type, Any] = {
    Number: _number,
    Words: _words,
    Text: _text,
    Flag: _flag,
    List: _list,
    Fields: _fields,
    Keyed: _keyed,
}
