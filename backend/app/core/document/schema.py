"""The grammar as JSON Schema, draft 2020-12."""

import re
from collections.abc import Mapping
from typing import Any

from app.core.document.faults import ID, hint
from app.core.document.grammar import DEFINITIONS, UNIVERSE
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

JSON = dict[str, Any]


def schema() -> JSON:
    """Give the JSON Schema of a universe: all of the grammar that can be said in one."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A Mundi universe",
        **written(UNIVERSE),
        "$defs": {one.name: written(one.shape) for one in DEFINITIONS},
    }


def written(shape: Shape) -> JSON:
    """Write one shape as JSON Schema."""
    return _WRITERS[type(shape)](shape)


def _named(shape: Named) -> JSON:
    return {"$ref": f"#/$defs/{shape.name}"}


def _told(shape: Told) -> JSON:
    said = {**written(shape.shape), "description": shape.meaning}
    if shape.default is None:
        return said
    default = list(shape.default) if isinstance(shape.default, tuple) else shape.default
    return {**said, "default": default}


def _either(shape: Either) -> JSON:
    return {"anyOf": [written(one) for one in shape.shapes]}


def _words(shape: Words) -> JSON:
    return {"enum": list(shape.choices)}


def _flag(shape: Flag) -> JSON:
    return {"type": "boolean"} if shape.only is None else {"const": shape.only}


def _list(shape: List) -> JSON:
    counts = {"minItems": shape.least, "maxItems": shape.most}
    return {"type": "array", "items": written(shape.of), **counts}


def _number(shape: Number) -> JSON:
    lower = "exclusiveMinimum" if shape.beyond else "minimum"
    kind = "integer" if shape.whole else "number"
    said = {"description": f"in {shape.unit}"} if shape.unit else {}
    return {"type": kind, lower: shape.low, "maximum": shape.high, **said}


def _text(shape: Text) -> JSON:
    said: JSON = {"type": "string", "minLength": shape.least, "maxLength": shape.longest}
    # JSON Schema has no Python: names of groups stay behind.
    pattern = {"pattern": re.sub(r"\?P<\w+>", "", shape.pattern)} if shape.pattern else {}
    return {**said, **pattern, "description": hint(shape)}


def _keyed(shape: Keyed) -> JSON:
    return {
        "type": "object",
        "propertyNames": {"pattern": ID},
        "additionalProperties": written(shape.of),
        "maxProperties": shape.most,
    }


def _fields(shape: Fields) -> JSON:
    said: JSON = {
        "type": "object",
        "properties": {name: written(one) for name, one in shape.fields.items()},
        "additionalProperties": False,
    }
    if shape.required:
        said["required"] = list(shape.required)
    rules = [_at_most_one(group) for group in shape.one_of]
    rules += [{"oneOf": [{"required": [name]} for name in group]} for group in shape.needed]
    return {**said, "allOf": rules} if rules else said


def _at_most_one(group: tuple[str, ...]) -> Mapping[str, Any]:
    pairs = [[one, other] for place, one in enumerate(group) for other in group[place + 1 :]]
    return {"not": {"anyOf": [{"required": pair} for pair in pairs]}}


_WRITERS: Mapping[type, Any] = {
    Named: _named,
    Told: _told,
    Either: _either,
    Number: _number,
    Words: _words,
    Text: _text,
    Flag: _flag,
    List: _list,
    Keyed: _keyed,
    Fields: _fields,
}
